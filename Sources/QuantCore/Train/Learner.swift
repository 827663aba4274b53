/// An algorithm that turns labelled rows into a model.
///
/// Guarantees that every conforming type gives, checked by one suite of laws:
/// - **Determinism.** Prepared, sample, configuration and seed decide the model to the last bit,
///   whatever the number of threads and the order of the rows.
/// - **Prepare sees no labels** and no row outside of its window, so one prepared window serves every
///   horizon, repeat, sample and trial.
/// - **Fit does not change** what `prepare` returned.
public protocol Learner<Model>: Sendable {
  /// Hyper-parameters.
  associatedtype Configuration: LearnerConfiguration
  /// What is computed once for a window and shared by all fits on it.
  associatedtype Prepared: Sendable
  /// What a fit returns.
  associatedtype Model: Predictor

  /// The name by which configurations ask for the learner.
  static var identifier: String { get }

  /// Computes what all fits on a window share, such as bins or means.
  ///
  /// - Throws: `LearnerError.storage` where the features cannot be read.
  func prepare(_ window: TrainingWindow, threads: Int) throws(LearnerError) -> Prepared

  /// Fits a model.
  ///
  /// - Parameters:
  ///   - prepared: what `prepare` returned for the window.
  ///   - sample: fit rows with labels and weights, and optionally stop rows.
  ///   - configuration: the hyper-parameters.
  ///   - iterations: the most iterations (epochs, trees) to run; at least 1.
  ///   - seed: decides every random choice of the fit.
  ///   - threads: threads to use; the model does not depend on it.
  ///   - continuing: a model of the same learner to go on from, or `nil`.
  ///   - onIteration: called after each iteration with the loss on the stop rows; returning `.stop`
  ///     ends the fit after that iteration.
  /// - Throws: `LearnerError.oneClass` where all labels agree, `.invalid` for bad numbers.
  func fit(
    _ prepared: Prepared, _ sample: borrowing TrainingSample, configuration: Configuration,
    iterations: Int, seed: UInt64, threads: Int, continuing: Model?,
    onIteration: (IterationReport) -> FitDecision
  ) throws(LearnerError) -> Model
}

/// The hyper-parameters of a learner, read from the `learner` section of a configuration.
public protocol LearnerConfiguration: Codable, Hashable, Sendable {
  /// Reads the parameters; every one has a default.
  init(from reader: inout ConfigurationReader) throws(ConfigurationError)
  /// The iterations and patience that suit the learner where the configuration gives none.
  static var defaultBudget: FitBudget { get }
}

/// A fitted model.
public protocol Predictor: Sendable {
  /// Writes one raw score for each row, in the order of `rows`; higher is more likely an event.
  ///
  /// The score is not rounded and not limited to [0, 1]; ranking uses it as it is.
  ///
  /// - Complexity: O(rows x features).
  func predictRaw(
    _ features: FeatureMatrix, rows: Span<Int32>, into scores: inout OutputSpan<Double>)
  /// The probability that belongs to a raw score, in [0, 1].
  func probability(raw: Double) -> Double
}
