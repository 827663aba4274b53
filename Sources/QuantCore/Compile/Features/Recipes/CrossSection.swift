/// A function of the values of one decision date, applied to every date; no date sees another.
enum CrossSection {
  /// Results aligned with `values`, dates spread over threads.
  ///
  /// `body` receives the values of one date and writes its results, which start as NaN.
  static func map(
    _ values: [Float], in context: any RecipeContext,
    _ body: @Sendable (Span<Float>, inout MutableSpan<Float>) -> Void
  ) -> [Float] {
    let dates = context.periodRanges
    let cells = DisjointSlices(repeating: Float.nan, count: values.count, ranges: dates)
    ParallelFor.run(count: dates.count, threads: context.threads) { date in
      cells.withSlice(date) { results, rows in
        body(values.span.extracting(rows), &results)
      }
    }
    return cells.take()
  }
}

/// The values that are not missing, ascending, each with its place; equal values in order of place.
///
/// - Complexity: O(n log n).
struct AscendingValues {
  // One word for each value: an order-preserving form of its bits above its place, so that sorting
  // compares integers.
  private let words: [UInt64]

  init(_ values: Span<Float>) {
    var words: [UInt64] = []
    words.reserveCapacity(values.count)
    for place in values.indices where !values[place].isNaN {
      // -0 and 0 are equal and must tie.
      let bits = values[place] == 0 ? 0 : values[place].bitPattern
      let ordered = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
      words.append(UInt64(ordered) << 32 | UInt64(place))
    }
    words.sort()
    self.words = words
  }

  /// How many there are.
  var count: Int { words.count }

  /// The place of the value at a position of the order.
  func place(_ position: Int) -> Int { Int(words[position] & 0xFFFF_FFFF) }

  /// The value at a position of the order.
  func value(_ position: Int) -> Float {
    let ordered = UInt32(words[position] >> 32)
    return Float(bitPattern: ordered & 0x8000_0000 == 0 ? ~ordered : ordered ^ 0x8000_0000)
  }

  /// The end of the run of equal values that starts at a position.
  func endOfTies(from position: Int) -> Int {
    var end = position + 1
    while end < words.count, words[end] >> 32 == words[position] >> 32 { end += 1 }
    return end
  }

  /// The quantile of Hyndman and Fan's type 7: linear between the two order statistics around
  /// position `(n - 1) * probability`, as NumPy and R have it by default; NaN where there is no value.
  func quantile(_ probability: Double) -> Double {
    guard count > 0 else { return .nan }
    let position = Double(count - 1) * probability
    let below = min(Int(position), count - 1)
    let above = min(below + 1, count - 1)
    let share = position - Double(below)
    let low = Double(value(below)), high = Double(value(above))
    // From the nearer end, so that a share of 1 gives exactly the upper value.
    return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share)
  }
}
