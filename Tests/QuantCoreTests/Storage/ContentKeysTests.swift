import QuantCore
import QuantTestSupport
import Testing

@Suite("Keys of rows from their content")
struct ContentKeysTests {
  /// XXH64 of the numbers of a row, one after the other.
  private func hash(_ row: [Float]) -> UInt64 {
    let bits = row.map { value -> UInt32 in
      if value.isNaN { return 0x7FC0_0000 }
      return value == 0 ? 0 : value.bitPattern
    }
    return XXH64.hash(bits.span.numberBytes)
  }

  private func random(rows: Int, columns: Int, seed: UInt64) -> [[Float]] {
    var random = SplitMix64(seed: seed)
    return (0..<rows).map { _ in
      (0..<columns).map { _ in
        switch random.next() % 8 {
        case 0: Float.nan
        case 1: Float(bitPattern: 0xFFC1_2345)
        case 2: -0.0
        default: Float(random.normal())
        }
      }
    }
  }

  private func keys(
    _ rows: [[Float]], names: [String], besides: [[Float]] = [], threads: Int = 1
  ) -> [UInt64] {
    let columns = names.indices.map { column in rows.map { $0[column] } }
    return ContentKeys.keys(
      of: FeatureMatrix(columns: columns), names: names, besides: besides, threads: threads)
  }

  @Test("They are the checksum of the row, for every number of columns", arguments: 1...19)
  func checksum(columns: Int) {
    let rows = random(rows: 600, columns: columns, seed: UInt64(columns))
    let names = (0..<columns).map { "column \(10 + $0)" }
    let labels = rows.indices.map { Float($0) }
    let expected = zip(rows, labels).map { hash($0 + [$1]) }
    for threads in [1, 2, 5] {
      #expect(keys(rows, names: names, besides: [labels], threads: threads) == expected)
    }
  }

  @Test("Names decide the order of the columns")
  func names() {
    let rows = random(rows: 50, columns: 4, seed: 7)
    let turned = rows.map { [$0[2], $0[0], $0[3], $0[1]] }
    let expected = keys(rows, names: ["a", "b", "c", "d"])
    #expect(keys(turned, names: ["c", "a", "d", "b"]) == expected)
    #expect(keys(turned, names: ["a", "b", "c", "d"]) != expected)
  }

  @Test("Equal rows get different keys, whatever the order of all rows")
  func repeated() {
    let rows: [[Float]] = [[1, 2], [3, 4], [1, 2], [1, 2], [.nan, 0], [.nan, -0.0]]
    let found = keys(rows, names: ["a", "b"])
    #expect(Set(found).count == 6)
    #expect(found[0] == hash([1, 2]) && found[1] == hash([3, 4]) && found[4] == hash([.nan, 0]))
    let turned = keys(rows.reversed(), names: ["a", "b"])
    #expect(turned.sorted() == found.sorted())
    // What belongs to a row besides tells rows apart.
    let labelled = keys(rows, names: ["a", "b"], besides: [[0, 0, 1, 0, 0, 1]])
    #expect(labelled[2] == hash([1, 2, 1]) && labelled[5] == hash([.nan, 0, 1]))
    #expect(ContentKeys.repeatedCount([1, 2, 1, 1, 3], threads: 2) == 2)
    #expect(ContentKeys.repeatedCount([], threads: 2) == 0)
  }
}
