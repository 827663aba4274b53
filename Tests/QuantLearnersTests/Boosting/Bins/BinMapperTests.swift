import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("BinMapper")
struct BinMapperTests {
  private func cut(_ values: [Float]) -> BinMapper? {
    BinMapper(
      values.span, rows: 0..<values.count, scratch: BinMapper.Scratch(capacity: values.count))
  }

  private func code(_ value: Float, _ mapper: BinMapper) -> UInt8 {
    let table = CodeTable(mapper.boundaries)
    var codes = [UInt8](repeating: 0, count: 16)
    var target = codes.mutableSpan
    table.encode([value].span, into: &target, width: 16, place: 3)
    return codes[3]
  }

  @Test("Few distinct values get a bin each, cut halfway; -0 is 0; NaN has a bin of its own")
  func literal() throws {
    let mapper = try #require(cut([3, -1, .nan, 0, -0.0, 3, 3]))
    #expect(mapper.boundaries == [-0.5, 1.5])
    #expect(mapper.counts == [1, 2, 3] && mapper.missing == 1)
    #expect([-7, -0.5, -0.25, 1.5, 2].map { code($0, mapper) } == [0, 0, 1, 1, 2])
    #expect(code(.nan, mapper) == 255)
    let close = try #require(cut([1, Float(1).nextUp]))
    #expect(close.boundaries == [1], "nothing lies between neighbours: the lower one is the cut")
    let empty = try #require(cut([.nan, .nan]))
    #expect(empty.binCount == 0 && !empty.isUseful)
    #expect(cut([1, .infinity]) == nil)
  }

  @Test("Counts by hand are grouped into quantiles, and a large one stands alone")
  func cuts() {
    #expect(quantileCuts([1, 1, 1, 1, 1, 1], bins: 3) == [1, 3, 5])
    #expect(quantileCuts([1, 1, 100, 1, 1], bins: 3) == [1, 2, 4])
    #expect(quantileCuts([5, 1], bins: 2) == [0, 1])
    #expect(quantileCuts([], bins: 2) == [])
  }

  @Test("No group holds two signs, and both sides share the bins")
  func signs() {
    let ones = [Int](repeating: 1, count: 9)
    #expect(
      signedCuts(ones, signs: SignCounts(negative: 4, zero: 1), bins: 5) == [1, 3, 4, 6, 8])
    #expect(signedCuts(ones, signs: SignCounts(negative: 0, zero: 1), bins: 3) == [0, 4, 8])
    #expect(signedCuts(ones, signs: SignCounts(negative: 8, zero: 1), bins: 3) == [3, 7, 8])
    #expect(signedCuts(ones, signs: SignCounts(negative: 1, zero: 0), bins: 3) == [0, 4, 8])
    #expect(signedCuts(ones, signs: SignCounts(negative: 4, zero: 1), bins: 2).count == 2)
    #expect(signedCuts(ones, signs: SignCounts(negative: 3, zero: 0), bins: 9).count == 9)
  }

  @Test("Sorting agrees with the library's sort", arguments: [0, 1, 2, 7, 1000, 5000])
  func sorting(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let values = (0..<count).map { _ in Float(random.normal() * 1e3) }
    var keys = values.map { FloatOrder.key($0) }
    var spare = keys
    let isInSpare = sort(&keys, &spare)
    #expect((isInSpare ? spare : keys).map { FloatOrder.value($0) } == values.sorted())
  }

  private func sort(_ keys: inout [UInt32], _ spare: inout [UInt32]) -> Bool {
    let count = keys.count
    var first = keys.mutableSpan
    var second = spare.mutableSpan
    return sortKeys(&first, spare: &second, count: count)
  }

  @Test("Codes count the boundaries below; bins hold the rows that counts say", arguments: 1...8)
  func laws(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = 200 + Int(random.next() % 3000)
    let grain = [1.0, 10, 1000, 1e6][Int(random.next() % 4)]
    let values = (0..<count).map { _ -> Float in
      random.unit() < 0.1 ? .nan : Float((random.normal() * grain).rounded() / grain)
    }
    let mapper = try #require(cut(values))
    #expect(mapper.binCount <= 255 && mapper.boundaries.count == mapper.binCount - 1)
    #expect(zip(mapper.boundaries, mapper.boundaries.dropFirst()).allSatisfy { $0 < $1 })
    var counts = [Int](repeating: 0, count: 256)
    for value in values {
      let expected = value.isNaN ? 255 : mapper.boundaries.count { $0 < value }
      #expect(Int(code(value, mapper)) == expected, "seed \(seed), value \(value)")
      counts[expected] += 1
    }
    #expect(Array(counts.prefix(mapper.binCount)) == mapper.counts && counts[255] == mapper.missing)
    let negatives = mapper.signs.negative
    #expect(values.allSatisfy { $0.isNaN || ($0 < 0) == (code($0, mapper) < negatives) })
    #expect(cut(values.shuffled(using: &random)) == mapper, "seed \(seed)")

    let (codes, bins) = mapper.merged(bins: 16)
    guard case .numbers(let boundaries) = bins else { preconditionFailure("\(bins)") }
    #expect(boundaries.count <= 15 && boundaries.allSatisfy { mapper.boundaries.contains($0) })
    for value in values.prefix(200) where !value.isNaN {
      let merged = boundaries.count { $0 < value }
      #expect(Int(codes[Int(code(value, mapper))]) == merged, "seed \(seed), value \(value)")
    }
    #expect(codes[255] == 255)
  }
}
