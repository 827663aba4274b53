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

  /// Upper boundaries of all bins but the last, ascending.
  let boundaries: [Float]
  /// Rows in each bin of values.
  let counts: [Int]
  /// Rows whose value is missing.
  let missing: Int
  /// How many bins are below 0, and how many are 0: none or one.
  let signs: SignCounts

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
  init?(_ values: Span<Float>, rows: Range<Int>, scratch: inout Scratch) {
    let column = values.extracting(rows)
    scratch.keys.removeAll(keepingCapacity: true)
    for index in column.indices where !column[index].isNaN {
      scratch.keys.append(FloatOrder.key(column[index]))
    }
    let present = scratch.keys.count
    if scratch.spare.count != present {
      scratch.spare = [UInt32](repeating: 0, count: present)
    }
    sortKeys(&scratch.keys, spare: &scratch.spare)
    let (distinct, counts) = BinMapper.distinct(scratch.keys)
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
    boundaries = ends.dropLast().map {
      BinMapper.boundary(FloatOrder.value(distinct[$0]), FloatOrder.value(distinct[$0 + 1]))
    }
    missing = rows.count - present
  }

  /// Memory that cutting one column leaves to the next.
  struct Scratch {
    var keys: [UInt32] = []
    var spare: [UInt32] = []
  }

  /// The code of each bin when at most `bins` are kept, by merging neighbours; 256 codes.
  func merged(bins: Int) -> (codes: [UInt8], boundaries: [Float]) {
    let ends = signedCuts(counts, signs: signs, bins: bins)
    var codes = [UInt8](repeating: Self.missingCode, count: 256)
    var bin = 0
    for old in counts.indices {
      codes[old] = UInt8(bin)
      if bin < ends.count - 1, old == ends[bin] { bin += 1 }
    }
    return (codes, ends.dropLast().map { boundaries[$0] })
  }

  private static func distinct(_ sorted: [UInt32]) -> (values: [UInt32], counts: [Int]) {
    var values: [UInt32] = []
    var counts: [Int] = []
    var start = 0
    for index in 1..<max(1, sorted.count) where sorted[index] != sorted[index - 1] {
      values.append(sorted[index - 1])
      counts.append(index - start)
      start = index
    }
    if let last = sorted.last {
      values.append(last)
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
