/// What is wrong with a configuration: which parameter, its value, and what would be accepted.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where the parameter stands, such as `compile.features[3].recipe`.
  public var parameter: String
  /// The value as it was written.
  public var value: String
  /// What would be accepted instead.
  public var accepted: String

  /// Creates an error about one parameter.
  public init(parameter: String, value: String, accepted: String) {
    self.parameter = parameter
    self.value = value
    self.accepted = accepted
  }

  /// One line: parameter, value, and what would be accepted.
  public var description: String { "\(parameter) is \(value); accepted: \(accepted)" }
}
