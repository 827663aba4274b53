internal import QuantCore

/// The rows of the leaves of a tree, a stretch of the sample after the other.
///
/// The rows of a leaf are spread over the whole sample. Going through one leaf after the other would
/// fetch what is known of neighbouring rows anew for every leaf; here all leaves are visited for a few
/// thousand rows, whose derivatives and scores stay in the cache.
struct LeafStretches: Sendable {
  /// Ranges of rows that threads share.
  let parts: [Range<Int>]
  private let partition: NodePartition
  private let leaves: [Range<Int>]
  /// Rows of a stretch.
  private let length: Int

  /// - Parameters:
  ///   - leaves: where the rows of each leaf stand in the partition; they ascend.
  init(_ leaves: [Range<Int>], of partition: NodePartition, threads: Int) {
    self.leaves = leaves
    self.partition = partition
    parts = ParallelFor.ranges(
      of: partition.rows.count, parts: threads <= 1 ? 1 : 4 * threads)
    // Leaves of few rows would be looked at more often than they have any.
    length = max(8_192, 256 * leaves.count)
  }

  var leafCount: Int { leaves.count }

  /// Calls `body` with the rows of a leaf in a stretch of a part, stretch by stretch.
  func visit(_ part: Int, _ body: (_ leaf: Int, Span<Int32>) -> Void) {
    let (part, rows) = (parts[part], partition.rows)
    var places = leaves.map { end(of: $0, below: part.lowerBound, rows) }
    var start = part.lowerBound
    while start < part.upperBound {
      start = min(start + length, part.upperBound)
      for leaf in leaves.indices {
        let first = places[leaf]
        let last = end(of: first..<leaves[leaf].upperBound, below: start, rows)
        if last > first { body(leaf, rows.extracting(first..<last)) }
        places[leaf] = last
      }
    }
  }

  /// The place of the first row of a range that is not below a row: first in steps that double, since it
  /// is near.
  private func end(of range: Range<Int>, below row: Int, _ rows: Span<Int32>) -> Int {
    var (lower, upper, step) = (range.lowerBound, range.lowerBound, 1)
    while upper < range.upperBound, Int(rows[upper]) < row {
      lower = upper + 1
      upper = min(range.upperBound, upper + step)
      step *= 2
    }
    while lower < upper {
      let middle = (lower + upper) / 2
      if Int(rows[middle]) < row { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }
}
