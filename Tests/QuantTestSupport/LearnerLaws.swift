package import QuantCore

/// The laws that every learner goes through, with what the learner declares about each.
///
/// ```swift
/// let laws = LearnerLaws(learner: LogisticSGD(), configuration: LogisticConfiguration())
/// for report in try laws.reports() { #expect(report.isSatisfied, "\(report)") }
/// ```
package struct LearnerLaws<L: Learner> {
  /// How far a law holds for a learner.
  package enum Declaration: Sendable {
    /// To the last bit.
    case exact
    /// Probabilities differ by at most this, for the reason given.
    case tolerance(Double, because: String)
    /// Not at all, for the reason given.
    case notApplicable(because: String)
  }

  /// The outcome of one law.
  package struct Report: Sendable, CustomStringConvertible {
    package var law: String
    package var isSatisfied: Bool
    package var detail: String
    package var description: String { "\(law): \(isSatisfied ? "holds" : "broken") (\(detail))" }
  }

  package var learner: L
  package var configuration: L.Configuration
  /// Iterations of each fit.
  package var iterations = 4
  /// Iterations of the fits whose limits are compared, where a law holds within a tolerance.
  package var longIterations = 60
  /// Weight k equals k copies.
  package var integerWeights = Declaration.exact
  /// The order of rows does not matter.
  package var permutedRows = Declaration.exact
  /// The order of columns does not matter.
  package var permutedColumns = Declaration.exact
  /// A model as bytes, and back.
  package var save: (L.Model) throws -> [UInt8]
  package var load: ([UInt8]) throws -> L.Model
  /// A text that changes when what `prepare` returned does.
  package var digest: (L.Prepared) -> String
  /// The data.
  package var panel: MemoryPanel

  package init(
    learner: L, configuration: L.Configuration, save: @escaping (L.Model) throws -> [UInt8],
    load: @escaping ([UInt8]) throws -> L.Model, digest: @escaping (L.Prepared) -> String
  ) {
    self.learner = learner
    self.configuration = configuration
    self.save = save
    self.load = load
    self.digest = digest
    panel = MemoryPanel(periods: 2, rowsPerPeriod: 300)
    panel.featureCount = 11
    panel.intercept = -1
  }

  /// Checks all laws.
  package func reports() throws -> [Report] {
    try determinismReports() + weightReports() + orderReports() + windowReports()
      + iterationReports() + modelReports() + failureReports()
  }

  // MARK: - Fitting

  /// Data, a window of it and the sample of all its rows.
  struct Bench {
    var window: TrainingWindow
    var fit: TrainingSample.Rows
    var stop: TrainingSample.Rows
  }

  /// The first 400 rows of a panel fit, the next 100 stop, and the last 100 lie outside the window.
  func bench(_ maker: MemoryPanel) -> Bench {
    let panel = maker.make()
    let rows = 500
    // A panel in memory has labels for the one horizon that it was made with.
    guard let labels = panel.labels(panel.horizons[0]),
      let features = try? panel.features(upTo: panel.rowCount)
    else { preconditionFailure("a panel in memory without labels") }
    func sample(_ range: Range<Int>) -> TrainingSample.Rows {
      TrainingSample.Rows(
        rows: range.map { Int32($0) }, labels: range.map { labels.y[$0] == 1 ? 1 : 0 })
    }
    return Bench(
      window: TrainingWindow(
        features: features.prefix(rows: rows), rows: 0..<rows, rowKeys: panel.rowKeys,
        featureNames: panel.featureNames),
      fit: sample(0..<400), stop: sample(400..<500))
  }

  func fit(
    _ window: TrainingWindow, _ sample: TrainingSample, iterations: Int? = nil,
    seed: UInt64 = 5, threads: Int = 1, prepared: L.Prepared? = nil,
    onIteration: (IterationReport) -> FitDecision = { _ in .proceed }
  ) throws(LearnerError) -> L.Model {
    let prepared =
      if let prepared { prepared } else { try learner.prepare(window, threads: threads) }
    return try learner.fit(
      prepared, sample, configuration: configuration,
      iterations: iterations ?? self.iterations, seed: seed, threads: threads, continuing: nil,
      onIteration: onIteration)
  }

  func scores(_ model: L.Model, _ features: FeatureMatrix, rows: [Int32]? = nil) -> [Double] {
    let rows = rows ?? (0..<Int32(features.rowCount)).map { $0 }
    return [Double](capacity: rows.count) { output in
      model.predictRaw(features, rows: rows.span, into: &output)
    }
  }

  // MARK: - Comparing

  /// Compares the scores of two models of the same rows.
  func compare(
    _ law: String, _ declaration: Declaration = .exact, _ model: L.Model, _ expected: [Double],
    _ found: [Double]
  ) -> Report {
    let differing = zip(expected, found).count { $0.bitPattern != $1.bitPattern }
    let distance = zip(expected, found).reduce(0.0) {
      max($0, abs(model.probability(raw: $1.0) - model.probability(raw: $1.1)))
    }
    let text = "\(differing) of \(expected.count) scores differ, probabilities by \(distance)"
    switch declaration {
    case .exact:
      return Report(
        law: law, isSatisfied: differing == 0 && expected.count == found.count, detail: text)
    case .tolerance(let limit, let reason):
      return Report(
        law: law, isSatisfied: distance <= limit && expected.count == found.count,
        detail: "\(text), at most \(limit): \(reason)")
    case .notApplicable(let reason):
      return Report(law: law, isSatisfied: true, detail: "not applicable: \(reason)")
    }
  }
}
