extension CalendarDate: CustomStringConvertible, LosslessStringConvertible {
  /// The date as `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = components
    return CalendarDate.padded(year, 4) + "-" + CalendarDate.padded(month, 2) + "-"
      + CalendarDate.padded(day, 2)
  }

  /// Reads `YYYY-MM-DD`, `YYYYMMDD`, `YYYY/MM/DD`, or `YYYY-MM` (the last day of that month).
  ///
  /// A time of day that follows a day after `T` or a blank, such as `16:30:00.000Z` or `00:00`, is
  /// ignored. `nil` where the text has another form, or names a day that does not exist, such as
  /// `2015-02-30`; years run from 1 to 9999.
  public init?(_ description: String) {
    self.init(ascii: description.utf8.span)
  }

  /// Reads the same forms as `init(_:)` from bytes.
  public init?(ascii text: Span<UInt8>) {
    func number(_ from: Int, _ count: Int) -> Int? {
      guard from + count <= text.count else { return nil }
      var value = 0
      for index in from..<from + count {
        let digit = Int(text[index]) - 48
        guard (0...9).contains(digit) else { return nil }
        value = value * 10 + digit
      }
      return value
    }
    guard let year = number(0, 4), text.count >= 7 else { return nil }
    let separator = text[4]
    if separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") {
      guard let month = number(5, 2), (1...12).contains(month), (1...9999).contains(year) else {
        return nil
      }
      if text.count == 7 {
        self = CalendarDate.lastDay(ofMonthOrdinal: year * 12 + month - 1)
        return
      }
      guard text[7] == separator, let day = number(8, 2),
        CalendarDate.isTime(text, from: 10)
      else { return nil }
      self.init(validating: year, month, day)
    } else {
      guard let month = number(4, 2), let day = number(6, 2), CalendarDate.isTime(text, from: 8)
      else { return nil }
      self.init(validating: year, month, day)
    }
  }

  /// Whether nothing follows from `start` on, or a time of day.
  ///
  /// That is hours and minutes, and optionally seconds, their fraction, and a zone; which hours and
  /// minutes has no meaning here.
  private static func isTime(_ text: Span<UInt8>, from start: Int) -> Bool {
    if text.count == start { return true }
    guard text[start] == UInt8(ascii: "T") || text[start] == UInt8(ascii: " ") else { return false }
    var index = start + 1
    func digits() -> Int {
      let first = index
      while index < text.count, (48...57).contains(text[index]) { index += 1 }
      return index - first
    }
    func takes(_ byte: UInt8) -> Bool {
      guard index < text.count, text[index] == byte else { return false }
      index += 1
      return true
    }
    guard digits() == 2, takes(UInt8(ascii: ":")), digits() == 2 else { return false }
    if takes(UInt8(ascii: ":")) {
      guard digits() == 2 else { return false }
      if takes(UInt8(ascii: ".")), digits() == 0 { return false }
    }
    if takes(UInt8(ascii: "Z")) { return index == text.count }
    if takes(UInt8(ascii: "+")) || takes(UInt8(ascii: "-")) {
      let hours = digits()
      if hours == 2, takes(UInt8(ascii: ":")) { return digits() == 2 && index == text.count }
      return (hours == 2 || hours == 4) && index == text.count
    }
    return index == text.count
  }

  /// A number with zeros before it up to a number of digits.
  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (value < 0 ? "-" : "") + zeros + digits
  }
}

extension CalendarDate: Codable {
  /// Reads a text such as `2015-09-30`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CalendarDate(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no day: 2015-09-30")
    }
    self = date
  }

  /// Writes the date as `YYYY-MM-DD`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
