/// One feature as some trees ask for it, coded to one or two columns of bytes.
struct CodeSource: Sendable {
  /// What decides codes.
  enum Kind: Hashable, Sendable {
    /// Thresholds; zeros may count as missing.
    case numbers(isZeroMissing: Bool)
    /// Whether the value is one of some categories.
    case categories(CategorySet)
  }

  /// Identifies what is coded.
  struct Key: Hashable, Sendable {
    /// The column of the feature matrix.
    var feature: Int
    var kind: Kind
  }

  /// Thresholds at most, so that a byte counts them.
  static let thresholdLimit = 255

  let key: Key
  /// The place among all sources of a plan.
  let id: Int
  /// Ascending and distinct.
  let thresholds: [Float]
  /// The same in groups where there are many, else empty.
  let groups: [Float]
  /// The column of codes where missing values exceed no threshold, or -1.
  let lowColumn: Int
  /// The column of codes where missing values exceed all thresholds, or -1.
  let highColumn: Int

  /// - Parameter columns: the places of the columns of codes, -1 where there is none.
  init(_ key: Key, id: Int, thresholds: [Float], columns: (low: Int, high: Int)) {
    precondition(thresholds.count <= Self.thresholdLimit)
    self.key = key
    self.id = id
    self.thresholds = thresholds
    (lowColumn, highColumn) = columns
    groups = ThresholdGroups.table(thresholds)
  }

  /// What thresholds are compared with, in place of a value.
  func number(_ value: Float) -> Float {
    switch key.kind {
    case .numbers(let isZeroMissing):
      isZeroMissing && value.magnitude <= Tree.Split.zeroLimit ? .nan : value
    case .categories(let set):
      value.isNaN ? .nan : set.contains(value) ? 0 : 1
    }
  }

  /// Replaces values by what thresholds are compared with.
  func prepare(_ values: inout MutableSpan<Float>, _ range: Range<Int>) {
    if key.kind == .numbers(isZeroMissing: false) { return }
    for index in range { values[index] = number(values[index]) }
  }

  /// The code of a value that exceeds so many thresholds.
  static func code(_ count: Int) -> Int8 { Int8(count - 128) }
}

/// Many ascending thresholds, laid out for counting those that a value exceeds.
enum ThresholdGroups {
  /// Up to so many, comparing with each is faster.
  static let linearLimit = 32
  /// Where the last thresholds of groups of four start; before are those of groups of 16.
  static let second = 16
  /// Where all thresholds start.
  static let third = 16 + 64
  /// The size of a table.
  static let size = 16 + 64 + 256

  /// The table of some thresholds, filled up with infinities that no value exceeds.
  static func table(_ thresholds: [Float]) -> [Float] {
    guard thresholds.count > linearLimit else { return [] }
    let all = thresholds + [Float](repeating: .infinity, count: 256 - thresholds.count)
    return (0..<16).map { all[16 * $0 + 15] } + (0..<64).map { all[4 * $0 + 3] } + all
  }
}
