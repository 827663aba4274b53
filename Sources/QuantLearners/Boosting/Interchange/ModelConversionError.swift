/// Why a model cannot be written in the format of another program.
public struct ModelConversionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What part of the model it is, such as `tree 3, split 5`.
  public let place: String
  /// What the other format lacks.
  public let reason: String

  /// One line: the place and the reason.
  public var description: String { "\(place): \(reason)" }
}
