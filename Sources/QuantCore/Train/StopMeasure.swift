/// What a learner measures on the stop rows, in its own units, and as a loss.
public struct StopMeasure: Codable, Hashable, Sendable {
  /// The name of the metric, such as `log_loss` or `auc`.
  public var name: String
  /// Its value.
  public var value: Double
  /// Whether a larger value is a better one.
  public var isLargerBetter: Bool

  /// Creates a measure.
  public init(name: String, value: Double, isLargerBetter: Bool) {
    self.name = name
    self.value = value
    self.isLargerBetter = isLargerBetter
  }

  /// A number that is the smaller, the better: the value, or 1 less it where larger is better.
  public var loss: Double { isLargerBetter ? 1 - value : value }
}
