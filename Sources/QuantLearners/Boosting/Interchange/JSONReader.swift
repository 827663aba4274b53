internal import QuantCore

/// Reads JSON as XGBoost writes it: also `NaN`, `Infinity` and `-Infinity`.
struct JSONReader: DocumentReader {
  private let bytes: [UInt8]
  private let path: String
  private var position = 0
  /// For each open object or array, whether an element was read.
  private var hasBegun: [Bool] = []

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  func foreign(_ found: String, accepted: String) -> StorageError {
    guard position < bytes.count else { return .incomplete(path: path, bytes: bytes.count) }
    return .foreign(path: path, found: "\(found) at byte \(position)", accepted: accepted)
  }

  // MARK: - Structure

  mutating func openObject() throws(StorageError) { try open("{") }
  mutating func openArray() throws(StorageError) { try open("[") }

  private mutating func open(_ mark: Unicode.Scalar) throws(StorageError) {
    guard peek() == UInt8(ascii: mark) else { throw unexpected("'\(mark)'") }
    guard hasBegun.count < Self.maximumDepth else {
      throw foreign("deeper nesting", accepted: "\(Self.maximumDepth) levels")
    }
    position += 1
    hasBegun.append(false)
  }

  mutating func nextKey() throws(StorageError) -> String? {
    guard try hasElement("}") else { return nil }
    let key = try text()
    guard peek() == UInt8(ascii: ":") else { throw unexpected("':'") }
    position += 1
    return key
  }

  mutating func hasElement() throws(StorageError) -> Bool { try hasElement("]") }

  private mutating func hasElement(_ end: Unicode.Scalar) throws(StorageError) -> Bool {
    let byte = peek()
    if byte == UInt8(ascii: end) {
      position += 1
      hasBegun.removeLast()
      return false
    }
    if hasBegun[hasBegun.count - 1] {
      guard byte == UInt8(ascii: ",") else { throw unexpected("',' or '\(end)'") }
      position += 1
    }
    hasBegun[hasBegun.count - 1] = true
    return true
  }

  mutating func finish() throws(StorageError) {
    if peek() != nil { throw unexpected("the end") }
  }

  /// The first byte after blanks.
  private mutating func peek() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return bytes[position]
      }
    }
    return nil
  }

  private func unexpected(_ accepted: String) -> StorageError {
    guard position < bytes.count else { return .incomplete(path: path, bytes: bytes.count) }
    return foreign("\(Excerpt(bytes[position...].prefix(8)))", accepted: accepted)
  }

  // MARK: - Values

  mutating func text() throws(StorageError) -> String {
    guard peek() == UInt8(ascii: "\"") else { throw unexpected("a text") }
    let start = position
    guard let end = JSONText.end(bytes, from: start) else {
      position = bytes.count
      throw unexpected("a text")
    }
    guard let text = JSONText.decoded(bytes[start + 1..<end - 1]) else {
      throw foreign("a text with a wrong escape or that is no UTF-8", accepted: "a text")
    }
    position = end
    return text
  }

  /// The number or word at the current place.
  private mutating func word() -> ArraySlice<UInt8> {
    _ = peek()
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        position += 1
      default: return bytes[start..<position]
      }
    }
    return bytes[start..<position]
  }

  mutating func integer() throws(StorageError) -> Int {
    let word = word()
    if word.elementsEqual("true".utf8) { return 1 }
    if word.elementsEqual("false".utf8) { return 0 }
    guard let value = NumberText.integer(word) else {
      position = word.startIndex
      throw unexpected("a whole number")
    }
    return value
  }

  private mutating func number() throws(StorageError) -> Float {
    let word = word()
    if word.elementsEqual("NaN".utf8) { return .nan }
    guard let value = NumberText.float(word) else {
      position = word.startIndex
      throw unexpected("a number")
    }
    return value
  }

  mutating func integers() throws(StorageError) -> [Int32] {
    var values: [Int32] = []
    try array { reader throws(StorageError) in
      guard let value = Int32(exactly: try reader.integer()) else {
        throw reader.foreign("a number before that", accepted: "a number of 32 bits")
      }
      values.append(value)
    }
    return values
  }

  mutating func numbers() throws(StorageError) -> [Float] {
    var values: [Float] = []
    try array { reader throws(StorageError) in values.append(try reader.number()) }
    return values
  }

  mutating func skip() throws(StorageError) {
    switch peek() {
    case UInt8(ascii: "{"):
      try openObject()
      while try nextKey() != nil { try skip() }
    case UInt8(ascii: "["): try array { reader throws(StorageError) in try reader.skip() }
    case UInt8(ascii: "\""): _ = try text()
    default:
      let word = word()
      let isWord = ["true", "false", "null", "NaN"].contains { word.elementsEqual($0.utf8) }
      if isWord || NumberText.float(word) != nil { return }
      position = word.startIndex
      throw unexpected("a value")
    }
  }
}
