internal import QuantCore

/// The rows of a sample: first those of a tree, ordered so that those of a node are neighbours, then all
/// others.
///
/// Splitting a node moves the rows that go left to the front of its range. Both sides keep their
/// order, so that rows ascend within every node and memory is read forwards. Copies of this value share
/// their memory; one of them is used at a time.
struct NodePartition: Sendable {
  /// Rows from which threads share a node.
  private static let share = 16_384

  /// The ranges of rows that threads share when rows are chosen.
  let parts: [Range<Int>]
  private let order: DisjointSlices<Int32>
  private let spare: DisjointSlices<Int32>
  private let capacity: Int
  /// Rows of the tree: the first ones.
  private(set) var chosenCount = 0

  /// - Parameters:
  ///   - parts: the ranges of all rows that threads share.
  init(parts: [Range<Int>]) {
    self.parts = parts
    capacity = parts.last?.upperBound ?? 0
    order = DisjointSlices(repeating: 0, count: capacity, ranges: parts)
    spare = DisjointSlices(repeating: 0, count: capacity, ranges: parts)
  }

  /// All rows.
  var rows: Span<Int32> {
    @_lifetime(borrow self)
    get { order.span }
  }

  /// Where the rows of the tree stand.
  var chosen: Range<Int> { 0..<chosenCount }
  /// Where all other rows stand.
  var others: Range<Int> { chosenCount..<capacity }

  // MARK: - Choosing rows

  /// Starts a tree with the rows for which `isChosen` is 1, not 0; they and all others ascend.
  ///
  /// - Complexity: O(rows), without a branch that depends on the choice.
  @inline(__always)
  mutating func fill(threads: Int, isChosen: @Sendable (Int) -> Int) {
    let partition = self
    join(
      ParallelFor.map(count: parts.count, threads: threads) { part in
        partition.part(part, isChosen: isChosen)
      })
  }

  /// Asks for each row of a part; the number of those that are chosen.
  ///
  /// `join` must follow once all parts are done.
  @inline(__always)
  func part(_ index: Int, isChosen: (Int) -> Int) -> Int {
    order.withSlice(index) { chosen, range in
      spare.withSlice(index) { others, _ in
        var (count, otherCount) = (0, 0)
        for row in range {
          // Written to both; the one that does not count is overwritten later.
          chosen[count] = Int32(truncatingIfNeeded: row)
          others[otherCount] = Int32(truncatingIfNeeded: row)
          let step = isChosen(row)
          count &+= step
          otherCount &+= 1 &- step
        }
        return count
      }
    }
  }

  /// Joins all parts, given how many rows of each were chosen.
  mutating func join(_ counts: [Int]) {
    chosenCount = counts.reduce(0, +)
    join(parts, counts: counts)
  }

  // MARK: - Splitting nodes

  /// Reorders the rows of a node and returns how many go left.
  ///
  /// - Parameters:
  ///   - column: the codes of the feature that is asked.
  ///   - lines: where the codes of a row stand.
  /// - Complexity: O(rows of the node), without a branch that depends on the data.
  func split(
    _ range: Range<Int>, column: CodeColumn, lines: RowLines, question: BinQuestion, threads: Int
  ) -> Int {
    if range.isEmpty { return 0 }
    let count = threads > 1 && range.count >= Self.share ? 2 * threads : 1
    let parts = ParallelFor.ranges(of: range.count, parts: count).map {
      $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound
    }
    let (order, spare) = (order.recut(at: parts), spare.recut(at: parts))
    let counts = ParallelFor.map(count: parts.count, threads: threads) { part in
      order.withSlice(part) { rows, _ in
        spare.withSlice(part) { others, _ in
          separate(&rows, column: column, lines: lines, question: question, others: &others)
        }
      }
    }
    join(parts, counts: counts)
    return counts.reduce(0, +)
  }

  /// Moves the first rows of neighbouring parts together, and behind them those set aside.
  private func join(_ parts: [Range<Int>], counts: [Int]) {
    guard let first = parts.first, let last = parts.last else { return }
    let range = first.lowerBound..<last.upperBound
    let spare = spare.span
    order.recut(at: [range]).withSlice(0) { rows, _ in
      var place = 0
      for (part, count) in zip(parts, counts) {
        let start = part.lowerBound - range.lowerBound
        if start > place {
          for index in 0..<count { rows[place &+ index] = rows[start &+ index] }
        }
        place += count
      }
      for (part, count) in zip(parts, counts) {
        let others = spare.extracting(part.lowerBound..<part.upperBound - count)
        for index in others.indices { rows[place &+ index] = others[index] }
        place += others.count
      }
    }
  }
}
