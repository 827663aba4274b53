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

  let customObjective: (any BoostingObjective)?
  let customMetric: (any BoostingMetric)?

  /// Creates the learner.
  ///
  /// - Parameters:
  ///   - objective: what the trees minimise where the configuration names the objective `custom`.
  ///   - metric: what is measured on stop rows where it names the stop metric `custom`.
  public init(
    objective: (any BoostingObjective)? = nil, metric: (any BoostingMetric)? = nil
  ) {
    customObjective = objective
    customMetric = metric
  }

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
  /// of this fit, and fitting a + b trees equals fitting a and continuing with b, in every mode. Where
  /// it started elsewhere, such as an import or a model of other rows, mode `dart` does not drop its
  /// trees. A tree that finds no split is one leaf, of value 0, or of the start score in a random forest.
  ///
  /// The model has all trees. Where stop rows found an earlier iteration to be the best, `fitBest` gives
  /// its model; that is `TreeEnsemble.prefix`, except in mode `dart`, where later trees change earlier
  /// ones.
  ///
  /// - Throws: `LearnerError.oneClass`, `.empty`, `.invalid` for an unusable label or weight or a row
  ///   outside of the window; `.configuration` for a parameter, or a model to continue, that does not
  ///   suit.
  /// - Complexity: O(trees x (rows x features x depth / 2 + leaves x features x bins)); memory for a
  ///   byte a value of the sample and at most 4 KB a leaf and feature. In mode `dart` also
  ///   O(trees² x rows), and a byte a row and tree.
  public func fit(
    _ prepared: BinnedMatrix, _ sample: borrowing TrainingSample,
    configuration: BoostingConfiguration, iterations: Int, seed: UInt64, threads: Int,
    continuing: TreeEnsemble?, onIteration: (IterationReport) -> FitDecision
  ) throws(LearnerError) -> TreeEnsemble {
    try run(
      prepared, sample, configuration: configuration, iterations: iterations, seed: seed,
      threads: threads, continuing: continuing
    ) { report, _ in onIteration(report) }
  }

  /// Fits, calling `onTree` after each tree with all trees as they are then.
  func run(
    _ prepared: BinnedMatrix, _ sample: borrowing TrainingSample,
    configuration: BoostingConfiguration, iterations: Int, seed: UInt64, threads: Int,
    continuing: TreeEnsemble?, onTree: (IterationReport, [Tree]) -> FitDecision
  ) throws(LearnerError) -> TreeEnsemble {
    let (fit, stop) = (sample.fit, sample.stop)
    try check(prepared, fit, configuration, iterations)
    try SampleCheck.stopWindow(sample.stopWindow, prepared: prepared.window)
    let stopRows = (sample.stopWindow ?? prepared.window).rows
    let (objective, metric) = try resolve(prepared, fit, stop, in: stopRows, configuration)
    try Self.check(
      continuing?.continuationError(
        configuration, features: prepared.window.featureNames, link: objective.link))
    let constraints: FeatureConstraints
    do {
      constraints = try FeatureConstraints(configuration, matrix: prepared)
    } catch {
      throw .configuration(error)
    }
    let isForest = configuration.mode == .randomForest
    let own = objective.startScore(fit)
    let first = isForest ? own : continuing?.startScore ?? own
    let start = BoostingStart(
      score: first, model: continuing,
      fixedTrees: first == own ? 0 : continuing?.trees.count ?? 0,
      features: prepared.window.features)
    let stopMatrix =
      if let other = sample.stopWindow {
        try prepared.coding(other, threads: threads)
      } else {
        prepared
      }
    var run = BoostingRun(
      prepared, TrainingSample(fit: fit, stop: stop), stopMatrix: stopMatrix,
      configuration: configuration, constraints: constraints, objective: objective,
      metric: metric, start: start, seed: seed, threads: threads)
    try ThreadTeam.with(threads: threads) { () throws(LearnerError) in
      for iteration in 1...iterations {
        let report = IterationReport(iteration: iteration, stop: try run.next())
        if onTree(report, run.trees) == .stop { break }
      }
    }
    return TreeEnsemble(
      objective: configuration.objective, featureNames: prepared.window.featureNames,
      rule: ScoreRule(
        start: isForest ? 0 : start.score, link: objective.link, isAveraged: isForest),
      trees: run.trees)
  }
}
