import QuantCore
import Testing

@testable import QuantLearners

@Suite("Histogram kernels")
struct HistogramKernelTests {
  /// A block of codes, and quantised derivatives of its rows.
  private struct Block {
    var codes: [UInt8] = []
    var gradients: [Int64] = []
    var hessians: [Int64] = []

    init(rows: Int, seed: UInt64) {
      var random = SplitMix64(seed: seed)
      for _ in 0..<rows {
        for column in 0..<16 {
          let bits = random.next()
          codes.append(bits % 10 == 0 ? 255 : UInt8(bits >> 8 & (column < 8 ? 255 : 7)))
        }
        gradients.append(Int64(random.next() % 16_383) - 8_191)
        hessians.append(Int64(random.next() % 8_192))
      }
    }

    var words: [Int64] {
      zip(gradients, hessians).map { PackedSum.pack(gradient: $0, hessian: $1) }
    }

    func slot(_ rows: [Int32], places: [Int]) -> HistogramSlot {
      var slot = HistogramSlot()
      var scratch = [Int64](repeating: 0, count: HistogramSlot.size)
      let ordered = rows.map { words[Int($0)] }
      slot.build(
        codes: codes.span, limit: gradients.count, rows: rows.span, words: ordered.span,
        places: places.span, scratch: &scratch)
      return slot
    }

    func expect(_ slot: HistogramSlot, equals rows: [Int32], places: [Int], _ comment: String) {
      for (index, place) in places.enumerated() {
        let sums = HistogramReference.sums(
          codes: codes, column: place, rows: rows, gradients: gradients, hessians: hessians)
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
    arguments: [0, 1, 255, 256, 257, 4096, 4097, 9000])
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
