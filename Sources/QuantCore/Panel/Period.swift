/// How often decisions are made: the step of the grid of decision dates.
public enum Frequency: String, Codable, Hashable, Sendable, CaseIterable {
  /// Twelve periods a year.
  case monthly
  /// Four periods a year.
  case quarterly
  /// One period a year.
  case annual

  /// Months from one period to the next: 1, 3 or 12.
  public var months: Int {
    switch self {
    case .monthly: 1
    case .quarterly: 3
    case .annual: 12
    }
  }
}

/// One step of the grid of decision dates: a month, a quarter or a year.
///
/// ```swift
/// let period = Period("2015Q3")!        // quarterly
/// period.lastDay                        // 2015-09-30
/// period.advanced(by: 2).description    // "2016Q1"
/// Period("2015")!.frequency             // annual
/// Period("2015-09")!.frequency          // monthly
/// ```
public struct Period: Hashable, Sendable {
  /// The grid this period lies on.
  public var frequency: Frequency
  /// The number of periods since the start of year 0 on that grid.
  public var ordinal: Int32

  /// Creates a period from its place on the grid.
  public init(_ frequency: Frequency, ordinal: Int32) {
    self.frequency = frequency
    self.ordinal = ordinal
  }

  /// The period that contains a date.
  public init(_ frequency: Frequency, containing date: CalendarDate) {
    let months = date.monthOrdinal
    let step = frequency.months
    let ordinal = months >= 0 ? months / step : -((step - 1 - months) / step)
    self.init(frequency, ordinal: Int32(truncatingIfNeeded: ordinal))
  }

  /// The last day of the period.
  public var lastDay: CalendarDate {
    .lastDay(ofMonthOrdinal: (Int(ordinal) + 1) * frequency.months - 1)
  }
}

extension Period: Comparable, Strideable {
  /// Orders periods of one grid in time.
  public static func < (left: Period, right: Period) -> Bool { left.ordinal < right.ordinal }

  /// The number of periods from this one to another of the same grid.
  public func distance(to other: Period) -> Int { Int(other.ordinal) - Int(ordinal) }

  /// The period that lies a number of steps later, or earlier where it is negative.
  ///
  /// Edge case: steps that lead off the grid of 32-bit ordinals end at its first or last period.
  public func advanced(by steps: Int) -> Period {
    let (target, overflows) = Int(ordinal).addingReportingOverflow(steps)
    return Period(
      frequency, ordinal: Int32(clamping: overflows ? (steps < 0 ? .min : .max) : target))
  }
}

extension Period: CustomStringConvertible, LosslessStringConvertible {
  /// The usual name: `2015Q3`, `2015` or `2015-09`.
  public var description: String {
    let step = 12 / frequency.months
    let year = ordinal >= 0 ? Int(ordinal) / step : -((step - 1 - Int(ordinal)) / step)
    let place = Int(ordinal) - year * step + 1
    let name = CalendarDate.padded(year, 4)
    switch frequency {
    case .annual: return name
    case .quarterly: return "\(name)Q\(place)"
    case .monthly: return "\(name)-\(CalendarDate.padded(place, 2))"
    }
  }

  /// Reads `2015Q3`, `2015` or `2015-09` with a year from 1 to 9999; `nil` for anything else.
  public init?(_ description: String) {
    let text = Array(description.utf8)
    func number(_ range: Range<Int>) -> Int32? {
      guard text[range].allSatisfy({ (48...57).contains($0) }) else { return nil }
      return text[range].reduce(0) { $0 * 10 + Int32($1 - 48) }
    }
    guard (4...7).contains(text.count), let year = number(0..<4), year > 0 else { return nil }
    switch text.count {
    case 4:
      self.init(.annual, ordinal: year)
    case 6 where text[4] == UInt8(ascii: "Q") || text[4] == UInt8(ascii: "q"):
      guard let quarter = number(5..<6), (1...4).contains(quarter) else { return nil }
      self.init(.quarterly, ordinal: year * 4 + quarter - 1)
    case 7 where text[4] == UInt8(ascii: "-"):
      guard let month = number(5..<7), (1...12).contains(month) else { return nil }
      self.init(.monthly, ordinal: year * 12 + month - 1)
    default:
      return nil
    }
  }
}

extension Period: Codable {
  /// Reads the usual name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let period = Period(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no period: 2015Q3, 2015 or 2015-09")
    }
    self = period
  }

  /// Writes the usual name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
