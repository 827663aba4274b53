internal import QuantCore

extension LearnerLaws {
  /// The same seed gives the same model, on any number of threads, and leaves `Prepared` as it was.
  func determinismReports() throws -> [Report] {
    let bench = bench(panel)
    let features = bench.window.features
    let sample = TrainingSample(fit: bench.fit, stop: bench.stop)
    let prepared = try learner.prepare(bench.window, threads: 1)
    let before = digest(prepared)
    let model = try fit(bench.window, sample, prepared: prepared)
    let expected = scores(model, features)
    var reports = [
      Report(
        law: "fit leaves Prepared unchanged", isSatisfied: digest(prepared) == before,
        detail: "digest before and after")
    ]
    _ = try fit(bench.window, sample, seed: 99, prepared: prepared)
    let again = try fit(bench.window, sample, prepared: prepared)
    reports.append(
      compare("same seed, same model", .exact, model, expected, scores(again, features)))
    for threads in [2, 3, 8] {
      let other = try fit(bench.window, sample, threads: threads)
      reports.append(
        compare("\(threads) threads", .exact, model, expected, scores(other, features)))
    }
    let alone = try fit(bench.window, TrainingSample(fit: bench.fit))
    reports.append(
      compare("stop rows do not fit", .exact, model, expected, scores(alone, features)))
    return reports
  }

  /// Unit weights are no weights; a weight of k is k copies.
  func weightReports() throws -> [Report] {
    let bench = bench(panel)
    let features = bench.window.features
    let plain = try fit(bench.window, TrainingSample(fit: bench.fit))
    let ones = TrainingSample.Rows(
      rows: bench.fit.rows, labels: bench.fit.labels,
      weights: bench.fit.rows.map { _ in 1 })
    let unit = try fit(bench.window, TrainingSample(fit: ones))
    var weighted = bench.fit
    var copies = TrainingSample.Rows(rows: [], labels: [])
    for index in weighted.rows.indices {
      let times = 1 + index % 3
      weighted.weights[index] = Float(times)
      for _ in 0..<times {
        copies.rows.append(weighted.rows[index])
        copies.labels.append(weighted.labels[index])
        copies.weights.append(1)
      }
    }
    let iterations = if case .exact = integerWeights { iterations } else { longIterations }
    let byWeight = try fit(
      bench.window, TrainingSample(fit: weighted), iterations: iterations)
    let byCopies = try fit(bench.window, TrainingSample(fit: copies), iterations: iterations)
    return [
      compare(
        "weights of 1 equal no weights", .exact, plain, scores(plain, features),
        scores(unit, features)),
      compare(
        "weight k equals k copies", integerWeights, plain, scores(byWeight, features),
        scores(byCopies, features)),
    ]
  }

  /// Neither the order of a sample, nor that of the panel's rows, nor that of columns matters.
  func orderReports() throws -> [Report] {
    let bench = bench(panel)
    let features = bench.window.features
    let model = try fit(bench.window, TrainingSample(fit: bench.fit, stop: bench.stop))
    let expected = scores(model, features)

    var random = SplitMix64(seed: 17)
    // Some rows twice, with another label and weight: their keys are equal, the rows are not.
    var straight = bench.fit
    for index in 0..<60 {
      straight.rows.append(bench.fit.rows[index])
      straight.labels.append(1 - bench.fit.labels[index])
      straight.weights.append(Float(1 + index % 3))
    }
    let order = straight.rows.indices.shuffled(using: &random)
    let turned = TrainingSample.Rows(
      rows: order.map { straight.rows[$0] }, labels: order.map { straight.labels[$0] },
      weights: order.map { straight.weights[$0] })
    let sampleOrder = try fit(bench.window, TrainingSample(fit: straight))
    let turnedOrder = try fit(bench.window, TrainingSample(fit: turned))

    // Row r of the moved matrix is row `moved[r]` of the first one, with its key.
    let moved = (0..<features.rowCount).shuffled(using: &random)
    var places = [Int32](repeating: 0, count: moved.count)
    for (place, row) in moved.enumerated() { places[row] = Int32(place) }
    let movedWindow = TrainingWindow(
      features: FeatureMatrix(
        columns: (0..<features.columnCount).map { column in
          let values = features.column(column)
          return moved.map { values[$0] }
        }), rows: bench.window.rows,
      rowKeys: ArrayFile(moved.map { bench.window.rowKeys[$0] }),
      featureNames: bench.window.featureNames)
    func relocated(_ rows: TrainingSample.Rows) -> TrainingSample.Rows {
      var result = rows
      result.rows = rows.rows.map { places[Int($0)] }
      return result
    }
    let movedModel = try fit(
      movedWindow, TrainingSample(fit: relocated(bench.fit), stop: relocated(bench.stop)))

    var columns = panel
    columns.columnOrder = (0..<panel.featureCount).shuffled(using: &random)
    let columnBench = self.bench(columns)
    let columnModel = try fit(
      columnBench.window, TrainingSample(fit: columnBench.fit, stop: columnBench.stop))
    return [
      compare(
        "permuted sample", permutedRows, model, scores(sampleOrder, features),
        scores(turnedOrder, features)),
      compare(
        "permuted rows", permutedRows, model, expected,
        scores(movedModel, movedWindow.features, rows: places)),
      compare(
        "permuted columns", permutedColumns, model, expected,
        scores(columnModel, columnBench.window.features)),
    ]
  }

  /// What lies outside of the window does not matter.
  func windowReports() throws -> [Report] {
    let bench = bench(panel)
    let features = bench.window.features
    let inner = 50..<500
    let sample = TrainingSample(
      fit: TrainingSample.Rows(
        rows: Array(bench.fit.rows[50...]), labels: Array(bench.fit.labels[50...])))
    func model(_ matrix: FeatureMatrix) throws -> L.Model {
      try fit(
        TrainingWindow(
          features: matrix, rows: inner, rowKeys: bench.window.rowKeys,
          featureNames: bench.window.featureNames), sample)
    }
    let poisoned = FeatureMatrix(
      columns: (0..<features.columnCount).map { column in
        let values = features.column(column)
        return values.indices.map { inner.contains($0) ? values[$0] : 1e6 }
      })
    let plain = try model(features)
    return [
      compare(
        "rows outside of the window do not matter", .exact, plain, scores(plain, features),
        scores(try model(poisoned), features))
    ]
  }

  /// A fit that is stopped after n iterations is a fit of n iterations.
  func iterationReports() throws -> [Report] {
    let bench = bench(panel)
    let features = bench.window.features
    let sample = TrainingSample(fit: bench.fit, stop: bench.stop)
    var reported: [Int] = []
    var losses: [Double] = []
    let stopped = try fit(bench.window, sample, iterations: iterations + 3) { report in
      reported.append(report.iteration)
      if let loss = report.stopLoss { losses.append(loss) }
      return report.iteration == iterations ? .stop : .proceed
    }
    let short = try fit(bench.window, sample)
    return [
      compare(
        "stopping after n iterations equals n iterations", .exact, short,
        scores(short, features), scores(stopped, features)),
      Report(
        law: "iterations are reported from 1, with finite stop losses",
        isSatisfied: reported == Array(1...iterations) && losses.count == iterations
          && losses.allSatisfy { $0.isFinite && $0 >= 0 }, detail: "\(reported), \(losses)"),
    ]
  }

  /// Saving and loading is the identity; probabilities lie in [0, 1] and ascend with the score.
  func modelReports() throws -> [Report] {
    let bench = bench(panel)
    let features = bench.window.features
    let model = try fit(bench.window, TrainingSample(fit: bench.fit))
    let raw = scores(model, features)
    let bytes = try save(model)
    let loaded = try load(bytes)
    let ascending = raw.sorted().map { model.probability(raw: $0) }
    let extremes = [-1e6, -50.0, 50, 1e6].map { model.probability(raw: $0) }
    return [
      compare("save and load is the identity", .exact, model, raw, scores(loaded, features)),
      Report(
        law: "save gives the same bytes again", isSatisfied: try save(loaded) == bytes,
        detail: "\(bytes.count) bytes"),
      Report(
        law: "predictions lie in [0, 1] and ascend",
        isSatisfied: raw.allSatisfy(\.isFinite)
          && (ascending + extremes).allSatisfy { $0 >= 0 && $0 <= 1 }
          && zip(ascending, ascending.dropFirst()).allSatisfy { $0 <= $1 },
        detail: "\(ascending.first ?? 0) to \(ascending.last ?? 0)"),
    ]
  }

  /// One class, and labels or weights that are no numbers, throw.
  func failureReports() throws -> [Report] {
    let bench = bench(panel)
    func report(
      _ law: String, _ accepts: (LearnerError) -> Bool,
      _ change: (inout TrainingSample.Rows) -> Void
    ) -> Report {
      var rows = bench.fit
      change(&rows)
      do throws(LearnerError) {
        _ = try fit(bench.window, TrainingSample(fit: rows))
        return Report(law: law, isSatisfied: false, detail: "did not throw")
      } catch {
        return Report(law: law, isSatisfied: accepts(error), detail: "\(error)")
      }
    }
    func isInvalid(_ error: LearnerError) -> Bool {
      if case .invalid = error { true } else { false }
    }
    let rows = bench.fit.rows.count
    return [
      report("only non-events throw", { $0 == .oneClass(positives: 0, rows: rows) }) {
        $0.labels = $0.labels.map { _ in 0 }
      },
      report("only events throw", { $0 == .oneClass(positives: rows, rows: rows) }) {
        $0.labels = $0.labels.map { _ in 1 }
      },
      report("no rows throw", { if case .empty = $0 { true } else { false } }) {
        $0 = TrainingSample.Rows(rows: [], labels: [])
      },
      report("a NaN label throws", isInvalid) { $0.labels[3] = .nan },
      report("a NaN weight throws", isInvalid) { $0.weights[3] = .nan },
      report("a weight of 0 throws", isInvalid) { $0.weights[3] = 0 },
      report("a negative weight throws", isInvalid) { $0.weights[3] = -1 },
      report("an infinite weight throws", isInvalid) { $0.weights[3] = .infinity },
    ]
  }
}
