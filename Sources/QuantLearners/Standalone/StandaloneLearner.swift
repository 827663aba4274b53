public import QuantCore

/// A learner that can be used by itself, on features and labels of one's own and without a panel.
///
/// `LearnerRegistry` offers it to `quant fit` and `quant predict`.
public protocol StandaloneLearner: Learner where Model: StandaloneModel {
  /// The best model that gives every row the same prediction.
  ///
  /// It stands in where nothing can be learned, such as from one class. Probabilities keep a distance
  /// of 1e-15 from 0 and 1.
  ///
  /// - Throws: `LearnerError` where labels or weights are not usable.
  func prior(
    _ window: TrainingWindow, _ sample: borrowing TrainingSample, configuration: Configuration
  ) throws(LearnerError) -> Model

  /// The model as it was after fewer iterations, or `nil` where it must be fitted anew to get it.
  func model(_ model: Model, after iterations: Int, configuration: Configuration) -> Model?

  /// Rows of a group that measures of ranks look at; 10 by default.
  func metricCutoff(of configuration: Configuration) -> Int
}

extension StandaloneLearner {
  /// Says that the model must be fitted anew.
  public func model(_ model: Model, after iterations: Int, configuration: Configuration) -> Model? {
    nil
  }

  /// Ten rows.
  public func metricCutoff(of configuration: Configuration) -> Int {
    PredictionMetrics.defaultCutoff
  }
}

/// How long a fit goes on, and which of its iterations is kept.
public struct StoppingRule: Hashable, Sendable {
  /// Iterations at most.
  public var iterations: Int
  /// Iterations without a better stop loss after which the fit ends; 0 runs and keeps them all.
  public var patience: Int
  /// A loss must be lower than the best by more than this to be better.
  public var minimumImprovement: Double

  /// Creates a rule.
  public init(iterations: Int, patience: Int = 0, minimumImprovement: Double = 0) {
    self.iterations = iterations
    self.patience = patience
    self.minimumImprovement = minimumImprovement
  }
}

/// A fitted model, and how the fit went.
public struct StandaloneFit: Sendable {
  /// The model: that of the best iteration where stop rows chose it.
  public var model: any StandaloneModel
  /// Iterations that were run.
  public var iterations: Int
  /// The iteration whose model is kept.
  public var keptIteration: Int
  /// Losses on the stop rows, iteration by iteration; empty without stop rows.
  public var stopLosses: [Double]
  /// Whether patience ended the fit.
  public var isStoppedEarly: Bool
  /// Why the model is the prior alone, or `nil` where it was fitted.
  public var priorReason: LearnerError?
}
