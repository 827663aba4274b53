import QuantCore
import Testing

@testable import QuantLearners

@Suite("Bins of categories")
struct CategoryBinsTests {
  private func cut(_ values: [Float]) -> BinMapper? {
    BinMapper(categories: values.span, rows: values.indices)
  }

  private func codes(_ values: [Float], _ mapper: BinMapper) -> [UInt8] {
    var codes = [UInt8](repeating: 0, count: values.count * 16)
    var target = codes.mutableSpan
    BinCoder(mapper.bins).encode(values.span, into: &target, width: 16, place: 3)
    return values.indices.map { codes[$0 * 16 + 3] }
  }

  @Test("The most frequent category has code 0, the lower of equal ones comes first")
  func literal() throws {
    let values: [Float] = [7, 2, 9, 7, .nan, 2, 7, -1, -0, -400_000_000]
    let mapper = try #require(cut(values))
    #expect(mapper.bins == .categories([7, 2, 0, 9]))
    #expect(mapper.counts == [3, 2, 1, 1] && mapper.missing == 3 && mapper.binCount == 4)
    #expect(codes(values, mapper) == [0, 1, 3, 0, 255, 1, 0, 255, 2, 255])
    #expect(
      codes([8, 10, 1e6, 0x1p40, .infinity], mapper) == [UInt8](repeating: 255, count: 5),
      "categories that the window does not have are missing")
    #expect(mapper.isUseful)
    #expect(try #require(cut([.nan, -1])).isUseful == false)
  }

  @Test("Beyond 255 categories, and beyond a lower budget, the rare ones are missing")
  func budget() throws {
    let values = (0..<300).flatMap { category in
      [Float](repeating: Float(category), count: category == 7 ? 9 : category < 260 ? 2 : 1)
    }
    let mapper = try #require(cut(values))
    let kept = [7] + (0..<256).filter { $0 != 7 }
    #expect(mapper.bins == .categories(kept.prefix(255).map { Int32($0) }))
    #expect(mapper.missing == values.count - mapper.counts.reduce(0, +))
    let (codes, bins) = mapper.merged(bins: 3)
    #expect(bins == .categories([7, 0, 1]))
    #expect(codes[..<3] == [0, 1, 2] && codes[3...].allSatisfy { $0 == 255 })
  }

  @Test("The order of rows does not matter", arguments: 1...5)
  func order(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let values = (0..<500).map { _ in Float(random.next() % 40) }
    #expect(cut(values) == cut(values.shuffled(using: &random)))
  }

  @Test(
    "Numbers that name no category are refused, and the error says where",
    arguments: [0.5, -1.5, 1_048_576, .infinity, -.infinity] as [Float])
  func failures(value: Float) {
    let window = TrainingWindow(
      features: FeatureMatrix(columns: [[0, 1, 2], [0, 1, value]]), rows: 0..<3,
      rowKeys: ArrayFile([1, 2, 3]), featureNames: ["a", "b"], categoricalColumns: [1])
    let error = #expect(throws: LearnerError.self) {
      try GradientBoosting().prepare(window, threads: 1)
    }
    #expect(
      error?.description
        == "feature b of row 2 is \(value); accepted: a whole number below 1048576; "
        + "NaN and negative ones are missing")
  }

  @Test("Sets of bins by hand, and their order is total")
  func sets() {
    #expect(BinSet([0, 63, 64, 255]).codes == [0, 63, 64, 255])
    #expect(!BinSet([0]).contains(1) && BinSet() == BinSet([]))
    let ordered = [BinSet([0, 1]), BinSet([0, 200]), BinSet([0]), BinSet([64]), BinSet()]
    for (index, first) in ordered.enumerated() {
      for (other, second) in ordered.enumerated() {
        #expect(first.precedes(second) == (index < other))
      }
    }
  }

  @Test("A set of bins sends each row to its side")
  func partition() {
    var random = SplitMix64(seed: 8)
    let codes = (0..<16 * 500).map { _ in UInt8(random.next() & 255) }
    let group = CodeGroup(features: 0..<16, rowCount: 500)
    group.codes.withSlice(0) { target, _ in
      for place in target.indices { target[place] = codes[place] }
    }
    var partition = NodePartition(parts: [0..<500])
    partition.fill(threads: 1) { _ in 1 }
    let set = BinSet((0..<255).filter { _ in random.next() % 2 == 0 })
    let left = partition.split(
      0..<500, column: CodeColumn(group, feature: 5),
      lines: RowLines((0..<500).map { Int32($0) }, first: 0), question: .isOneOf(set), threads: 1)
    let rows = partition.rows.indices.map { partition.rows[$0] }
    func goesLeft(_ row: Int32) -> Bool { set.codes.contains(Int(codes[Int(row) * 16 + 5])) }
    #expect(rows[..<left].elementsEqual((0..<500).filter(goesLeft)))
    #expect(rows[left...].elementsEqual((0..<500).filter { !goesLeft($0) }))
  }
}
