/// A set of categories, which are whole numbers from 0 on.
///
/// A value of a feature is cut towards 0 before it is looked up; missing, negative and unknown values
/// are in no set. LightGBM does the same.
public struct CategorySet: Hashable, Sendable {
  /// Bit b of word w stands for category 32 w + b; the last word is not 0.
  public let words: [UInt32]

  /// A set of the given words, without zeros at the end.
  public init(words: [UInt32]) {
    self.words = Array(words.prefix((words.lastIndex { $0 != 0 } ?? -1) + 1))
  }

  /// A set of the given categories; none may be negative.
  ///
  /// - Complexity: O(largest category).
  public init(_ categories: some Sequence<Int>) {
    var words: [UInt32] = []
    for category in categories {
      precondition(category >= 0, "a category is negative")
      while words.count <= category / 32 { words.append(0) }
      words[category / 32] |= 1 << UInt32(category % 32)
    }
    self.words = words
  }

  /// The categories, ascending.
  public var categories: [Int] {
    words.enumerated().flatMap { index, word in
      (0..<32).filter { word >> UInt32($0) & 1 == 1 }.map { 32 * index + $0 }
    }
  }

  /// Whether a value of a feature is in the set.
  public func contains(_ value: Float) -> Bool {
    // The limits keep the conversion defined; NaN fails both comparisons.
    guard value > -1, value < 0x1p31 else { return false }
    let category = Int(value)
    return category / 32 < words.count && words[category / 32] >> UInt32(category % 32) & 1 == 1
  }
}
