import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("GradientBoosting")
struct GradientBoostingTests {
  @Test("One split of four rows by hand")
  func literal() throws {
    // Base rate 1/2: gradients -1/2 and 1/2, hessians 1/4. The cut between 2 and 3 parts the classes:
    // each leaf has step 2 x 1/2 / (2 x 1/4) = 2, of which a tenth is taken.
    let window = TrainingWindow(
      features: FeatureMatrix(columns: [[1, 2, 3, 4], [.nan, 0, .nan, 0]]), rows: 0..<4,
      rowKeys: ArrayFile([1, 2, 3, 4]), featureNames: ["x", "y"])
    let learner = GradientBoosting()
    let model = try learner.fit(
      learner.prepare(window, threads: 1),
      TrainingSample(fit: TrainingSample.Rows(rows: [0, 1, 2, 3], labels: [0, 0, 1, 1])),
      configuration: BoostingConfiguration(leaves: 2, minimumRowsInLeaf: 1), iterations: 1,
      seed: 1, threads: 1, continuing: nil
    ) { _ in .proceed }
    #expect(model.startScore == 0)
    let tree = try #require(model.trees.first)
    let split = try #require(tree.splits.first)
    #expect(split.feature == 0 && split.question == .atMost(2.5) && split.count == 4)
    #expect(split.isMissingLeft, "without missing rows they follow the larger side, or the left")
    // Twice 1² / (1/2), less 0 of the root; quanta of 1/4 and 1/2 are exact.
    #expect(abs(split.gain - 4) < 1e-12)
    #expect(zip(tree.leaves.map(\.value), [-0.2, 0.2]).allSatisfy { abs($0 - $1) < 1e-12 })
    let scores = [Double](capacity: 4) { output in
      model.predictRaw(window.features, rows: [3, 0, 2, 1].span, into: &output)
    }
    #expect(
      scores == [0.2, -0.2, 0.2, -0.2].map { $0 > 0 ? tree.leaves[1].value : tree.leaves[0].value })
  }

  private func laws(_ configuration: BoostingConfiguration) -> LearnerLaws<GradientBoosting> {
    var laws = LearnerLaws(
      learner: GradientBoosting(), configuration: configuration, save: { $0.fileBytes },
      load: { try TreeEnsemble(fileBytes: $0, path: "model.gbm") },
      digest: { "\($0.mappers) \($0.groups.map { XXH64.hash($0.codes.take().span.numberBytes) })" })
    laws.integerWeights = .notApplicable(
      because: "the least number of rows in a leaf counts copies, and a weight is rounded once")
    return laws
  }

  @Test(
    "The laws of learners",
    arguments: [
      BoostingConfiguration(), .sampled,
      BoostingConfiguration(leaves: 7, maximumDepth: 2, l1: 1, minimumGain: 0.1, maximumBins: 15),
      BoostingConfiguration(objective: .regression, minimumRowsInLeaf: 5),
    ])
  func lawSuite(_ configuration: BoostingConfiguration) throws {
    let reports = try laws(configuration).reports()
    #expect(reports.count >= 20)
    for report in reports { #expect(report.isSatisfied, "\(report)") }
  }

  @Test("1, 2, 3 and 7 threads give the same bits, above the limit of packed sums too")
  func threads() throws {
    // Rows that stand in the sample several times make nodes of more than 4,096 rows.
    let data = BoostingData()
    var rows = data.sample(0..<BoostingData.rows)
    for _ in 0..<2 {
      rows.rows += rows.rows
      rows.labels += rows.labels
      rows.weights += rows.weights
    }
    let learner = GradientBoosting()
    func model(_ threads: Int) throws -> TreeEnsemble {
      try learner.fit(
        learner.prepare(data.window, threads: threads), TrainingSample(fit: rows),
        configuration: .sampled, iterations: 10, seed: 3, threads: threads, continuing: nil
      ) { _ in .proceed }
    }
    let one = try model(1)
    #expect(one.trees.contains { ($0.splits.first?.count ?? 0) > 4_096 })
    for threads in [2, 3, 7] { #expect(try model(threads).fileBytes == one.fileBytes) }
  }

  @Test("The bits of a model do not move")
  func golden() throws {
    let model = try BoostingData().fit(.sampled)
    let digest = String(XXH64.hash(model.fileBytes.span.numberBytes), radix: 16)
    #expect(digest == "6bc68cb6c2a809e5", "a new digest needs a reason in the change log")
  }

  @Test("Continuing a model is fitting both parts at once")
  func continuing() throws {
    let data = BoostingData()
    let all = try data.fit(.sampled, iterations: 10)
    let first = try data.fit(.sampled, iterations: 4)
    let both = try data.fit(.sampled, iterations: 6, continuing: first)
    #expect(both.fileBytes == all.fileBytes)
    #expect(throws: LearnerError.self) {
      try data.fit(BoostingConfiguration(objective: .regression), continuing: first)
    }
  }

  @Test("Scores by bins, in training, are scores by values; the stop loss is that of the model")
  func stopLoss() throws {
    let data = BoostingData()
    var losses: [Double] = []
    let model = try data.fit(.sampled, rows: 0..<3000, stop: 3000..<4000) { report in
      losses.append(report.stopLoss ?? .nan)
      return report.iteration == 12 ? .stop : .proceed
    }
    #expect(model.trees.count == 12 && losses.count == 12)
    #expect(zip(losses, losses.dropFirst()).contains { $1 < $0 })
    var (loss, weight) = (ExactSum(), ExactSum())
    for (score, row) in zip(data.scores(model, 3000..<4000), 3000..<4000) {
      let sign = data.labels[row] == 1 ? -1.0 : 1
      loss.add(Double(data.weights[row]) * Elementary.softplus(sign * score))
      weight.add(Double(data.weights[row]))
    }
    // Losses are computed four rows at a time, by series whose relative error is below 2^-45.
    let expected = loss.value / weight.value
    #expect(abs((losses.last ?? .nan) - expected) < 1e-13 * expected)
  }

  @Test("Leaves, depth, rows of a leaf and merged bins keep to their limits")
  func limits() throws {
    let data = BoostingData()
    let model = try data.fit(
      BoostingConfiguration(
        leaves: 9, maximumDepth: 4, minimumRowsInLeaf: 150, rowFraction: 0.9, maximumBins: 5))
    for tree in model.trees {
      #expect(tree.leaves.count <= 9 && tree.depth <= 4)
      #expect(tree.splits.allSatisfy { $0.count >= 300 })
    }
    for feature in 0..<12 {
      let splits = model.trees.flatMap(\.splits).filter { $0.feature == feature }
      #expect(Set(splits.map(\.question)).count <= 5)
    }
    let deep = try data.fit(BoostingConfiguration(leaves: 9))
    #expect(deep.trees.allSatisfy { $0.leaves.count == 9 })
  }

  @Test("Constant and missing features take no part; no split leaves the base rate")
  func constant() throws {
    let window = TrainingWindow(
      features: FeatureMatrix(columns: [[7, 7, 7, 7], [.nan, .nan, .nan, .nan]]), rows: 0..<4,
      rowKeys: ArrayFile([1, 2, 3, 4]), featureNames: ["c", "m"])
    let learner = GradientBoosting()
    let model = try learner.fit(
      learner.prepare(window, threads: 1),
      TrainingSample(fit: TrainingSample.Rows(rows: [0, 1, 2, 3], labels: [0, 0, 0, 1])),
      configuration: BoostingConfiguration(minimumRowsInLeaf: 1), iterations: 2, seed: 1,
      threads: 1, continuing: nil
    ) { _ in .proceed }
    #expect(model.trees.allSatisfy { $0.leaves.map(\.value) == [0] })
    #expect(abs(model.probability(raw: model.startScore) - 0.25) < 1e-15)
  }
}
