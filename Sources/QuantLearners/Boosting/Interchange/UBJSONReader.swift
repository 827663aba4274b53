internal import QuantCore

/// Reads UBJSON, draft 12, as XGBoost writes it: objects have end marks and no counts.
struct UBJSONReader: DocumentReader {
  /// Bytes of a number of each type of integer.
  static let integerSizes: [UInt8: Int] = [
    UInt8(ascii: "i"): 1, UInt8(ascii: "U"): 1, UInt8(ascii: "I"): 2, UInt8(ascii: "l"): 4,
    UInt8(ascii: "L"): 8,
  ]
  private static let floatSizes: [UInt8: Int] = [UInt8(ascii: "d"): 4, UInt8(ascii: "D"): 8]

  /// An open array; objects are not listed.
  private struct Container {
    /// The type of all elements, where they have no marks of their own.
    var type: UInt8?
    /// Elements that are left, where their number is known.
    var count: Int?
  }

  private let bytes: [UInt8]
  private let path: String
  private var position = 0
  private var open: [Container] = []

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  func foreign(_ found: String, accepted: String) -> StorageError {
    .foreign(path: path, found: "\(found) before byte \(position)", accepted: accepted)
  }

  // MARK: - Bytes

  private mutating func byte() throws(StorageError) -> UInt8 {
    guard position < bytes.count else { throw .incomplete(path: path, bytes: bytes.count) }
    position += 1
    return bytes[position - 1]
  }

  /// A big-endian number.
  private mutating func word(_ size: Int) throws(StorageError) -> UInt64 {
    var word: UInt64 = 0
    for _ in 0..<size { word = word << 8 | UInt64(try byte()) }
    return word
  }

  /// The next mark, without those that say nothing.
  private mutating func mark() throws(StorageError) -> UInt8 {
    var mark = try byte()
    while mark == UInt8(ascii: "N") { mark = try byte() }
    return mark
  }

  /// Whether the next mark is the given one, which is taken then.
  private mutating func takes(_ mark: Unicode.Scalar) -> Bool {
    while position < bytes.count, bytes[position] == UInt8(ascii: "N") { position += 1 }
    guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  /// The type of the next value: that of its array, or its own mark.
  private mutating func type() throws(StorageError) -> UInt8 {
    if let type = open.last?.type { return type }
    return try mark()
  }

  private func unexpected(_ mark: UInt8, _ accepted: String) -> StorageError {
    foreign("mark \(Excerpt([mark]))", accepted: accepted)
  }

  // MARK: - Structure

  mutating func openObject() throws(StorageError) {
    let mark = try type()
    guard mark == UInt8(ascii: "{") else { throw unexpected(mark, "an object") }
    guard !takes("$"), !takes("#") else {
      throw foreign("an object with a count", accepted: "objects with an end mark")
    }
    try push(Container())
  }

  private mutating func push(_ container: Container) throws(StorageError) {
    guard open.count < Self.maximumDepth else {
      throw foreign("deeper nesting", accepted: "\(Self.maximumDepth) levels")
    }
    open.append(container)
  }

  mutating func nextKey() throws(StorageError) -> String? {
    if takes("}") {
      open.removeLast()
      return nil
    }
    return try characters(try length())
  }

  mutating func openArray() throws(StorageError) {
    let mark = try type()
    guard mark == UInt8(ascii: "[") else { throw unexpected(mark, "an array") }
    var container = Container()
    if takes("$") {
      let type = try byte()
      // Of a type whose values take no bytes, a few bytes could promise any number.
      guard let size = Self.integerSizes[type] ?? Self.floatSizes[type] else {
        throw unexpected(type, "an array of numbers")
      }
      guard takes("#") else { throw foreign("an array of a type", accepted: "its count after it") }
      container = Container(type: type, count: try length(elementSize: size))
    } else if takes("#") {
      container.count = try length()
    }
    try push(container)
  }

  mutating func hasElement() throws(StorageError) -> Bool {
    let last = open.count - 1
    if let count = open[last].count {
      guard count > 0 else {
        open.removeLast()
        return false
      }
      open[last].count = count - 1
      return true
    }
    guard takes("]") else { return true }
    open.removeLast()
    return false
  }

  mutating func finish() throws(StorageError) {
    while takes("N") {}
    if position < bytes.count { throw foreign("more bytes", accepted: "the end") }
  }

  /// The length of something whose bytes must be there.
  private mutating func length(elementSize: Int = 1) throws(StorageError) -> Int {
    let mark = try mark()
    let length = try integer(mark)
    guard length >= 0, length <= (bytes.count - position) / elementSize else {
      if length < 0 { throw foreign("length \(length)", accepted: "a length from 0 on") }
      throw .incomplete(path: path, bytes: bytes.count)
    }
    return length
  }

  // MARK: - Values

  private mutating func characters(_ count: Int) throws(StorageError) -> String {
    guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
      throw foreign("a text that is no UTF-8", accepted: "UTF-8")
    }
    position += count
    return text
  }

  mutating func text() throws(StorageError) -> String {
    let mark = try type()
    guard mark == UInt8(ascii: "S") else { throw unexpected(mark, "a text") }
    return try characters(try length())
  }

  mutating func integer() throws(StorageError) -> Int { try integer(try type()) }

  private mutating func integer(_ type: UInt8) throws(StorageError) -> Int {
    switch type {
    case UInt8(ascii: "i"): return Int(Int8(truncatingIfNeeded: try word(1)))
    case UInt8(ascii: "U"): return Int(try word(1))
    case UInt8(ascii: "I"): return Int(Int16(truncatingIfNeeded: try word(2)))
    case UInt8(ascii: "l"): return Int(Int32(truncatingIfNeeded: try word(4)))
    case UInt8(ascii: "L"): return Int(truncatingIfNeeded: try word(8))
    case UInt8(ascii: "T"): return 1
    case UInt8(ascii: "F"): return 0
    default: throw unexpected(type, "a whole number")
    }
  }

  private mutating func number(_ type: UInt8) throws(StorageError) -> Float {
    switch type {
    case UInt8(ascii: "d"): Float(bitPattern: UInt32(truncatingIfNeeded: try word(4)))
    case UInt8(ascii: "D"): Float(Double(bitPattern: try word(8)))
    default: Float(try integer(type))
    }
  }

  mutating func integers() throws(StorageError) -> [Int32] {
    var values: [Int32] = []
    try openArray()
    values.reserveCapacity(knownCount)
    while try hasElement() {
      guard let value = Int32(exactly: try integer()) else {
        throw foreign("a number", accepted: "a number of 32 bits")
      }
      values.append(value)
    }
    return values
  }

  mutating func numbers() throws(StorageError) -> [Float] {
    var values: [Float] = []
    try openArray()
    values.reserveCapacity(knownCount)
    while try hasElement() {
      let type = try type()
      values.append(try number(type))
    }
    return values
  }

  /// Elements of the array that was just opened, where their number is known.
  private var knownCount: Int { open.last?.count ?? 0 }

  mutating func skip() throws(StorageError) {
    let type = try type()
    switch type {
    case UInt8(ascii: "{"), UInt8(ascii: "["): try skipContainer()
    case UInt8(ascii: "S"), UInt8(ascii: "H"): position += try length()
    case UInt8(ascii: "C"): _ = try byte()
    case UInt8(ascii: "Z"): break
    case UInt8(ascii: "d"), UInt8(ascii: "D"): _ = try number(type)
    default: _ = try integer(type)
    }
  }

  /// Skips an object or array whose mark was taken.
  private mutating func skipContainer() throws(StorageError) {
    position -= 1
    guard bytes[position] == UInt8(ascii: "[") else {
      try openObject()
      while try nextKey() != nil { try skip() }
      return
    }
    try openArray()
    if let container = open.last, let type = container.type, let count = container.count {
      position += count * (Self.integerSizes[type] ?? Self.floatSizes[type] ?? 0)
      open.removeLast()
    } else {
      while try hasElement() { try skip() }
    }
  }
}
