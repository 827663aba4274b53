extension BinMapper {
  /// Categories are whole numbers below this: a set of them takes at most 128 KB.
  static let categoryLimit = 1 << 20

  /// What a categorical feature may hold.
  static let acceptedCategory =
    "a whole number below \(categoryLimit); NaN and negative ones are missing"

  /// The category that a value names, or `nil` where it is missing or unusable.
  static func category(_ value: Float) -> Int? {
    value >= 0 && value < Float(categoryLimit) ? Int(value) : nil
  }

  /// Whether a value names a category or is missing.
  static func isUsableCategory(_ value: Float) -> Bool {
    guard value.isFinite else { return value.isNaN }
    return value < Float(categoryLimit) && value == value.rounded(.towardZero)
  }

  /// Gives each category of a column a bin, the most frequent first and the lower of equal ones.
  ///
  /// Negative numbers are missing, as in LightGBM. Beyond 255 categories the rare ones count as missing
  /// too: like categories that the window does not have, they never go left.
  ///
  /// - Parameters:
  ///   - categories: a column of the matrix; only `rows` are looked at.
  /// - Returns: `nil` where a value is not usable (`isUsableCategory`).
  /// - Complexity: O(rows), and 8 bytes for each number up to the largest category.
  init?(categories values: Span<Float>, rows: Range<Int>) {
    var counts: [Int] = []
    for row in rows {
      guard BinMapper.isUsableCategory(values[row]) else { return nil }
      guard let category = BinMapper.category(values[row]) else { continue }
      while counts.count <= category { counts.append(0) }
      counts[category] += 1
    }
    let kept = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$0], $1) > (counts[$1], $0) }
      .prefix(BinMapper.maximumBins)
    self.init(
      bins: .categories(kept.map { Int32($0) }), counts: kept.map { counts[$0] },
      rows: rows.count)
  }

  /// The codes when the most frequent categories are kept.
  static func keeping(_ kept: [Int32]) -> (codes: [UInt8], bins: FeatureBins) {
    let codes = (0..<256).map { $0 < kept.count ? UInt8($0) : missingCode }
    return (codes, .categories(kept))
  }
}

/// The code of each category of a feature.
struct CategoryTable: Sendable {
  /// By category; those that have no bin count as missing.
  private var codes: [UInt8] = []

  init(_ categories: [Int32]) {
    codes = [UInt8](
      repeating: BinMapper.missingCode, count: Int(categories.max() ?? -1) + 1)
    for (code, category) in categories.enumerated() { codes[Int(category)] = UInt8(code) }
  }

  /// Codes values into one byte of every `width`.
  func encode(
    _ values: Span<Float>, into target: inout MutableSpan<UInt8>, width: Int, place: Int
  ) {
    for row in values.indices {
      let category = BinMapper.category(values[row]) ?? codes.count
      target[row * width + place] =
        category < codes.count ? codes[category] : BinMapper.missingCode
    }
  }
}
