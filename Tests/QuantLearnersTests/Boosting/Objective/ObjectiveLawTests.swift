import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

/// The squared error once more, as a user writes it.
private struct OwnSquaredError: BoostingObjective {
  func startScore(_ rows: TrainingSample.Rows) -> Double { SquaredError().startScore(rows) }

  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
  ) {
    for row in scores.indices {
      let error = scores[row] - Double(labels[row])
      gradients[row] = Float(Double(weights[row]) * error)
      hessians[row] = weights[row]
    }
  }

  func losses(
    scores: Span<Double>, labels: Span<Float>, losses: inout MutableSpan<Double>
  ) {
    for row in scores.indices {
      let error = scores[row] - Double(labels[row])
      losses[row] = 0.5 * error * error
    }
  }
}

/// Pairwise logistic ranking as a grouped objective of a user.
private struct OwnPairwise: BoostingObjective {
  let inner = PairwiseLogistic(cutoff: 30, isNormalized: true)
  var isGrouped: Bool { true }
  func startScore(_ rows: TrainingSample.Rows) -> Double { 0 }
  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
  ) {
    inner.derivatives(
      scores: scores, labels: labels, weights: weights, gradients: &gradients,
      hessians: &hessians)
  }
  func losses(
    scores: Span<Double>, labels: Span<Float>, losses: inout MutableSpan<Double>
  ) {
    inner.losses(scores: scores, labels: labels, losses: &losses)
  }
}

@Suite("Laws of objectives")
struct ObjectiveLawTests {
  private let data = ObjectiveData()

  @Test(
    "The laws of learners",
    arguments: [BoostingObjectiveName.quantile, .lambdaRank, .pairwise])
  func lawSuite(_ objective: BoostingObjectiveName) throws {
    var laws = LearnerLaws(
      learner: GradientBoosting(),
      configuration: .with(leaves: 8) {
        $0.objective = objective
        $0.rowFraction = 0.8
        $0.minimumRowsInLeaf = 5
      }, save: { $0.fileBytes }, load: { try TreeEnsemble(fileBytes: $0, path: "model.gbm") },
      digest: { "\($0.mappers) \($0.groups.map { XXH64.hash($0.codes.take().span.numberBytes) })" })
    laws.integerWeights = .notApplicable(
      because: "copies of a row are rows of their own to ranks, quantiles and the size of a leaf")
    for report in try laws.reports() { #expect(report.isSatisfied, "\(report)") }
  }

  @Test(
    "1, 2, 3 and 7 threads, permuted rows and renamed groups give the same bits",
    arguments: [BoostingObjectiveName.lambdaRank, .pairwise, .quantile])
  func invariance(_ name: BoostingObjectiveName) throws {
    let configuration = BoostingConfiguration.with(leaves: 8) {
      $0.objective = name
      $0.rowFraction = 0.7
      $0.isRankingNormalized = name == .lambdaRank
    }
    var fit = data.sample(data.grades, 0..<1_800)
    fit.weights = Array(data.weights[0..<1_800])
    // Groups whose rows are no neighbours.
    fit.groups = (0..<1_800).map { Int32($0 % 13) - 6 }
    let stop = data.sample(data.grades, 1_800..<2_400)
    func run(_ fit: TrainingSample.Rows, threads: Int = 1) throws -> ([UInt8], [Double]) {
      var losses: [Double] = []
      let model = try data.fit(
        configuration, TrainingSample(fit: fit, stop: stop), threads: threads
      ) { report in
        losses.append(report.stopLoss ?? .nan)
        return .proceed
      }
      return (model.fileBytes, losses)
    }
    let expected = try run(fit)
    for threads in [2, 3, 7] {
      let found = try run(fit, threads: threads)
      #expect(found.0 == expected.0 && found.1 == expected.1)
    }
    var random = SplitMix64(seed: 9)
    let order = fit.rows.indices.shuffled(using: &random)
    let turned = TrainingSample.Rows(
      rows: order.map { fit.rows[$0] }, labels: order.map { fit.labels[$0] },
      weights: order.map { fit.weights[$0] }, groups: order.map { fit.groups[$0] })
    #expect(try run(turned).0 == expected.0)
    var renamed = fit
    renamed.groups = fit.groups.map { 40 - 3 * $0 }
    #expect(try run(renamed).0 == expected.0)
    var other = fit
    other.groups = fit.groups.map { $0 / 2 }
    #expect(try (run(other).0 == expected.0) == (name == .quantile), "groups matter to ranks")
  }

  @Test("An objective given in code equals the built-in one to the bit")
  func custom() throws {
    let sample = TrainingSample(
      fit: data.sample(data.grades, 0..<1_600), stop: data.sample(data.grades, 1_600..<2_400))
    for (own, name) in [
      (OwnSquaredError() as any BoostingObjective, BoostingObjectiveName.regression),
      (OwnPairwise(), .pairwise),
    ] {
      func run(
        _ configuration: BoostingConfiguration, _ learner: GradientBoosting
      ) throws -> (TreeEnsemble, [StopMeasure?]) {
        var measures: [StopMeasure?] = []
        let model = try data.fit(configuration, sample, learner: learner, threads: 2) { report in
          measures.append(report.stop)
          return .proceed
        }
        return (model, measures)
      }
      let (model, measures) = try run(
        .with(leaves: 8) {
          $0.objective = .custom
          $0.stopMetric = .ndcg
        }, GradientBoosting(objective: own))
      let (expected, others) = try run(
        .with(leaves: 8) {
          $0.objective = name
          $0.stopMetric = .ndcg
        }, GradientBoosting())
      #expect(model.trees == expected.trees && model.rule == expected.rule)
      #expect(model.objective == .custom)
      #expect(measures == others && measures.allSatisfy { $0?.name == "ndcg" })
    }
  }

  @Test("One group of all rows is what rows without groups are")
  func oneGroup() throws {
    var fit = data.sample(data.grades, 0..<600)
    fit.groups = fit.groups.map { _ in 7 }
    let configuration = BoostingConfiguration.with(leaves: 8) { $0.objective = .lambdaRank }
    let grouped = try data.fit(configuration, TrainingSample(fit: fit))
    fit.groups = []
    #expect(try data.fit(configuration, TrainingSample(fit: fit)).fileBytes == grouped.fileBytes)
  }

  @Test("Ranking within periods through the stages of a task")
  func task() throws {
    var maker = MemoryPanel(periods: 12, rowsPerPeriod: 80)
    maker.intercept = -1
    let panel = maker.make()
    var train = TrainConfiguration()
    train.split.minimumEvents = 3
    train.split.stopPeriods = 2
    train.budget.maximumIterations = 15
    func result(_ metric: StopMetricName, threads: Int = 1) throws -> FitResult {
      try trainEvalOne(
        TrainTask(
          period: try #require(Period("2002Q3")), horizon: Horizon(months: 3), repeatIndex: 0,
          configurationID: "test"), in: panel, learner: GradientBoosting(),
        configuration: .with(leaves: 8) {
          $0.objective = .lambdaRank
          $0.stopMetric = metric
          $0.metricCutoff = 5
          $0.minimumRowsInLeaf = 5
        }, train: train, evaluate: EvaluationRule(), threads: threads)
    }
    let ranking = try result(.objective)
    #expect(ranking.iterations.stopMetric == "ndcg")
    #expect(ranking.iterations.stopCurve.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(try #require(ranking.metrics.areaUnderROC.number) > 0.6)
    #expect(try result(.objective, threads: 3).raw == ranking.raw)
    let area = try result(.areaUnderROC)
    #expect(area.iterations.stopMetric == "auc")
    let best = try #require(area.iterations.stopCurve.min())
    #expect(area.iterations.stopCurve.firstIndex(of: best) == area.iterations.chosen - 1)
  }
}
