/// A set of codes of bins: 256 bits.
struct BinSet: Hashable, Sendable {
  private var words = SIMD4<UInt64>()

  /// A set of some codes.
  init(_ codes: some Sequence<Int> = []) {
    for code in codes { insert(code) }
  }

  /// Whether a code is in the set.
  func contains(_ code: Int) -> Bool { words[code >> 6] >> UInt64(code & 63) & 1 == 1 }

  /// Adds a code.
  mutating func insert(_ code: Int) {
    precondition((0..<256).contains(code), "a code has 8 bits")
    words[code >> 6] |= 1 << UInt64(code & 63)
  }

  /// The codes, ascending.
  var codes: [Int] { (0..<256).filter(contains) }

  /// Whether this set comes before another one in a total order: the one with the lowest code that is
  /// not in both.
  func precedes(_ other: BinSet) -> Bool {
    for word in 0..<4 where words[word] != other.words[word] {
      let lowest = (words[word] ^ other.words[word]).trailingZeroBitCount
      return words[word] >> UInt64(lowest) & 1 == 1
    }
    return false
  }

  /// Writes 1 for codes of the set and 0 for others, so that a row costs one load.
  func fill(_ table: inout MutableSpan<UInt8>) {
    precondition(table.count == 256)
    for code in 0..<256 { table[code] = contains(code) ? 1 : 0 }
  }
}
