/// Iterations of a fit, each `nil` for what suits the learner: the `train.budget` section.
public struct BudgetRule: Codable, Hashable, Sendable {
  /// The most iterations.
  public var maximumIterations: Int?
  /// Iterations without a better stop loss after which a fit ends.
  public var patience: Int?
  /// Iterations where the data supports no stop tail.
  public var fixedIterations: Int?

  /// Creates a rule; without arguments the budget of the learner.
  public init(
    maximumIterations: Int? = nil, patience: Int? = nil, fixedIterations: Int? = nil
  ) {
    self.maximumIterations = maximumIterations
    self.patience = patience
    self.fixedIterations = fixedIterations
  }

  /// Reads `train.budget`.
  ///
  /// - Throws: `ConfigurationError` for a field that is unknown or out of range.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    maximumIterations = try reader.optionalInteger(
      "maximumIterations", "the most iterations; default: what suits the learner",
      in: 1...1_000_000)
    patience = try reader.optionalInteger(
      "patience",
      "iterations without a better stop loss after which a fit ends; default: what "
        + "suits the learner", in: 1...1_000_000)
    fixedIterations = try reader.optionalInteger(
      "fixedIterations",
      "iterations where the data supports no stop tail; default: what suits "
        + "the learner", in: 1...1_000_000)
  }

  /// The rule with gaps filled by the budget of a learner.
  public func resolved(_ defaults: FitBudget) -> FitBudget {
    let maximum = maximumIterations ?? defaults.maximumIterations
    return FitBudget(
      maximumIterations: maximum, patience: patience ?? defaults.patience,
      fixedIterations: fixedIterations ?? min(maximum, defaults.fixedIterations))
  }
}
