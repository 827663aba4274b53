import QuantCore
import Testing

@Suite("Radix order")
struct RankOrderTests {
  @Test("Special values from highest to lowest")
  func specials() {
    let least = Double.leastNonzeroMagnitude
    let scores: [Double] = [0, -.infinity, 1, -0.0, .infinity, -1, least, -least]
    #expect(RankOrder.descending(scores) == [4, 2, 6, 0, 3, 7, 5, 1])
    #expect(RankOrder.ascending([]) == [])
    #expect(RankOrder.ascending([7]) == [0])
  }

  @Test("Equal to a stable sort of the standard library", arguments: 0..<20)
  func reference(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let count = Int(random.next() % 700)
    let scores = (0..<count).map { _ in (random.normal() * 4).rounded() / 4 }
    let keys = (0..<count).map { _ in random.next() % 16 }
    let expected = (0..<Int32(count)).sorted {
      let (a, b) = (Int($0), Int($1))
      if scores[a] != scores[b] { return scores[a] > scores[b] }
      return keys[a] != keys[b] ? keys[a] < keys[b] : a < b
    }
    #expect(RankOrder.descending(scores, keys: keys) == expected, "seed \(seed)")
  }
}
