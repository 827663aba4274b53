import QuantCore
import Testing

@testable import QuantLearners

@Suite("Histogram kernels")
struct HistogramKernelTests {
  /// The codes of a block of a wider group, and quantised derivatives of its rows.
  private struct Block {
    let width: Int
    let step: Int
    var codes: [UInt8] = []
    var gradients: [Int64] = []
    var hessians: [Int64] = []

    init(rows: Int, seed: UInt64, width: Int = 16, step: Int = 0) {
      (self.width, self.step) = (width, step)
      var random = SplitMix64(seed: seed)
      for _ in 0..<rows {
        for column in 0..<width {
          let bits = random.next()
          let mask: UInt64 = column % 16 < 8 ? 255 : column % 16 == 15 ? 0 : 7
          codes.append(bits % 10 == 0 && mask > 0 ? 255 : UInt8(bits >> 8 & mask))
        }
        gradients.append(Int64(random.next() % 16_383) - 8_191)
        hessians.append(Int64(random.next() % 8_192))
      }
    }

    var group: CodeGroup {
      let group = CodeGroup(features: 0..<width, rowCount: gradients.count)
      for slice in 0..<group.codes.count {
        group.codes.withSlice(slice) { target, range in
          for index in target.indices { target[index] = codes[range.lowerBound + index] }
        }
      }
      return group
    }

    /// The slot of some rows, which `parts` accumulators take in turn.
    func slot(_ rows: [Int32], places: [Int], parts: Int = 1) -> HistogramSlot {
      let quanta = zip(gradients, hessians).map { Int32($0 << 16 | $1) }
      let lines = RowLines((0..<Int32(gradients.count)).map { $0 }, first: 0)
      var accumulators = [BlockAccumulator](repeating: BlockAccumulator(), count: parts)
      for part in 0..<parts { accumulators[part].begin(places: places) }
      var batch = RowBatch()
      let group = group
      for (number, start) in stride(from: 0, to: rows.count, by: RowBatch.limit).enumerated() {
        let part = Array(rows[start..<min(start + RowBatch.limit, rows.count)])
        batch.load(part.span, quanta: quanta.span, lines: lines)
        batch.gather(group, steps: step..<step + 1)
        accumulators[number % parts].add(batch, plane: 0)
      }
      var slot = HistogramSlot()
      slot.begin(columns: places.count, rows: rows.count)
      for part in 0..<parts { slot.take(&accumulators[part]) }
      return slot
    }

    func expect(_ slot: HistogramSlot, equals rows: [Int32], places: [Int], _ comment: String) {
      for (index, place) in places.enumerated() {
        let sums = HistogramReference.sums(
          codes: codes, width: width, column: step * 16 + place, rows: rows, gradients: gradients,
          hessians: hessians)
        let found = (0..<256).map { slot.sum(index: index, code: $0) }
        #expect(found == sums, "column \(place), \(comment)")
      }
    }
  }

  @Test("Three rows by hand")
  func literal() {
    var block = Block(rows: 3, seed: 1)
    block.codes = [UInt8](repeating: 9, count: 48)
    block.codes[16] = 4
    block.gradients = [-5, 7, 2]
    block.hessians = [1, 2, 3]
    let slot = block.slot([0, 1, 2], places: [0])
    #expect(slot.isPacked)
    #expect(slot.sum(index: 0, code: 9) == NodeSum(gradient: -3, hessian: 4, count: 2))
    #expect(slot.sum(index: 0, code: 4) == NodeSum(gradient: 7, hessian: 2, count: 1))
    #expect(slot.sum(index: 0, code: 0) == NodeSum())
  }

  @Test("A full word at its limits loses nothing", arguments: [-8_191, 8_191])
  func limits(gradient: Int64) {
    let rows = PackedSum.rowLimit
    let word = (0..<rows).reduce(Int64(0)) { sum, _ in
      sum &+ PackedSum.pack(gradient: gradient, hessian: 8_191)
    }
    let expected = NodeSum(
      gradient: gradient * Int64(rows), hessian: 8_191 * Int64(rows), count: rows)
    #expect(NodeSum(packed: word) == expected)
    #expect(expected.packed == word)
  }

  @Test(
    "Histograms equal the naive ones, for any choice of columns",
    arguments: [0, 1, 255, 2047, 2048, 2049, 4096, 4097, 9000])
  func reference(rows: Int) {
    let block = Block(rows: max(1, rows), seed: UInt64(rows))
    let chosen = (0..<Int32(rows)).map { $0 }
    for places in [Array(0..<16), [3], [0, 2, 5, 15], [1, 2, 3, 4, 5, 6, 7], Array(1..<16)] {
      let slot = block.slot(chosen, places: places)
      #expect(slot.isPacked == (rows <= 4096))
      block.expect(slot, equals: chosen, places: places, "\(rows) rows, columns \(places)")
    }
  }

  @Test(
    "Groups of every width, and rows shared by accumulators",
    arguments: [(1, 0), (16, 0), (28, 1), (33, 2), (64, 0), (64, 3)])
  func widths(width: Int, step: Int) {
    let block = Block(rows: 9000, seed: UInt64(width), width: width, step: step)
    let places = Array(0..<min(16, width - 16 * step))
    let rows = (0..<Int32(9000)).filter { $0 % 3 != 1 }
    for parts in [1, 2, 3] {
      let slot = block.slot(rows, places: places, parts: parts)
      block.expect(slot, equals: rows, places: places, "width \(width), \(parts) parts")
    }
  }

  @Test("A bin that takes every row moves to wide words before it is full", arguments: [1, 2])
  func fullBins(parts: Int) {
    // Column 15 has one code.
    let block = Block(rows: 30_000, seed: 4)
    let rows = (0..<Int32(30_000)).map { $0 }
    let slot = block.slot(rows, places: [3, 9, 15], parts: parts)
    block.expect(slot, equals: rows, places: [3, 9, 15], "\(parts) parts")
    #expect(slot.sum(index: 2, code: 0).count == 30_000)
  }

  @Test(
    "A parent less one child is the other, in every form",
    arguments: [(9000, 600), (9000, 4500), (9000, 5000), (6000, 3000), (4000, 100), (4097, 1)])
  func subtraction(rows: Int, part: Int) {
    let block = Block(rows: rows, seed: UInt64(rows + part))
    var random = SplitMix64(seed: 3)
    let shuffled = (0..<Int32(rows)).shuffled(using: &random)
    let (small, large) = (shuffled.prefix(part).sorted(), shuffled.dropFirst(part).sorted())
    let places = [0, 1, 9, 14]
    var slot = block.slot((0..<Int32(rows)).map { $0 }, places: places)
    slot.subtract(block.slot(small, places: places), rows: large.count)
    #expect(slot.isPacked == (large.count <= 4096))
    block.expect(slot, equals: large, places: places, "\(rows) less \(part) rows")
  }
}
