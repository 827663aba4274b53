import QuantCore
import QuantLearners
import QuantTestSupport
import Testing

@Suite("GradientBoosting beside LightGBM")
struct GradientBoostingParityTests {
  @Test("Area and loss are those of LightGBM within its own spread")
  func parity() throws {
    let document = try JSONFixture(path: FixtureFile.path("boosting/boosting.json"))
    let data = BoostingData()
    #expect(try document.member("events").number() == Double(data.labels.reduce(0, +)))
    #expect(try document.member("weight").number() == Double(data.weights.reduce(0, +)))
    let missing = data.columns.reduce(0) { $0 + $1.count(where: \.isNaN) }
    #expect(try document.member("missing").number() == Double(missing))

    let settings = [
      BoostingConfiguration(leaves: 15),
      BoostingConfiguration(leaves: 15, featureFraction: 0.8, rowFraction: 0.8, l2: 1),
      BoostingConfiguration(
        leaves: 15, maximumDepth: 4, l1: 2, minimumGain: 0.5),
    ]
    let test = BoostingData.rows..<2 * BoostingData.rows
    for (configuration, item) in zip(settings, try document.member("results").list) {
      var areas: [Double] = []
      var losses: [Double] = []
      for seed in 0..<10 {
        var configuration = configuration
        configuration.maximumBins = Int(try item.member("bins").number()) - seed
        let model = try data.fit(configuration, iterations: 60, seed: UInt64(seed), threads: 2)
        let scores = data.scores(model, test)
        let labels = data.labels[test].map { UInt8($0) }
        let ranked = try RankedLabels(scores: scores, labels: labels)
        areas.append(try #require(ranked.areaUnderROC.number))
        var loss = 0.0
        for (score, label) in zip(scores, labels) {
          loss += Elementary.softplus(label == 1 ? -score : score)
        }
        losses.append(loss / Double(labels.count))
      }
      // Another number of bins, or another seed, moves LightGBM's area by 0.003 and its loss by
      // 0.002 (standard deviations of this file). Three standard errors of the difference of two
      // means of ten are 0.004 and 0.003.
      let area = areas.reduce(0, +) / Double(areas.count)
      let loss = losses.reduce(0, +) / Double(losses.count)
      #expect(abs(area - (try item.member("area").number())) < 0.004, "\(configuration) \(area)")
      #expect(abs(loss - (try item.member("loss").number())) < 0.003, "\(configuration) \(loss)")
    }
  }
}
