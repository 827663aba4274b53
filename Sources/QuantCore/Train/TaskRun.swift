/// The stages that ranking and evaluating a task share: slice, prepare, fit, predict, rank.
///
/// Slicing is by index: no stage copies the features of all rows.
struct TaskRun<L: Learner> {
  let task: TrainTask
  let panel: CompiledPanel
  let learner: L
  let configuration: L.Configuration
  let train: TrainConfiguration
  let threads: Int

  /// Runs the stages; `clock` goes on with evaluation.
  func rank(
    prepared: PreparedWindow<L>?, selection: Int, needsTestLabels: Bool, clock: inout StageClock
  ) throws(TrainError) -> RankResult {
    var seconds = PhaseSeconds()
    let before = MemorySample.now()
    guard selection >= 0 else {
      throw .configuration(
        ConfigurationError(
          parameter: "evaluate.selection", value: "\(selection)", accepted: "at least 0"))
    }
    let split = try Self.split(task, in: panel, train: train, needsTestLabels: needsTestLabels)
    let features = try features(upTo: split.test.upperBound)
    let final = sample(split.training)
    seconds.slice = clock.lap()

    let prepared =
      if let prepared { prepared } else {
        try PreparedWindow(learner, rows: split.window, in: panel, threads: threads)
      }
    guard prepared.rows == split.window else {
      throw .foreignWindow(expected: split.window, prepared: prepared.rows)
    }
    seconds.prepare = clock.lap()

    let budget = train.budget.resolved(L.Configuration.defaultBudget)
    let choice = try chooseIterations(prepared, split, budget)
    let model = try fit(
      prepared, TrainingSample(fit: final.rows), iterations: choice.chosen
    ) { _ in .proceed }
    seconds.fit = clock.lap()

    let rows = split.test.map { Int32($0) }
    let raw = [Double](capacity: rows.count) { scores in
      model.predictRaw(features, rows: rows.span, into: &scores)
    }
    let probability = raw.map { model.probability(raw: $0) }
    try check(raw, probability, rows: rows.count)
    seconds.predict = clock.lap()

    let order = RankOrder.descending(raw, keys: rows.map { panel.rowKeys[Int($0)] })
    return RankResult(
      task: task, learner: L.identifier, split: split.summary, sampling: final.report,
      iterations: choice, model: model, testRows: split.test, raw: raw,
      probability: probability, rank: RankOrder.ranks(order),
      selection: order.prefix(selection).map { rows[Int($0)] },
      featureCount: panel.featureCount, seconds: seconds,
      memory: MemoryUse(before: before, after: nil))
  }

  static func split(
    _ task: TrainTask, in panel: CompiledPanel, train: TrainConfiguration, needsTestLabels: Bool
  ) throws(TrainError) -> WindowSplit {
    do throws(ConfigurationError) { try train.check() } catch { throw .configuration(error) }
    do throws(SplitError) {
      return try WindowSplit.make(
        for: task.period, horizon: task.horizon, in: panel, rule: train.split,
        excludingRisky: train.excludePitRisk, needsTestLabels: needsTestLabels)
    } catch {
      throw .split(error)
    }
  }

  private func features(upTo rows: Int) throws(TrainError) -> FeatureMatrix {
    do throws(StorageError) {
      return try panel.features(upTo: rows)
    } catch {
      throw .storage(error)
    }
  }

  private func sample(_ rows: [Int32]) -> (rows: TrainingSample.Rows, report: SamplingReport) {
    // The split has found the labels of the horizon.
    guard let labels = panel.labels(task.horizon) else { preconditionFailure("no labels") }
    var sample = train.sampling.sample(
      rows, labels: labels.y.span, rowKeys: panel.rowKeys.span,
      stream: SamplingPolicy.stream(
        seed: train.seed, period: task.period, horizon: task.horizon,
        repeatIndex: task.repeatIndex))
    sample.rows.group(by: panel.quarterIDs.span)
    return sample
  }

  /// Finds the number of iterations with the lowest loss on the stop rows, which are not sampled.
  ///
  /// Of equal losses the first counts.
  private func chooseIterations(
    _ prepared: PreparedWindow<L>, _ split: WindowSplit, _ budget: FitBudget
  ) throws(TrainError) -> IterationChoice {
    guard case .tail = split.stopping, let labels = panel.labels(task.horizon) else {
      return IterationChoice(
        chosen: budget.fixedIterations, isEarlyStopped: false, stopMetric: nil, stopCurve: [],
        budget: budget)
    }
    var stop = TrainingSample.Rows.labelled(split.stop, labels.y.span)
    stop.group(by: panel.quarterIDs.span)
    let sample = TrainingSample(fit: sample(split.fit).rows, stop: stop)
    var (curve, metric): ([Double], String?) = ([], nil)
    var best = (loss: Double.infinity, iteration: 1)
    var isEarlyStopped = false
    _ = try fit(prepared, sample, iterations: budget.maximumIterations) { report in
      guard let loss = report.stopLoss else { return .proceed }
      curve.append(loss)
      metric = report.stopMetric
      if loss < best.loss { best = (loss, report.iteration) }
      isEarlyStopped = report.iteration - best.iteration >= budget.patience
      return isEarlyStopped ? .stop : .proceed
    }
    // A learner that reports no stop loss runs for as long as the budget lets it.
    return IterationChoice(
      chosen: curve.isEmpty ? budget.maximumIterations : best.iteration,
      isEarlyStopped: isEarlyStopped, stopMetric: metric, stopCurve: curve, budget: budget)
  }

  private func fit(
    _ prepared: PreparedWindow<L>, _ sample: borrowing TrainingSample, iterations: Int,
    onIteration: (IterationReport) -> FitDecision
  ) throws(TrainError) -> L.Model {
    do throws(LearnerError) {
      return try learner.fit(
        prepared.value, sample, configuration: configuration, iterations: iterations,
        seed: train.fitSeed(of: task), threads: threads, continuing: nil,
        onIteration: onIteration)
    } catch {
      throw .learner(error)
    }
  }

  private func check(
    _ raw: [Double], _ probability: [Double], rows: Int
  ) throws(TrainError) {
    do throws(MetricError) {
      guard raw.count == rows else {
        throw MetricError.lengths(scores: raw.count, labels: rows, keys: nil)
      }
      try MetricInput.check(raw, "score", accepted: "a number, not NaN") { !$0.isNaN }
      try MetricInput.check(probability, "probability", accepted: "0 to 1") {
        $0 >= 0 && $0 <= 1
      }
    } catch {
      throw .metric(error)
    }
  }
}
