public import QuantCore

/// Gradient boosted trees on binned features, identical to the bit on any number of threads.
///
/// Each tree is grown leaf by leaf on the gradients of the objective. Features are cut into at most 255
/// bins once for a window, gradients are quantised to integers with random rounding, and histograms are
/// sums of integers: neither threads nor the order of rows or columns change a bit. Random choices are
/// functions of (seed, row key or feature, tree). One iteration is one tree.
///
/// ```swift
/// let learner = GradientBoosting()
/// let prepared = try learner.prepare(window, threads: 2)
/// let model = try learner.fit(
///   prepared, sample, configuration: BoostingConfiguration(leaves: 15), iterations: 100, seed: 1,
///   threads: 2, continuing: nil) { _ in .proceed }
/// ```
public struct GradientBoosting: Learner {
  /// `gbdt`.
  public static let identifier = "gbdt"

  /// Creates the learner; it has no state.
  public init() {}

  /// Cuts every feature into bins and codes every row of the window.
  ///
  /// - Throws: `LearnerError.invalid` for an infinite feature, `.empty` without rows or columns.
  /// - Complexity: O(rows x columns); one byte a value.
  public func prepare(
    _ window: TrainingWindow, threads: Int
  ) throws(LearnerError) -> BinnedMatrix {
    try BinnedMatrix(window, threads: threads)
  }

  /// Fits an ensemble of `iterations` trees; see `BoostingConfiguration` for the parameters.
  ///
  /// With `continuing` the trees of that model come first; it must have the objective and the features
  /// of this fit, and fitting a + b trees equals fitting a and continuing with b. A tree that finds no
  /// split is one leaf of value 0.
  ///
  /// - Throws: `LearnerError.oneClass`, `.empty`, `.invalid` for an unusable label or weight or a row
  ///   outside of the window; `.configuration` for a parameter, or a model to continue, that does not
  ///   suit.
  /// - Complexity: O(trees x (rows x features x depth / 2 + leaves x features x bins)); memory for a
  ///   byte a value of the sample and at most 4 KB a leaf and feature.
  public func fit(
    _ prepared: BinnedMatrix, _ sample: borrowing TrainingSample,
    configuration: BoostingConfiguration, iterations: Int, seed: UInt64, threads: Int,
    continuing: TreeEnsemble?, onIteration: (IterationReport) -> FitDecision
  ) throws(LearnerError) -> TreeEnsemble {
    let objective = configuration.objective.objective
    let (fit, stop) = (sample.fit, sample.stop)
    try check(prepared, fit, stop, configuration, objective, iterations, continuing)
    let startScore = continuing?.startScore ?? objective.startScore(fit)
    func start(_ rows: [Int32]) -> [Double] {
      guard let continuing else { return [Double](repeating: startScore, count: rows.count) }
      return [Double](capacity: rows.count) { scores in
        continuing.predictRaw(prepared.window.features, rows: rows.span, into: &scores)
      }
    }
    var run = BoostingRun(
      prepared, TrainingSample(fit: fit, stop: stop), configuration: configuration,
      objective: objective, seed: seed, threads: threads,
      start: (start(fit.rows), start(stop?.rows ?? [])))
    var trees = continuing?.trees ?? []
    for iteration in 1...iterations {
      let (tree, loss) = run.next(number: trees.count)
      trees.append(tree)
      let report = IterationReport(iteration: iteration, stopLoss: loss)
      if onIteration(report) == .stop { break }
    }
    return TreeEnsemble(
      objective: configuration.objective, featureNames: prepared.window.featureNames,
      startScore: startScore, trees: trees)
  }

  private func check(
    _ prepared: BinnedMatrix, _ fit: TrainingSample.Rows, _ stop: TrainingSample.Rows?,
    _ configuration: BoostingConfiguration, _ objective: any BoostingObjective,
    _ iterations: Int, _ continuing: TreeEnsemble?
  ) throws(LearnerError) {
    if let error = configuration.firstError() { throw .configuration(error) }
    func require(
      _ holds: Bool, _ parameter: String, _ value: String, _ accepted: String
    ) throws(LearnerError) {
      if holds { return }
      throw .configuration(
        ConfigurationError(parameter: parameter, value: value, accepted: accepted))
    }
    try require(iterations >= 1, "iterations", "\(iterations)", "at least 1")
    try require(
      fit.rows.count <= WideSum.rowLimit, "rows", "\(fit.rows.count)",
      "at most \(WideSum.rowLimit)")
    if let continuing {
      try require(
        continuing.objective == configuration.objective, "objective",
        configuration.objective.rawValue, "\(continuing.objective.rawValue), as in the first model")
      try require(
        continuing.featureNames == prepared.window.featureNames, "continuing",
        "a model of other features", "a model of the same columns")
    }
    let window = prepared.window.rows
    try objective.check(fit, window: window, isFit: true)
    if let stop { try objective.check(stop, window: window, isFit: false) }
  }
}
