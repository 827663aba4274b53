/// The parser of the Python dictionary in the header of a NumPy array.
///
/// It reads exactly the three keys of an array, in any order, each once, with any blanks between.
struct NPYDictionary {
  /// The values of a header.
  struct Entries {
    var type: String
    var fortranOrder: Bool
    var shape: [Int]
  }

  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// The entries, or `nil` where the text is anything else.
  mutating func parse() -> Entries? {
    var type: String?
    var fortranOrder: Bool?
    var shape: [Int]?
    guard take("{") else { return nil }
    while !take("}") {
      guard let key = string(), take(":") else { return nil }
      switch key {
      case "descr" where type == nil:
        type = string()
        if type == nil { return nil }
      case "fortran_order" where fortranOrder == nil:
        fortranOrder = boolean()
        if fortranOrder == nil { return nil }
      case "shape" where shape == nil:
        shape = tuple()
        if shape == nil { return nil }
      default:
        return nil
      }
      if !take(",") {
        guard take("}") else { return nil }
        break
      }
    }
    skipBlanks()
    guard position == text.count, let type, let fortranOrder, let shape else { return nil }
    return Entries(type: type, fortranOrder: fortranOrder, shape: shape)
  }

  private mutating func skipBlanks() {
    while position < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) {
      position += 1
    }
  }

  private mutating func take(_ token: String) -> Bool {
    skipBlanks()
    guard text[position...].starts(with: token.utf8) else { return false }
    position += token.utf8.count
    return true
  }

  private mutating func string() -> String? {
    skipBlanks()
    guard position < text.count else { return nil }
    let quote = text[position]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
    let start = position + 1
    guard let end = text[start...].firstIndex(of: quote) else { return nil }
    let content = text[start..<end]
    // Escapes and other bytes than printable ASCII do not occur in what is accepted.
    guard content.allSatisfy({ 0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\\") }) else { return nil }
    position = end + 1
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func boolean() -> Bool? {
    if take("True") { return true }
    return take("False") ? false : nil
  }

  private mutating func tuple() -> [Int]? {
    guard take("(") else { return nil }
    var lengths: [Int] = []
    while !take(")") {
      guard let length = integer() else { return nil }
      lengths.append(length)
      let isFollowed = take(",")
      if !isFollowed {
        // (3) is a number in Python, no tuple.
        guard lengths.count > 1, take(")") else { return nil }
        break
      }
    }
    // NumPy itself stops at 64 axes.
    return lengths.count <= 64 ? lengths : nil
  }

  private mutating func integer() -> Int? {
    skipBlanks()
    let start = position
    while position < text.count, 0x30...0x39 ~= text[position] { position += 1 }
    let digits = text[start..<position]
    // Python 2 wrote long integers with an L.
    if position < text.count, text[position] == UInt8(ascii: "L") { position += 1 }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
