// What the bytes of one field mean.
extension FieldScanner {
  /// Whether a quoted field starts at `index`.
  @inline(__always)
  package func startsQuoted(_ bytes: Span<UInt8>, _ index: Int, _ limit: Int) -> Bool {
    isQuoted && index < limit && bytes[index] == Self.quote
  }

  /// The bytes of a field without its quotes.
  package static func content(_ bytes: Span<UInt8>, _ field: FieldBounds) -> [UInt8] {
    if field.hasEscapes { return unescape(bytes, field.content) }
    var copy: [UInt8] = []
    copy.reserveCapacity(field.content.count)
    for index in field.content { copy.append(bytes[index]) }
    return copy
  }

  /// A range without the blanks and tabs at its ends.
  package static func trim(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while start < end, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// A whole number of 64 bits: digits with an optional sign, and an optional `.0`, which is how
  /// data frames write whole numbers of columns that have missing ones.
  package static func wholeNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    let firstDigit = index
    var value: Int64 = 0
    while index < end, (48...57).contains(bytes[index]) {
      let digit = Int64(bytes[index] - 48)
      let (tenfold, overflows) = value.multipliedReportingOverflow(by: 10)
      let (next, exceeds) = tenfold.addingReportingOverflow(isNegative ? -digit : digit)
      if overflows || exceeds { return nil }
      value = next
      index += 1
    }
    guard index > firstDigit else { return nil }
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index += 1
      while index < end, bytes[index] == UInt8(ascii: "0") { index += 1 }
    }
    // The least number stands for a missing value.
    return index == end && value != .min ? value : nil
  }

  /// A truth value in one of the spellings of `ColumnType.boolean`.
  package static func truth(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool? {
    switch lowercased(bytes, range) {
    case 0x7472_7565, 0x74, 0x79_6573, 0x79, 0x31: return true  // true t yes y 1
    case 0x66_616C_7365, 0x66, 0x6E6F, 0x6E, 0x30: return false  // false f no n 0
    default: return nil
    }
  }

  /// Whether a field says that a number is infinite.
  package static func spellsInfinity(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return false }
    let isSigned = bytes[first] == UInt8(ascii: "-") || bytes[first] == UInt8(ascii: "+")
    let word = lowercased(bytes, (isSigned ? first + 1 : first)..<range.upperBound)
    return word == 0x69_6E66 || word == 0x696E_6669_6E69_7479  // inf infinity
  }

  /// Up to eight bytes in lower case as one number, the first on top; 0 for anything else.
  private static func lowercased(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    if range.count > 8 { return 0 }
    var word: UInt64 = 0
    for index in range {
      let byte = bytes[index]
      if byte == 0 { return 0 }
      word = word << 8 | UInt64((65...90).contains(byte) ? byte + 32 : byte)
    }
    return word
  }

  /// The start of a field for a message: at most 40 bytes, without control characters.
  package static func excerpt(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    var copy: [UInt8] = []
    for index in range.prefix(40) { copy.append(bytes[index]) }
    var text = ""
    for scalar in String(decoding: copy, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0A: text += "\\n"
      case 0x0D: text += "\\r"
      case 0x09: text += "\\t"
      case 0..<0x20, 0x7F..<0xA0: text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return range.count > 40 ? text + "…" : text
  }
}

extension FieldBounds.Problem {
  /// What is wrong, for a message.
  package var text: String {
    switch self {
    case .stray: "has a quote inside an unquoted field"
    case .unclosed: "has a quoted field that is not closed"
    case .trailing: "has something behind the closing quote"
    }
  }

  /// What is accepted instead.
  package var accepted: String {
    "fields in quotes from start to end, with \"\" for a quote in them; or a schema without quoting"
  }
}
