import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("Categories and constraints beside LightGBM")
struct CategoryParityTests {
  private static let settings: [BoostingConfiguration] = [
    .with { _ in },
    .with {
      ($0.categoryL2, $0.categorySmoothing) = (1, 2)
      ($0.minimumRowsInCategory, $0.maximumSplitCategories) = (20, 8)
    },
    .with {
      $0.monotoneConstraints = .byColumn(
        [0, 0, 0, 0, 1, -1, 0, 0].compactMap { MonotoneDirection(rawValue: $0) })
    },
    .with { $0.pathSmoothing = 20 },
    .with { $0.isRandomThreshold = true },
    .with { $0.nodeFeatureFraction = 0.5 },
    .with { $0.interactionConstraints = [[0, 6], [1, 2, 4], [3, 5, 7]] },
  ]

  @Test("Area and loss are those of LightGBM within its own spread, or better", arguments: 0..<7)
  func parity(setting: Int) throws {
    let document = try JSONFixture(path: FixtureFile.path("boosting/categories.json"))
    let data = CategoryData()
    #expect(try document.member("events").number() == Double(data.labels.reduce(0, +)))
    let missing = data.columns.reduce(0) { $0 + $1.count(where: \.isNaN) }
    #expect(try document.member("missing").number() == Double(missing))
    let item = try document.member("results").list[setting]
    let test = CategoryData.rows..<2 * CategoryData.rows
    let labels = data.labels[test].map { UInt8($0) }
    var (area, loss) = (0.0, 0.0)
    let seeds = 5
    for seed in 0..<seeds {
      var configuration = Self.settings[setting]
      configuration.rowFraction = 0.8
      let model = try data.fit(configuration, iterations: 60, seed: UInt64(seed), threads: 2)
      let scores = test.map { row in model.referenceScore { data.columns[$0][row] } }
      area += try #require(try RankedLabels(scores: scores, labels: labels).areaUnderROC.number)
      for (score, label) in zip(scores, labels) {
        loss += Elementary.softplus(label == 1 ? -score : score) / Double(labels.count)
      }
    }
    (area, loss) = (area / Double(seeds), loss / Double(seeds))
    // The area of one fit of LightGBM moves by 0.002 and its loss by 0.0015 from seed to seed
    // (standard deviations of this file): four standard errors of a mean of five. With random
    // thresholds LightGBM no longer looks at a feature below a node where its one split gained nothing,
    // which holds back the many categories of this data; here every node draws anew.
    let isRandom = Self.settings[setting].isRandomThreshold
    #expect(area > (try item.member("area").number()) - (isRandom ? 0.008 : 0.004))
    #expect(loss < (try item.member("loss").number()) + (isRandom ? 0.006 : 0.003))
  }
}
