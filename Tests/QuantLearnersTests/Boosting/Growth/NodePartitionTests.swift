import QuantCore
import Testing

@testable import QuantLearners

@Suite("NodePartition")
struct NodePartitionTests {
  private func group(rows: Int, width: Int, seed: UInt64) -> CodeGroup {
    var random = SplitMix64(seed: seed)
    let group = CodeGroup(features: 0..<width, rowCount: rows)
    for slice in 0..<group.codes.count {
      group.codes.withSlice(slice) { codes, _ in
        for index in codes.indices { codes[index] = UInt8(random.next() & 255) }
      }
    }
    return group
  }

  private func partition(_ rows: Int, parts: Int, isChosen: @Sendable (Int) -> Bool)
    -> NodePartition
  {
    var partition = NodePartition(parts: ParallelFor.ranges(of: rows, parts: parts))
    partition.fill(threads: parts) { isChosen($0) ? 1 : 0 }
    return partition
  }

  private func rows(_ partition: NodePartition, _ range: Range<Int>) -> [Int32] {
    range.map { partition.rows[$0] }
  }

  @Test("Chosen rows ascend, and so do the others behind them", arguments: [1, 2, 5])
  func filling(parts: Int) {
    let partition = partition(7, parts: parts) { [1, 2, 6].contains($0) }
    #expect(rows(partition, partition.chosen) == [1, 2, 6])
    #expect(rows(partition, partition.others) == [0, 3, 4, 5])
    let none = self.partition(3, parts: parts) { _ in false }
    #expect(none.chosen.isEmpty && rows(none, none.others) == [0, 1, 2])
    #expect(self.partition(0, parts: parts) { _ in true }.chosen.isEmpty)
  }

  @Test(
    "A split is stable and sends each row to its side, on any number of threads",
    arguments: [
      BinQuestion.atMost(bin: 99, isMissingLeft: false),
      BinQuestion.atMost(bin: 99, isMissingLeft: true), .isOneOf(BinSet([3, 7, 200])),
    ], [1, 2, 3])
  func split(question: BinQuestion, threads: Int) {
    let count = 60_000
    let group = group(rows: count, width: 28, seed: 8)
    let column = CodeColumn(group, feature: 5)
    let codes = group.codes.take()
    // Row i of the sample is row 2 i + 10 of a matrix that starts at row 10, or row i + 3.
    for (sample, scale) in [(count / 2, 2), (count - 3, 1)] {
      let lines = RowLines(
        (0..<Int32(sample)).map { $0 * Int32(scale) + (scale == 2 ? 10 : 13) }, first: 10)
      let partition = partition(sample, parts: 4) { $0 % 5 != 0 }
      let all = rows(partition, 0..<sample)
      for range in [10..<20, partition.chosen, 7..<7] {
        let before = rows(partition, 0..<sample)
        let left = partition.split(
          range, column: column, lines: lines, question: question, threads: threads)
        func goesLeft(_ row: Int32) -> Bool {
          let line = scale == 2 ? 2 * Int(row) : Int(row) + 3
          return question.sendsLeft(codes[line * 28 + 5])
        }
        let expected =
          before[range].filter(goesLeft) + before[range].filter { !goesLeft($0) }
        #expect(left == before[range].count(where: goesLeft))
        #expect(rows(partition, range) == expected)
        #expect(rows(partition, partition.others) == Array(all[partition.others]))
      }
    }
  }
}
