internal import QuantCore

/// The bins of one feature: where its values are cut, and how many rows of the window fall into each.
///
/// A value belongs to the first bin whose upper boundary is not below it, and to the last bin if there
/// is none. A missing value (NaN) belongs to a bin of its own, `missingCode`. Boundaries lie halfway
/// between neighbouring values of the window, so bins say nothing of rows outside. No bin holds values
/// of two signs, because the sign of a number often matters more than its size; zeros are a bin.
struct BinMapper: Hashable, Sendable {
  /// Bins of values at most, which leaves one code of a byte for missing values.
  static let maximumBins = 255
  /// The code of a missing value.
  static let missingCode: UInt8 = 255

  /// What the bins stand for: boundaries, or categories (`init(categories:rows:)`).
  let bins: FeatureBins
  /// Rows in each bin of values.
  let counts: [Int]
  /// Rows whose value is missing.
  let missing: Int
  /// How many bins of numbers are below 0, and how many are 0: none or one.
  let signs: SignCounts

  /// Upper boundaries of all bins of numbers but the last, ascending.
  var boundaries: [Float] {
    guard case .numbers(let boundaries) = bins else { return [] }
    return boundaries
  }

  /// The number of bins of values: 0 where all values are missing.
  var binCount: Int { counts.count }

  /// Whether rows differ in this feature.
  var isUseful: Bool { binCount > 1 || (binCount == 1 && missing > 0) }

  /// Cuts a column: each distinct value gets a bin if there are few, else bins are quantiles.
  ///
  /// - Parameters:
  ///   - values: a column of the matrix; only `rows` are looked at.
  /// - Returns: `nil` where a value is infinite.
  /// - Complexity: O(rows), two arrays of 4 bytes a row.
  init?(_ values: Span<Float>, rows: Range<Int>, scratch: Scratch) {
    let (distinct, counts) = scratch.distinct(values.extracting(rows))
    let present = counts.reduce(0, +)
    if let first = distinct.first, let last = distinct.last,
      FloatOrder.value(first).isInfinite || FloatOrder.value(last).isInfinite
    {
      return nil
    }
    let zero = FloatOrder.key(0)
    let negatives = distinct.count { $0 < zero }
    let signs = SignCounts(negative: negatives, zero: distinct.contains(zero) ? 1 : 0)
    let ends = signedCuts(counts, signs: signs, bins: BinMapper.maximumBins)
    self.signs = SignCounts(negative: ends.count { $0 < negatives }, zero: signs.zero)
    var start = 0
    self.counts = ends.map { end in
      defer { start = end + 1 }
      return counts[start...end].reduce(0, +)
    }
    bins = .numbers(
      ends.dropLast().map {
        BinMapper.boundary(FloatOrder.value(distinct[$0]), FloatOrder.value(distinct[$0 + 1]))
      })
    missing = rows.count - present
  }

  /// Bins of categories.
  init(bins: FeatureBins, counts: [Int], rows: Int) {
    self.bins = bins
    self.counts = counts
    missing = rows - counts.reduce(0, +)
    signs = SignCounts(negative: 0, zero: 0)
  }

  /// Memory that cutting one column leaves to the next.
  struct Scratch: Sendable {
    private let keys: DisjointSlices<UInt32>
    private let spare: DisjointSlices<UInt32>

    /// - Parameters:
    ///   - capacity: rows of a column at most.
    init(capacity: Int) {
      keys = DisjointSlices(repeating: 0, count: capacity, ranges: [0..<capacity])
      spare = DisjointSlices(repeating: 0, count: capacity, ranges: [0..<capacity])
    }

    /// The keys of the different values that are there, ascending, and how often each is.
    fileprivate func distinct(_ column: Span<Float>) -> (values: [UInt32], counts: [Int]) {
      keys.withSlice(0) { keys, _ in
        spare.withSlice(0) { spare, _ in
          var present = 0
          for index in column.indices where !column[index].isNaN {
            keys[present] = FloatOrder.key(column[index])
            present += 1
          }
          if sortKeys(&keys, spare: &spare, count: present) {
            return BinMapper.distinct(spare.span.extracting(0..<present))
          }
          return BinMapper.distinct(keys.span.extracting(0..<present))
        }
      }
    }
  }

  /// The code of each bin when at most `limit` are kept, by merging neighbours; 256 codes.
  ///
  /// Of categories the most frequent are kept; the others become missing.
  func merged(bins limit: Int) -> (codes: [UInt8], bins: FeatureBins) {
    if case .categories(let categories) = bins {
      return Self.keeping(Array(categories.prefix(limit)))
    }
    let boundaries = boundaries
    let ends = signedCuts(counts, signs: signs, bins: limit)
    var codes = [UInt8](repeating: Self.missingCode, count: 256)
    var bin = 0
    for old in counts.indices {
      codes[old] = UInt8(bin)
      if bin < ends.count - 1, old == ends[bin] { bin += 1 }
    }
    return (codes, .numbers(ends.dropLast().map { boundaries[$0] }))
  }

  fileprivate static func distinct(_ sorted: Span<UInt32>) -> (values: [UInt32], counts: [Int]) {
    var values: [UInt32] = []
    var counts: [Int] = []
    var start = 0
    for index in 1..<max(1, sorted.count) where sorted[index] != sorted[index - 1] {
      values.append(sorted[index - 1])
      counts.append(index - start)
      start = index
    }
    if !sorted.isEmpty {
      values.append(sorted[sorted.count - 1])
      counts.append(sorted.count - start)
    }
    return (values, counts)
  }

  /// The float nearest to the middle of two neighbours, at or above the lower and below the upper.
  private static func boundary(_ lower: Float, _ upper: Float) -> Float {
    let middle = Float((Double(lower) + Double(upper)) / 2)
    return middle < upper ? middle : lower
  }
}
