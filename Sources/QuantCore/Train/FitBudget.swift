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
  /// What was measured on the stop rows, or `nil` where the sample has none.
  public var stop: StopMeasure?

  /// Creates a report.
  public init(iteration: Int, stop: StopMeasure?) {
    self.iteration = iteration
    self.stop = stop
  }

  /// Creates a report of a loss that has no name but `loss`.
  public init(iteration: Int, stopLoss: Double?) {
    self.init(
      iteration: iteration,
      stop: stopLoss.map { StopMeasure(name: "loss", value: $0, isLargerBetter: false) })
  }

  /// The name of what was measured, or `nil` where the sample has no stop rows.
  public var stopMetric: String? { stop?.name }
  /// The measure as a loss, the smaller the better, or `nil` where the sample has no stop rows.
  public var stopLoss: Double? { stop?.loss }
}

/// Whether a fit goes on.
public enum FitDecision: Sendable {
  /// Run the next iteration, if the budget has one.
  case proceed
  /// End the fit after this iteration.
  case stop
}
