internal import QuantCore

/// The scores of a set of rows while trees are added to a model.
///
/// They are those of `TreeEnsemble.predictRaw` to the bit: a start, and leaf values added in the order of
/// the trees.
protocol TreeScores: Sendable {
  /// Calls `body` with the score of each row.
  func withValues<Result>(_ body: (Span<Double>) -> Result) -> Result
  /// Takes trees out until `settle`.
  mutating func drop(_ dropped: [Int], from trees: [Tree], threads: Int)
  /// Adds a tree to the rows of a partition, given the range of each leaf in it.
  mutating func add(
    _ grown: GrownTree, _ partition: NodePartition, _ ranges: [Range<Int>], threads: Int)
  /// Comes after the last rows were added, with all trees as they are now.
  ///
  /// - Parameters:
  ///   - isChanged: whether trees before the last one were dropped or changed.
  mutating func settle(_ trees: [Tree], isChanged: Bool, threads: Int)
}

/// A running sum.
struct SummedScores: TreeScores {
  private let values: DisjointSlices<Double>

  init(_ rows: [Int32], from start: BoostingStart) {
    values =
      start.model == nil
      ? DisjointSlices(repeating: start.score, count: rows.count, ranges: [0..<rows.count])
      : start.scores(rows).sharedSlices()
  }

  func withValues<Result>(_ body: (Span<Double>) -> Result) -> Result { body(values.span) }

  func drop(_ dropped: [Int], from trees: [Tree], threads: Int) {
    precondition(dropped.isEmpty, "a running sum cannot drop trees to the bit")
  }

  func add(
    _ grown: GrownTree, _ partition: NodePartition, _ ranges: [Range<Int>], threads: Int
  ) {
    grown.move(values, partition, ranges, threads: threads)
  }

  func settle(_ trees: [Tree], isChanged: Bool, threads: Int) {}
}

extension [Double] {
  /// The same numbers in memory that threads share by ranges of rows.
  func sharedSlices() -> DisjointSlices<Double> {
    let slices = DisjointSlices(repeating: 0.0, count: count, ranges: [0..<count])
    slices.withSlice(0) { slice, _ in
      for index in slice.indices { slice[index] = self[index] }
    }
    return slices
  }
}
