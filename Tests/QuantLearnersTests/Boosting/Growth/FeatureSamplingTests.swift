import QuantCore
import Testing

@testable import QuantLearners

@Suite("Drawn features")
struct FeatureSamplingTests {
  @Test(
    "As many as LightGBM 4.7 draws",
    arguments: [
      // Numbers of features that trees of LightGBM used, `feature_fraction` from 0.05 to 0.9.
      (2, [1, 1, 1, 1, 1, 1, 2]), (3, [1, 1, 1, 1, 2, 2, 3]), (5, [1, 1, 2, 2, 3, 4, 5]),
      (7, [1, 1, 2, 2, 4, 5, 6]), (10, [1, 1, 3, 4, 5, 7, 9]), (25, [1, 3, 8, 9, 13, 18, 23]),
    ])
  func count(features: Int, expected: [Int]) {
    for (fraction, count) in zip([0.05, 0.1, 0.3, 0.35, 0.5, 0.7, 0.9], expected) {
      let places = Array(0..<features)
      #expect(FeatureSampling.count(of: places, fraction: fraction) == count, "\(fraction)")
      for seed in 0..<20 as Range<UInt64> {
        let chosen = FeatureSampling.chosen(
          places, fraction: fraction, stream: CounterStream(seed: seed, 1))
        #expect(chosen.count == count && chosen == Set(chosen).sorted(), "\(fraction), \(seed)")
      }
    }
  }

  @Test("A tree, and a node of it, use no more features than are drawn")
  func trees() throws {
    let data = BoostingData()
    // 12 features, 4.2 of which are 4; of these 1.4 are 1 for each node.
    let drawn = try data.fit(.with { $0.featureFraction = 0.35 })
    let counts = drawn.trees.map { Set($0.splits.map(\.feature)).count }
    #expect(counts.allSatisfy { $0 <= 4 } && counts.contains(4))
    #expect(Set(drawn.trees.flatMap { $0.splits.map(\.feature) }).count == 12)
    let stumps = try data.fit(
      .with(leaves: 2) { ($0.featureFraction, $0.nodeFeatureFraction) = (0.35, 0.35) },
      iterations: 200)
    // One random feature a tree: even the least useful one gets its turn.
    #expect(Set(stumps.trees.flatMap { $0.splits.map(\.feature) }).count == 12)
  }
}
