internal import QuantCore

/// The rows that a tree is grown on, drawn by the random bits of their keys, and all others.
struct RowSampling {
  private var first: [Int32]
  private var second: [Int32]
  private var chosenCount = 0
  private var otherCount = 0

  /// - Parameter capacity: the number of rows.
  init(capacity: Int) {
    first = [Int32](repeating: 0, count: capacity + 1)
    second = first
  }

  /// Rows of the tree, ascending.
  var chosen: ArraySlice<Int32> { first[..<chosenCount] }
  /// All other rows, ascending.
  var others: ArraySlice<Int32> { second[..<otherCount] }

  /// Draws rows one by one, each with probability `fraction`.
  ///
  /// - Complexity: O(rows), without a branch that depends on the keys.
  mutating func draw(_ keys: [UInt64], fraction: Double, stream: CounterStream) {
    (chosenCount, otherCount) = Self.draw(
      keys.span, fraction: fraction, stream: stream, &first, &second)
  }

  private static func draw(
    _ keys: Span<UInt64>, fraction: Double, stream: CounterStream, _ first: inout [Int32],
    _ second: inout [Int32]
  ) -> (chosen: Int, others: Int) {
    var chosen = first.mutableSpan
    var others = second.mutableSpan
    var (count, otherCount) = (0, 0)
    for row in keys.indices {
      // Written to both; the one that does not count is overwritten later. A unit is below 1.
      chosen[count] = Int32(truncatingIfNeeded: row)
      others[otherCount] = Int32(truncatingIfNeeded: row)
      let isChosen = stream.unit(keys[row]) < fraction ? 1 : 0
      count &+= isChosen
      otherCount &+= 1 &- isChosen
    }
    return (count, otherCount)
  }
}
