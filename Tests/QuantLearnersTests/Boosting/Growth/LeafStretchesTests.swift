import QuantCore
import Testing

@testable import QuantLearners

@Suite("LeafStretches")
struct LeafStretchesTests {
  /// A partition whose first rows are those of two leaves, and the ranges of all three.
  private func leaves(of rows: Int, isFirst: @Sendable (Int) -> Bool) -> (
    NodePartition, [Range<Int>]
  ) {
    var partition = NodePartition(parts: [0..<rows])
    partition.fill(threads: 1) { isFirst($0) ? 1 : 0 }
    let middle = partition.others.lowerBound + partition.others.count / 3
    return (
      partition,
      [partition.chosen, partition.others.lowerBound..<middle, middle..<rows]
    )
  }

  private func visits(_ stretches: LeafStretches) -> [[(leaf: Int, rows: [Int32])]] {
    stretches.parts.indices.map { part in
      var visits: [(Int, [Int32])] = []
      stretches.visit(part) { leaf, rows in visits.append((leaf, rows.indices.map { rows[$0] })) }
      return visits
    }
  }

  @Test("Seven rows by hand: one stretch, leaf after leaf")
  func literal() {
    let (partition, leaves) = leaves(of: 7) { [0, 4, 5].contains($0) }
    let visits = visits(LeafStretches(leaves, of: partition, threads: 1))
    #expect(visits.count == 1)
    #expect(visits[0].map(\.leaf) == [0, 1, 2])
    #expect(visits[0].map(\.rows) == [[0, 4, 5], [1], [2, 3, 6]])
  }

  @Test(
    "Every row is visited once, in its leaf and its part, whatever the threads",
    arguments: [1, 2, 3], [5, 8_192, 40_001])
  func every(threads: Int, count: Int) {
    let (partition, leaves) = leaves(of: count) { $0 % 7 < 3 && $0 > count / 10 }
    let stretches = LeafStretches(leaves, of: partition, threads: threads)
    var seen = [Int](repeating: -1, count: count)
    for (part, visits) in zip(stretches.parts, visits(stretches)) {
      var end: Int32 = -1
      for (leaf, rows) in visits {
        for row in rows {
          #expect(part.contains(Int(row)) && seen[Int(row)] == -1)
          seen[Int(row)] = leaf
        }
        // A stretch ends before the next one begins, so that leaf 0 comes again with later rows.
        if leaf == 0 { #expect(rows[0] > end) }
        end = max(end, rows.last ?? -1)
      }
    }
    for (leaf, range) in leaves.enumerated() {
      #expect(range.allSatisfy { seen[Int(partition.rows[$0])] == leaf })
    }
  }

  @Test("Leaves without rows are passed over")
  func empty() {
    let (partition, leaves) = leaves(of: 3) { _ in false }
    #expect(visits(LeafStretches(leaves, of: partition, threads: 1))[0].map(\.leaf) == [1, 2])
    let none = NodePartition(parts: [])
    let noVisits = visits(LeafStretches([0..<0], of: none, threads: 2))
    #expect(noVisits.allSatisfy { $0.isEmpty })
  }
}
