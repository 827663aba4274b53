import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("Single trees of LightGBM")
struct CategoryTreeParityTests {
  private static let settings: [BoostingConfiguration] = [
    .with { _ in },
    .with {
      ($0.categoryL2, $0.categorySmoothing) = (0, 1)
      ($0.minimumRowsInCategory, $0.maximumSplitCategories) = (1, 5)
    },
    .with {
      ($0.categoryL2, $0.categorySmoothing, $0.minimumRowsInCategory) = (3, 30, 60)
      ($0.l1, $0.l2) = (5, 2)
    },
    .with { $0.pathSmoothing = 50 },
    .with { $0.monotoneConstraints = .byColumn([.free, .free, .free, .decreasing, .increasing]) },
    .with { $0.interactionConstraints = [[0, 3], [1, 2, 4]] },
    .with { $0.oneHotCategories = 256 },
  ]

  /// `tree_data` of `make_categories.py`.
  private func data() -> (columns: [[Float]], labels: [Float]) {
    var random = SplitMix64(seed: 77)
    let effects = [3, 10, 40].map { size in (0..<size).map { _ in random.normal() } }
    var columns = [[Float]](repeating: [], count: 5)
    var labels: [Float] = []
    for _ in 0..<2_000 {
      var score = 0.0
      for (column, effects) in effects.enumerated() {
        let category = Int(Double(effects.count) * random.unit())
        columns[column].append(random.unit() < 0.05 ? .nan : Float(category))
        score += effects[category]
      }
      let numbers = (0..<2).map { _ in (random.normal() * 4).rounded(.towardZero) / 4 }
      score += numbers[0] * (numbers[1] > 0 ? 1 : -0.5)
      for (place, number) in numbers.enumerated() { columns[3 + place].append(Float(number)) }
      labels.append(Float(score + 0.1 * random.normal()))
    }
    return (columns, labels)
  }

  @Test("A tree in which nothing is drawn at random says what LightGBM's says", arguments: 0..<7)
  func parity(setting: Int) throws {
    let (columns, labels) = data()
    let window = TrainingWindow(
      features: FeatureMatrix(columns: columns), rows: 0..<2_000,
      rowKeys: ArrayFile((0..<2_000).map { SplitMix64.mix($0) }),
      featureNames: (0..<5).map { "f\($0)" }, categoricalColumns: [0, 1, 2])
    var configuration = Self.settings[setting]
    (configuration.objective, configuration.leaves) = (.regression, 8)
    configuration.learningRate = 1
    let learner = GradientBoosting()
    let model = try learner.fit(
      learner.prepare(window, threads: 1),
      TrainingSample(fit: TrainingSample.Rows(rows: (0..<2_000).map { $0 }, labels: labels)),
      configuration: configuration, iterations: 1, seed: 1, threads: 1, continuing: nil
    ) { _ in .proceed }
    let document = try JSONFixture(path: FixtureFile.path("boosting/categories.json"))
    let item = try document.member("trees").list[setting]
    let scores = try item.member("scores").list.map { try $0.number() }
    let found = scores.indices.map { row in model.referenceScore { columns[$0][row] } }
    let differing = scores.indices.filter { abs(scores[$0] - found[$0]) >= 1e-5 }
    #expect(differing.isEmpty, "\(differing.count) of \(scores.count) rows differ")
  }
}
