import QuantCore
import QuantLearners
import QuantTestSupport
import Testing

@Suite("Modes beside LightGBM")
struct BoostingModeParityTests {
  @Test(
    "Area and loss are those of LightGBM within its own spread", arguments: BoostingModeCase.all)
  func parity(_ item: BoostingModeCase) throws {
    let document = try JSONFixture(path: FixtureFile.path("boosting/modes.json"))
    let expected = try document.member(item.description)
    let data = BoostingData()
    let test = BoostingData.rows..<2 * BoostingData.rows
    let labels = data.labels[test].map { UInt8($0) }
    let (prepared, sample) = (
      try GradientBoosting().prepare(data.window, threads: 2), data.sample(0..<BoostingData.rows)
    )
    var (areas, losses): ([Double], [Double]) = ([], [])
    for seed in 0..<10 {
      let model = try GradientBoosting().fit(
        prepared, TrainingSample(fit: sample), configuration: item.configuration, iterations: 60,
        seed: UInt64(seed), threads: 2, continuing: nil
      ) { _ in .proceed }
      let scores = data.scores(model, test)
      areas.append(
        try #require(RankedLabels(scores: scores, labels: labels).areaUnderROC.number))
      losses.append(
        zip(scores, labels).reduce(0) { $0 + Elementary.softplus($1.1 == 1 ? -$1.0 : $1.0) }
          / Double(labels.count))
    }
    // Four standard errors of the difference of two means of ten, both with the deviation of LightGBM's.
    func check(_ values: [Double], _ name: String) throws {
      let mean = values.reduce(0, +) / Double(values.count)
      let slack = 4 * (try expected.member("\(name) deviation").number()) * (2.0 / 10).squareRoot()
      let difference = mean - (try expected.member(name).number())
      #expect(abs(difference) < slack, "\(item) \(name) differs by \(difference) of \(slack)")
    }
    try check(areas, "area")
    try check(losses, "loss")
  }
}
