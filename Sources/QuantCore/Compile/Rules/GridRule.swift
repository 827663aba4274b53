/// The grid of decision dates, shared by all firms.
public struct GridRule: Codable, Hashable, Sendable {
  /// The step.
  public var frequency: Frequency
  /// First period, or `nil` for the first in which a record is available.
  public var first: Period?
  /// Last period, or `nil` for the last that ends within the data.
  public var last: Period?
  /// Months from the end of a period to its decision date; negative is earlier.
  public var offsetMonths: Int

  /// Reads `compile.grid`.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    frequency = try reader.choice(
      "frequency", default: Frequency.quarterly, "step of the grid of decision dates")
    let frequency = frequency
    func period(_ name: String, _ help: String) throws(ConfigurationError) -> Period? {
      guard let text = try reader.optionalString(name, help) else { return nil }
      guard let period = Period(text), period.frequency == frequency else {
        throw reader.error(
          name, "'\(text)'", accepted: "a \(frequency.rawValue) period: 2015Q3, 2015 or 2015-09")
      }
      return period
    }
    first = try period("first", "first period; default: the first with an available record")
    last = try period("last", "last period; default: the last that ends within the data")
    offsetMonths = try reader.integer(
      "offsetMonths", default: 0,
      "months from the end of a period to its decision date; negative is earlier", in: -11...11)
    if let first, let last, last < first {
      throw reader.error("last", last.description, accepted: "a period from \(first) on")
    }
  }

  /// The day on which the decision of a period is made: a month end.
  public func decisionDate(of period: Period) -> CalendarDate {
    period.lastDay.addingMonths(offsetMonths)
  }
}
