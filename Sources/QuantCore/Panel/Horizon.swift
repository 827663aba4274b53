/// How far ahead an event is predicted, in whole months from the decision date.
public struct Horizon: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// Length of the label window in months; at least 1.
  public var months: Int

  /// Creates a horizon of a number of months.
  public init(months: Int) {
    self.months = months
  }

  /// Reads the number of months, which must be at least 1.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    months = try container.decode(Int.self)
    if months < 1 {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(months) months are no horizon: at least 1")
    }
  }

  /// Writes the number of months.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(months)
  }

  /// The horizon as it appears in file names: `3m`.
  public var description: String { "\(months)m" }

  /// Orders horizons by length.
  public static func < (left: Horizon, right: Horizon) -> Bool { left.months < right.months }
}
