public import QuantCore

/// Logistic regression by stochastic gradient descent: the quick, readable baseline.
///
/// Features are standardised with mean and deviation of the window, missing values stand for the mean,
/// and the intercept starts at the base rate. Seed and row keys decide which rows form a mini-batch,
/// seed, row keys and epoch the order in which batches are visited; sums over columns follow the order
/// of feature names, and no library of elementary functions takes part: permuted rows, permuted columns
/// and any number of threads give the same model to the last bit. One iteration is one pass over the
/// fit rows; the model is the average of iterates, with the intercept that belongs to its coefficients:
/// the weighted mean probability of the fit rows is their weighted share of events.
///
/// ```swift
/// let learner = LogisticSGD()
/// let prepared = try learner.prepare(window, threads: 2)
/// let model = try learner.fit(
///   prepared, sample, configuration: LogisticConfiguration(l2: 0.001), iterations: 20, seed: 1,
///   threads: 2, continuing: nil) { _ in .proceed }
/// ```
public struct LogisticSGD: Learner {
  /// `logisticSGD`.
  public static let identifier = "logisticSGD"

  /// Creates the learner; it has no state.
  public init() {}

  /// Computes mean and deviation of every feature over the rows of the window.
  ///
  /// - Throws: `LearnerError.invalid` for an infinite feature, `.empty` without rows or columns.
  /// - Complexity: O(rows x columns), two passes.
  public func prepare(
    _ window: TrainingWindow, threads: Int
  ) throws(LearnerError) -> FeatureScales {
    try FeatureScales(window, threads: threads)
  }

  /// Fits coefficients; see `LogisticConfiguration` for the objective.
  ///
  /// With `continuing` the descent starts from that model, translated to the scales of this window by
  /// feature name; features that it does not know start at 0.
  ///
  /// - Throws: `LearnerError.oneClass`, `.empty`, `.invalid` for a label that is not 0 or 1, a weight
  ///   that is not positive and finite, or a row outside of the window; `.configuration`.
  /// - Complexity: O(iterations x fit rows x columns); memory for 4 bytes a value of the sample.
  public func fit(
    _ prepared: FeatureScales, _ sample: borrowing TrainingSample,
    configuration: LogisticConfiguration, iterations: Int, seed: UInt64, threads: Int,
    continuing: LogisticModel?, onIteration: (IterationReport) -> FitDecision
  ) throws(LearnerError) -> LogisticModel {
    if let error = configuration.firstError() { throw .configuration(error) }
    guard iterations >= 1 else {
      throw .configuration(
        ConfigurationError(
          parameter: "iterations", value: "\(iterations)", accepted: "at least 1"))
    }
    try SampleCheck.fit(sample.fit, window: prepared.window.rows)
    try SampleCheck.stopWindow(sample.stopWindow, prepared: prepared.window)
    let stopWindow = sample.stopWindow ?? prepared.window
    if let stop = sample.stop { try SampleCheck.rows(stop, window: stopWindow.rows) }

    let batches = MiniBatches(
      sample.fit, rowKeys: prepared.window.rowKeys, seed: seed, size: configuration.batchSize)
    let rows = StandardizedRows(
      prepared, prepared.window.features, rows: batches.rows.rows, clip: configuration.clip,
      threads: threads)
    let stop = sample.stop.map { stop in
      StopLoss(
        rows: StandardizedRows(
          prepared, stopWindow.features, rows: stop.rows, clip: configuration.clip,
          threads: threads),
        labels: stop.labels, weights: stop.weights)
    }
    let (importance, baseRate) = LogisticSGD.importance(of: batches.rows)
    let start = continuing.map { $0.weights(on: prepared) }
    return rows.withCells { cells in
      let stableStep = LogisticDescent.stableStep(
        rowCount: min(rows.count, 2048), cells: cells, groups: rows.groups,
        importance: importance, batchSize: configuration.batchSize)
      var descent = LogisticDescent(
        weights: start?.weights ?? Array(repeating: SIMD8(), count: rows.groups),
        intercept: start?.intercept ?? Elementary.log(baseRate / (1 - baseRate)),
        stableStep: stableStep, configuration: configuration)
      let level = InterceptLevel(
        cells: cells, groups: rows.groups, importance: importance.span, baseRate: baseRate)
      for epoch in 0..<iterations {
        descent.run(
          epoch: epoch, batches: batches.order(epoch: epoch), cells: cells,
          labels: batches.rows.labels, importance: importance)
        let measure = stop.map {
          StopMeasure(
            name: "log_loss", value: $0.mean(level.applied(to: descent.result)),
            isLargerBetter: false)
        }
        let report = IterationReport(iteration: epoch + 1, stop: measure)
        if onIteration(report) == .stop { break }
      }
      return LogisticModel(
        prepared, level.applied(to: descent.result), clip: configuration.clip)
    }
  }

  /// Weights scaled to mean 1, and the weighted share of events.
  private static func importance(
    of rows: TrainingSample.Rows
  ) -> (importance: [Float], baseRate: Double) {
    var (all, events) = (ExactSum(), ExactSum())
    for (label, weight) in zip(rows.labels, rows.weights) {
      all.add(Double(weight))
      if label == 1 { events.add(Double(weight)) }
    }
    let scale = Double(rows.rows.count) / all.value
    return (rows.weights.map { Float(Double($0) * scale) }, events.value / all.value)
  }
}

/// Rows in an order that seed and row keys decide, cut into mini-batches.
///
/// A batch is a range of neighbours, so that a pass reads memory in long runs; the order of batches is
/// another one in each epoch.
private struct MiniBatches {
  let rows: TrainingSample.Rows
  private let ranges: [Range<Int>]
  private let firstKeys: [UInt64]
  private let seed: UInt64

  init(
    _ sample: TrainingSample.Rows, rowKeys: ArrayFile<UInt64>, seed: UInt64, size: Int
  ) {
    let span = rowKeys.span
    let keys = sample.rows.map { span[Int($0)] }
    // Copies of a row share its key; label and weight put them in an order of their own.
    let ties = zip(sample.labels, sample.weights).map { label, weight in
      UInt64(label.bitPattern) << 32 | UInt64(weight.bitPattern)
    }
    let stream = CounterStream(seed: seed, 0x726F_7773)
    let order = RankOrder.ascending(
      keys.map { stream.bits($0) }, start: RankOrder.ascending(ties))
    rows = TrainingSample.Rows(
      rows: order.map { sample.rows[Int($0)] }, labels: order.map { sample.labels[Int($0)] },
      weights: order.map { sample.weights[Int($0)] })
    // Of nearly equal length: in a short batch every row would count for more than elsewhere.
    ranges = ParallelFor.ranges(of: order.count, parts: (order.count + size - 1) / size)
    firstKeys = ranges.map { keys[Int(order[$0.lowerBound])] }
    self.seed = seed
  }

  func order(epoch: Int) -> [Range<Int>] {
    let stream = CounterStream(seed: seed, 0x6570_6F63_68, UInt64(epoch))
    return RankOrder.ascending(firstKeys.map { stream.bits($0) }).map { ranges[Int($0)] }
  }
}

/// The weighted mean log loss of rows, exactly rounded.
private struct StopLoss {
  let rows: StandardizedRows
  let labels: [Float]
  let weights: [Float]

  func mean(_ model: (weights: [SIMD8<Double>], intercept: Double)) -> Double {
    let narrow = model.weights.map { SIMD8<Float>($0) }
    var (loss, total) = (ExactSum(), ExactSum())
    rows.withCells { cells in
      for row in 0..<rows.count {
        let score = model.intercept + Double(dot(cells, row * rows.groups, narrow.span))
        let weight = Double(weights[row])
        // log(1 + e^s) for a non-event, log(1 + e^-s) for an event.
        loss.add(weight * Elementary.softplus(labels[row] == 1 ? -score : score))
        total.add(weight)
      }
    }
    return loss.value / total.value
  }
}
