// Texts and numbers.
extension JSONParser {
  /// Takes a text in double or single quotes.
  mutating func text() throws(ConfigurationError) -> String {
    let start = position
    let quote = bytes[position]
    position += 1
    var content: [UInt8] = []
    while let byte = peek {
      if byte == quote {
        position += 1
        return String(decoding: content, as: UTF8.self)
      }
      if byte == 0x0A || byte == 0x0D { break }
      if byte == UInt8(ascii: "\\") {
        try escape(&content)
      } else {
        content.append(byte)
        position += 1
      }
    }
    position = start
    throw error("a text without end", accepted: "a closing quote on the same line")
  }

  private mutating func escape(_ content: inout [UInt8]) throws(ConfigurationError) {
    let start = position
    position += 1
    guard let byte = peek else { return }
    position += 1
    switch byte {
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      content.append(byte)
    case 0x0A:
      break
    case UInt8(ascii: "u"):
      content += Array(String(try codePoint(start)).utf8)
    default:
      position = start
      throw unexpectedEscape()
    }
  }

  private mutating func codePoint(_ start: Int) throws(ConfigurationError) -> Unicode.Scalar {
    guard let first = hexadecimal(4) else {
      position = start
      throw unexpectedEscape()
    }
    if let scalar = Unicode.Scalar(first) { return scalar }
    // Characters beyond the first plane are written as two surrogates.
    if first < 0xDC00, bytes[min(position, bytes.count)...].starts(with: Array("\\u".utf8)) {
      position += 2
      if let second = hexadecimal(4), (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    position = start
    throw error("half a surrogate pair", accepted: "both halves, such as \\ud83d\\ude00")
  }

  private mutating func hexadecimal(_ count: Int) -> UInt32? {
    guard position + count <= bytes.count else { return nil }
    let digits = bytes[position..<position + count]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    position += count
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private func unexpectedEscape() -> ConfigurationError {
    error(
      "an unknown escape in a text", accepted: "\\n \\t \\r \\b \\f \\\" \\' \\\\ \\/ or \\u0000")
  }

  /// Takes a number; whole ones that fit 64 bits become `.integer`, however they are written.
  mutating func number() throws(ConfigurationError) -> JSONValue {
    let start = position
    while let byte = peek, Self.isNumberByte(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let isNegative = text.first == "-"
    let digits = text.first == "+" || isNegative ? text.dropFirst() : text[...]
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      let magnitude = digits.dropFirst(2)
      if magnitude.first?.isHexDigit == true,
        let value = Int((isNegative ? "-" : "") + magnitude, radix: 16)
      {
        return .integer(value)
      }
    } else if Self.isDecimal(digits.utf8) {
      if let value = Int(text) { return .integer(value) }
      if let value = Double(text) {
        guard value.isFinite else {
          position = start
          throw error("'\(text.prefix(24))', which is too large", accepted: "a finite number")
        }
        // 2^63 and beyond are not exact as whole numbers of 64 bits.
        return Int(exactly: value).map { .integer($0) } ?? .number(value)
      }
    }
    position = start
    throw error("'\(text.prefix(24))'", accepted: "a number such as 12, -0.5 or 1e-3")
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Whether a text without sign is a decimal of JSON5: no leading zeros, digits on a side of a point.
  private static func isDecimal(_ text: Substring.UTF8View) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    let whole = text.prefix(while: isDigit)
    var rest = text.dropFirst(whole.count)
    var decimals = 0
    if rest.first == UInt8(ascii: ".") {
      decimals = rest.dropFirst().prefix(while: isDigit).count
      rest = rest.dropFirst(1 + decimals)
    }
    if whole.count + decimals == 0 || (whole.count > 1 && whole.first == 48) { return false }
    guard let exponent = rest.first else { return true }
    guard exponent | 0x20 == UInt8(ascii: "e") else { return false }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      rest = rest.dropFirst()
    }
    return !rest.isEmpty && rest.allSatisfy(isDigit)
  }
}
