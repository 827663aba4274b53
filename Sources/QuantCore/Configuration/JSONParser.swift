/// Reads a JSON or JSON5 document and says line and column of what is wrong with it.
///
/// Beside JSON: comments, trailing commas, keys without quotes, texts in single quotes, a leading `+`,
/// numbers such as `.5`, `5.` and `0x1F`. Unlike JSON: a key may stand once in an object, and
/// numbers must be finite.
struct JSONParser {
  /// Deeper nesting than this is refused, so that no document exhausts the stack.
  static let maximumDepth = 256

  let source: String
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8], source: String) {
    self.bytes = bytes
    self.source = source
  }

  /// Reads the document.
  mutating func parse() throws(ConfigurationError) -> JSONValue {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ConfigurationError(
        parameter: source, value: "not valid UTF-8", accepted: "a JSON or JSON5 document in UTF-8")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    try skipBlanks()
    let document = try value(depth: 0)
    try skipBlanks()
    if position < bytes.count { throw unexpected("the end of the document") }
    return document
  }

  // MARK: - Structure

  private mutating func value(depth: Int) throws(ConfigurationError) -> JSONValue {
    if depth > Self.maximumDepth {
      throw error("nested too deeply", accepted: "at most \(Self.maximumDepth) levels")
    }
    switch peek ?? 0 {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try text())
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try number()
    default:
      let start = position
      switch word() {
      case "true": return .bool(true)
      case "false": return .bool(false)
      case "null": return .null
      case "NaN", "Infinity":
        position = start
        throw unexpected("a finite number")
      default:
        position = start
        throw unexpected("a value")
      }
    }
  }

  private mutating func array(depth: Int) throws(ConfigurationError) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    try skipBlanks()
    while peek != UInt8(ascii: "]") {
      values.append(try value(depth: depth + 1))
      try skipBlanks()
      if peek == UInt8(ascii: ",") {
        position += 1
        try skipBlanks()
      } else if peek != UInt8(ascii: "]") {
        throw unexpected("',' or ']'")
      }
    }
    position += 1
    return .array(values)
  }

  private mutating func object(depth: Int) throws(ConfigurationError) -> JSONValue {
    position += 1
    var members: [String: JSONValue] = [:]
    try skipBlanks()
    while peek != UInt8(ascii: "}") {
      let start = position
      let key = try self.key()
      if members[key] != nil {
        position = start
        throw error("the key '\(key)' for the second time", accepted: "each key once")
      }
      try skipBlanks()
      guard peek == UInt8(ascii: ":") else { throw unexpected("':'") }
      position += 1
      try skipBlanks()
      members[key] = try value(depth: depth + 1)
      try skipBlanks()
      if peek == UInt8(ascii: ",") {
        position += 1
        try skipBlanks()
      } else if peek != UInt8(ascii: "}") {
        throw unexpected("',' or '}'")
      }
    }
    position += 1
    return .object(members)
  }

  private mutating func key() throws(ConfigurationError) -> String {
    if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try text() }
    let isDigit = peek.map { (48...57).contains($0) } ?? false
    let key = isDigit ? "" : word()
    if key.isEmpty { throw unexpected("a key") }
    return key
  }

  /// Takes the letters, digits, `_` and `$` that follow.
  private mutating func word() -> String {
    let start = position
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
        position += 1
      default:
        return String(decoding: bytes[start..<position], as: UTF8.self)
      }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  // MARK: - Blanks, comments, errors

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() throws(ConfigurationError) {
    while let byte = peek {
      switch byte {
      case 0x20, 0x09...0x0D:
        position += 1
      case UInt8(ascii: "/"):
        try skipComment()
      case 0xC2 where bytes[position...].starts(with: [0xC2, 0xA0]):
        position += 2
      default:
        return
      }
    }
  }

  private mutating func skipComment() throws(ConfigurationError) {
    let start = position
    position += 1
    if peek == UInt8(ascii: "/") {
      while let byte = peek, byte != 0x0A { position += 1 }
    } else if peek == UInt8(ascii: "*") {
      position += 1
      while !bytes[position...].starts(with: [UInt8(ascii: "*"), UInt8(ascii: "/")]) {
        if position >= bytes.count {
          position = start
          throw error("a comment without end", accepted: "'/* … */'")
        }
        position += 1
      }
      position += 2
    } else {
      position = start
      throw unexpected("a value, a key, or a comment")
    }
  }

  /// The error for what stands at the current position.
  func unexpected(_ accepted: String) -> ConfigurationError {
    guard position < bytes.count else {
      return error("the end of the document", accepted: accepted)
    }
    let rest = String(decoding: bytes[position...].prefix(64), as: UTF8.self)
    let first = rest.unicodeScalars.first.map(String.init) ?? ""
    let isWord = rest.first.map { $0.isLetter || $0.isNumber } ?? false
    let found = isWord ? String(rest.prefix { $0.isLetter || $0.isNumber }.prefix(24)) : first
    return error("'\(found)'", accepted: accepted)
  }

  /// An error at the current position.
  func error(_ value: String, accepted: String) -> ConfigurationError {
    let before = bytes[..<min(position, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
    return ConfigurationError(
      parameter: "\(source):\(line):\(column)", value: value, accepted: accepted)
  }
}
