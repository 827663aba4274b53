import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("Objectives beside LightGBM")
struct ObjectiveParityTests {
  private let data = ObjectiveData()
  private let half = 0..<ObjectiveData.rows / 2
  private let rest = ObjectiveData.rows / 2..<ObjectiveData.rows

  private func document() throws -> JSONFixture {
    try JSONFixture(path: FixtureFile.path("boosting/objectives.json"))
  }

  /// The root of the mean squared difference over the standard deviation of what is expected.
  private func difference(_ found: [Double], _ expected: [Double]) -> Double {
    let mean = expected.reduce(0, +) / Double(expected.count)
    let spread = expected.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = zip(found, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (error / spread).squareRoot()
  }

  @Test("The data are those of the script")
  func same() throws {
    let document = try document()
    let sum = data.labels.reduce(0) { $0 + Double($1) }
    #expect(abs(sum - (try document.member("sum").number())) < 1e-6)
    #expect(Double(data.grades.reduce(0, +)) == (try document.member("grades").number()))
    #expect(Double(data.weights.reduce(0, +)) == (try document.member("weight").number()))
  }

  @Test("Quantile: raw scores after 1 and 20 trees, and the pinball loss")
  func quantile() throws {
    let item = try document().member("quantile")
    let model = try data.fit(
      .with(leaves: 8) {
        $0.objective = .quantile
        $0.quantileLevel = 0.8
      }, TrainingSample(fit: data.sample(data.labels, half)), iterations: 20)
    #expect(
      difference(data.scores(model.prefix(1), 0..<50), try item.member("first").numbers()) < 1e-5)
    // LightGBM has its level in single precision. Random rounding might choose another split where two
    // gain nearly alike; here it does not.
    #expect(difference(data.scores(model, 0..<50), try item.member("last").numbers()) < 1e-4)
    for (place, trees) in [1, 5, 20].enumerated() {
      let prefix = model.prefix(trees)
      for (name, rows) in [("pinball", rest), ("fit_pinball", half)] {
        let found = zip(data.scores(prefix, rows), rows).reduce(0.0) {
          $0 + QuantileLoss.loss(score: $1.0, label: data.labels[$1.1], level: 0.8)
        }
        let expected = try item.member(name).numbers()[place]
        #expect(abs(found / Double(rows.count) / expected - 1) < 1e-4, "\(name) \(trees)")
      }
    }
    // The rows that the first leaves were fitted on lie below them as often as was asked.
    let below = zip(data.scores(model, half), half).count { Double(data.labels[$1]) <= $0 }
    #expect(abs(Double(below) / Double(half.count) - 0.8) < 0.03)
  }

  @Test("LambdaRank: raw scores after 1 and 20 trees, and the NDCG")
  func lambdaRank() throws {
    let item = try document().member("lambdarank")
    let model = try data.fit(
      .with(leaves: 8) { $0.objective = .lambdaRank },
      TrainingSample(fit: data.sample(data.grades, half)), iterations: 20)
    #expect(
      difference(data.scores(model.prefix(1), 0..<50), try item.member("first").numbers()) < 1e-4)
    // Random rounding chooses another split where two gain nearly alike, and all later trees follow.
    #expect(difference(data.scores(model, 0..<50), try item.member("last").numbers()) < 0.2)
    for (place, trees) in [1, 5, 20].enumerated() {
      for (name, rows) in [("ndcg", rest), ("fit_ndcg", half)] {
        let found = ndcg(data.scores(model.prefix(trees), rows), rows)
        let expected = try item.member(name).numbers()[place]
        // Later trees differ; the mean of twelve groups has a standard error of about 0.03.
        let tolerance = trees == 1 ? 1e-9 : 0.06
        #expect(abs(found - expected) < tolerance, "\(name) \(trees): \(found), \(expected)")
      }
    }
  }

  private func ndcg(_ scores: [Double], _ rows: Range<Int>) -> Double {
    BoostingMetricTests.Rows(
      scores: scores, labels: Array(data.grades[rows]), weights: rows.map { _ in 1 },
      groups: Array(data.groups[rows])
    ).value(NormalizedGain(cutoff: 10))
  }

  // LightGBM guesses the rows of a leaf from hessians, which class weights change; `minimumRowsInLeaf`
  // counts them. So leaves may be of any size here.
  @Test("Class weights: raw scores after 1 and 20 trees", arguments: ["scaled", "balanced"])
  func classWeights(_ name: String) throws {
    let item = try document().member(name)
    let events = data.grades.map { Float($0 >= 3 ? 1 : 0) }
    let fit = data.sample(events, half)
    #expect(Double(fit.positiveCount) == (try document().member("events").number()))
    let model = try data.fit(
      .with(leaves: 8) {
        $0.minimumRowsInLeaf = 1
        if name == "scaled" { $0.positiveWeight = 4 } else { $0.isBalanced = true }
      }, TrainingSample(fit: fit), iterations: 20)
    let first = data.scores(model.prefix(1), 0..<50)
    #expect(difference(first, try item.member("first").numbers()) < 1e-5)
    #expect(difference(data.scores(model, 0..<50), try item.member("last").numbers()) < 0.1)
  }
}
