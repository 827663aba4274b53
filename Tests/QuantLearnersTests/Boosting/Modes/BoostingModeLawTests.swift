import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("Laws of modes and row selections")
struct BoostingModeLawTests {
  private static let data = BoostingData()
  private var data: BoostingData { Self.data }

  private func fit(
    _ item: BoostingModeCase, rows: Range<Int> = 0..<1_500, iterations: Int = 16,
    seed: UInt64 = 1, threads: Int = 1, continuing: TreeEnsemble? = nil, stop: Range<Int>? = nil,
    onIteration: (IterationReport) -> FitDecision = { _ in .proceed }
  ) throws -> TreeEnsemble {
    try data.fit(
      item.configuration, rows: rows, iterations: iterations, seed: seed, threads: threads,
      continuing: continuing, stop: stop, onIteration: onIteration)
  }

  @Test("1, 2, 3 and 7 threads give the same bits", arguments: BoostingModeCase.lawful)
  func threads(_ item: BoostingModeCase) throws {
    let one = try fit(item)
    #expect(one.trees.contains { $0.splits.count > 1 })
    for threads in [2, 3, 7] { #expect(try fit(item, threads: threads) == one) }
    #expect(try fit(item, seed: 2) != one, "the mode draws at random")
  }

  @Test(
    "Fitting a + b trees is fitting a and continuing with b", arguments: BoostingModeCase.lawful)
  func continuing(_ item: BoostingModeCase) throws {
    var losses: [Double] = []
    let all = try fit(item, stop: 1_500..<2_000) { report in
      losses.append(report.stopLoss ?? .nan)
      return .proceed
    }
    for first in [1, 7] {
      var rest: [Double] = []
      let model = try fit(
        item, iterations: 16 - first, continuing: fit(item, iterations: first),
        stop: 1_500..<2_000
      ) { report in
        rest.append(report.stopLoss ?? .nan)
        return .proceed
      }
      #expect(model == all)
      #expect(rest == Array(losses.dropFirst(first)))
    }
  }

  @Test("Stop losses are those of the models", arguments: BoostingModeCase.lawful)
  func stopLoss(_ item: BoostingModeCase) throws {
    let rows = 1_500..<2_000
    var losses: [Double] = []
    _ = try fit(item, stop: rows) { report in
      losses.append(report.stopLoss ?? .nan)
      return .proceed
    }
    for iterations in [1, 5, 16] {
      let model = try fit(item, iterations: iterations)
      let scores = data.scores(model, rows)
      let labels = Array(data.labels[rows])
      let objective: any BoostingObjective =
        item.configuration.objective == .binary ? BinaryLogLoss() : SquaredError()
      var own = [Double](repeating: 0, count: rows.count)
      var target = own.mutableSpan
      objective.losses(scores: scores.span, labels: labels.span, losses: &target)
      var (loss, weight) = (ExactSum(), ExactSum())
      for (place, row) in rows.enumerated() {
        loss.add(Double(data.weights[row]) * own[place])
        weight.add(Double(data.weights[row]))
      }
      #expect(losses[iterations - 1] == loss.value / weight.value)
    }
  }

  @Test("The order of rows does not matter", arguments: BoostingModeCase.lawful)
  func permuted(_ item: BoostingModeCase) throws {
    let sample = data.sample(0..<1_500)
    // Places 0 to 1,499 in another order: 7 and 1,500 have no common divisor.
    let order = (0..<1_500).map { $0 * 7 % 1_500 }
    let permuted = TrainingSample.Rows(
      rows: order.map { sample.rows[$0] }, labels: order.map { sample.labels[$0] },
      weights: order.map { sample.weights[$0] })
    let learner = GradientBoosting()
    let prepared = try learner.prepare(data.window, threads: 1)
    func model(_ rows: TrainingSample.Rows, threads: Int) throws -> TreeEnsemble {
      try learner.fit(
        prepared, TrainingSample(fit: rows), configuration: item.configuration, iterations: 14,
        seed: 3, threads: threads, continuing: nil
      ) { _ in .proceed }
    }
    #expect(try model(permuted, threads: 2) == model(sample, threads: 1))
  }

  @Test(
    "The laws of learners",
    arguments: BoostingModeCase.lawful.filter { $0.description != "frequency" })
  func laws(_ item: BoostingModeCase) throws {
    var laws = LearnerLaws(
      learner: GradientBoosting(), configuration: item.configuration, save: { $0.fileBytes },
      load: { try TreeEnsemble(fileBytes: $0, path: "model.gbm") },
      digest: { "\($0.mappers) \($0.groups.map { XXH64.hash($0.codes.take().span.numberBytes) })" })
    laws.integerWeights = .notApplicable(
      because: "the least number of rows in a leaf counts copies, and copies are drawn together")
    for report in try laws.reports() { #expect(report.isSatisfied, "\(report)") }
  }

  @Test("The best model is that of the best iteration as it was then")
  func best() throws {
    for item in [BoostingModeCase.all[1], BoostingModeCase.all[3]] {
      var configuration = item.configuration
      configuration.learningRate = 0.7
      let learner = GradientBoosting()
      let prepared = try learner.prepare(data.window, threads: 1)
      let sample = TrainingSample(fit: data.sample(0..<600), stop: data.sample(3_000..<3_400))
      let best = try learner.fitBest(
        prepared, sample, configuration: configuration,
        budget: FitBudget(maximumIterations: 40, patience: 6), seed: 1, threads: 1)
      let lowest = try #require(best.losses.min())
      #expect(best.losses.firstIndex(of: lowest) == best.iteration - 1)
      #expect(best.losses.count == min(40, best.iteration + 6))
      let direct = try data.fit(
        configuration, rows: 0..<600, iterations: best.iteration, seed: 1)
      #expect(best.model == direct)
      let all = try data.fit(
        configuration, rows: 0..<600, iterations: best.losses.count, seed: 1)
      #expect((all.prefix(best.iteration) == best.model) == (configuration.mode != .dart))
    }
  }

  @Test("A model of another mode or learner is continued from its scores")
  func otherModels() throws {
    // Any ensemble will do: one of two trees by hand, such as an import gives.
    let stump = Tree(
      splits: [
        Tree.Split(feature: 3, question: .atMost(0.1), isMissingLeft: true, left: ~0, right: ~1)
      ], leaves: [Tree.Leaf(value: -1.5), Tree.Leaf(value: -0.25)])
    let imported = TreeEnsemble(
      objective: .binary, featureNames: data.window.featureNames,
      rule: ScoreRule(start: 0, link: .logistic(slope: 1)), trees: [stump, stump])
    for item in BoostingModeCase.all where item.configuration.mode != .randomForest {
      var losses: [Double] = []
      let model = try fit(item, iterations: 5, continuing: imported, stop: 1_500..<2_000) {
        losses.append($0.stopLoss ?? .nan)
        return .proceed
      }
      #expect(model.trees.count == 7 && model.startScore == 0)
      #expect(
        Array(model.trees.prefix(2)) == [stump, stump], "trees from elsewhere are not dropped")
      #expect((losses.last ?? 1) < (losses.first ?? 0))
    }
  }

  @Test("Models that come back from LightGBM's text are continued", arguments: [0, 1, 3])
  func lightGBMText(_ place: Int) throws {
    let item = BoostingModeCase.all[place]
    let first = try fit(item, iterations: 6)
    let text = try TreeEnsemble(lightGBMText: first.lightGBMText, path: "model.txt")
    // LightGBM's text has no blanks in names.
    #expect(text.featureNames.first == "feature_10")
    let imported = TreeEnsemble(
      objective: text.objective, featureNames: first.featureNames, rule: text.rule,
      trees: text.trees)
    #expect(imported.rule.isAveraged == (item.configuration.mode == .randomForest))
    var losses: [Double] = []
    let model = try fit(item, iterations: 6, continuing: imported, stop: 1_500..<2_000) {
      losses.append($0.stopLoss ?? .nan)
      return .proceed
    }
    #expect(model.trees.count == imported.trees.count + 6)
    var before: [Double] = []
    _ = try fit(item, iterations: 6, stop: 1_500..<2_000) {
      before.append($0.stopLoss ?? .nan)
      return .proceed
    }
    #expect((losses.last ?? 1) < (before.last ?? 0))
    if item.configuration.mode == .randomForest {
      // Leaves of a forest hold the start score in both, so that nothing at all differs.
      let direct = try fit(item, iterations: 6, continuing: first)
      #expect(model.trees.suffix(6) == direct.trees.suffix(6))
    }
  }
}
