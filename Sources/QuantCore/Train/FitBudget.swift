/// How long a fit may go on.
public struct FitBudget: Codable, Hashable, Sendable {
  /// The most iterations.
  public var maximumIterations: Int
  /// Iterations without a better stop loss after which a fit ends.
  public var patience: Int
  /// Iterations where no stop rows choose their number.
  public var fixedIterations: Int

  /// Creates a budget; without `fixedIterations` the most iterations are run where nothing stops them.
  public init(maximumIterations: Int, patience: Int, fixedIterations: Int? = nil) {
    self.maximumIterations = maximumIterations
    self.patience = patience
    self.fixedIterations = fixedIterations ?? maximumIterations
  }
}

/// What a learner reports after each iteration.
public struct IterationReport: Sendable {
  /// The iteration, counted from 1.
  public var iteration: Int
  /// Mean weighted loss on the stop rows, or `nil` where the sample has none.
  public var stopLoss: Double?

  /// Creates a report.
  public init(iteration: Int, stopLoss: Double?) {
    self.iteration = iteration
    self.stopLoss = stopLoss
  }
}

/// Whether a fit goes on.
public enum FitDecision: Sendable {
  /// Run the next iteration, if the budget has one.
  case proceed
  /// End the fit after this iteration.
  case stop
}
