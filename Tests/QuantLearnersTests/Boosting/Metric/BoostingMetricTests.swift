import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("Stop metrics")
struct BoostingMetricTests {
  /// Rows ordered by group, as `StopRows` keeps them.
  struct Rows {
    var scores: [Double]
    var labels: [Float]
    var weights: [Float]
    var groups: [Int32] = []

    func value(_ metric: any BoostingMetric, threads: Int = 1) -> Double {
      let sample = TrainingSample.Rows(
        rows: (0..<Int32(scores.count)).map { $0 }, labels: labels, weights: weights,
        groups: groups)
      let keys = (0..<UInt64(scores.count)).map { $0 }
      let ordered = OrderedRows(sample, rowKeys: keys.span)
      let scores = ordered.rows.rows.map { self.scores[Int($0)] }
      return metric.value(
        scores: scores.span, labels: ordered.rows.labels.span,
        weights: ordered.rows.weights.span, groups: ordered.groups, threads: threads)
    }
  }

  /// The rows of `make_metrics.py`: scores with ties, grades, weights of 1 to 4, twelve groups.
  private func fixtureRows() -> Rows {
    var random = SplitMix64(seed: 77)
    var rows = Rows(scores: [], labels: [], weights: [])
    for _ in 0..<500 {
      let group = random.next() % 12
      let grade = group == 3 ? 0 : max(0, (random.normal() + 0.5).rounded(.towardZero))
      rows.scores.append(((random.normal() + 0.5 * grade) * 64).rounded(.towardZero) / 64)
      rows.labels.append(Float(grade))
      rows.weights.append(Float(1 + random.next() % 4))
      rows.groups.append(Int32(group))
    }
    return rows
  }

  @Test("Values by hand")
  func literal() {
    let rows = Rows(
      scores: [3, 2, 2, 1], labels: [1, 0, 1, 0], weights: [1, 1, 1, 1], groups: [])
    // Pairs right: 1 over both, the tie counts half, the last one right: 3.5 of 4.
    #expect(rows.value(AreaUnderROC()) == 0.875)
    let precisions: [Double] = [1, 2.0 / 3]
    #expect(rows.value(AveragePrecision()) == (precisions[0] + precisions[1]) / 2)
    #expect(rows.value(PrecisionAtCutoff(cutoff: 1)) == 1)
    #expect(rows.value(PrecisionAtCutoff(cutoff: 9)) == 0.5)
    // The tie is ordered by key, so the event is third: 1 + 1/2 of 1 + 1 / log2(3).
    let ideal = 1 + Elementary.log(2) / Elementary.log(3)
    #expect(abs(rows.value(NormalizedGain(cutoff: 3)) - 1.5 / ideal) < 1e-15)
    // The event of weight 3 is over one of two others of weight 1 and 2, and ties with none.
    let weighted = Rows(scores: [1, 2, 0], labels: [1, 0, 0], weights: [3, 1, 2])
    #expect(weighted.value(AreaUnderROC()) == 2.0 / 3)
    let errors = Rows(scores: [1, 4], labels: [2, 2], weights: [3, 1])
    #expect(errors.value(PredictionError(.meanAbsolute, link: .identity)) == 1.25)
    #expect(
      errors.value(PredictionError(.rootMeanSquared, link: .identity)) == 1.75.squareRoot())
    // 3 x 0.75 below and 2 x 0.25 above, over a weight of 4.
    #expect(errors.value(PredictionError(.pinball(0.75), link: .identity)) == 0.6875)
  }

  @Test("Groups without a gain count 1 in NDCG and 0 in precision; weights are those of groups")
  func groups() {
    let rows = Rows(
      scores: [2, 1, 2, 1], labels: [1, 0, 0, 0], weights: [1, 3, 1, 1], groups: [5, 5, -2, -2])
    #expect(rows.value(NormalizedGain(cutoff: 1)) == 1)
    // The first group weighs 2 on average, the second 1.
    #expect(rows.value(PrecisionAtCutoff(cutoff: 1)) == 2.0 / 3)
  }

  @Test("Values are those of scikit-learn and LightGBM")
  func oracles() throws {
    let document = try JSONFixture(path: FixtureFile.path("boosting/metrics.json"))
    let graded = fixtureRows()
    #expect(try document.member("weight").number() == Double(graded.weights.reduce(0, +)))
    var rows = graded
    rows.labels = graded.labels.map { $0 > 0 ? 1 : 0 }
    var plain = rows
    plain.weights = rows.weights.map { _ in 1 }
    var even = graded
    even.weights = plain.weights
    var gained = Rows(scores: [], labels: [], weights: [])
    for row in graded.scores.indices where graded.groups[row] != 3 {
      gained.scores.append(graded.scores[row])
      gained.labels.append(graded.labels[row])
      gained.weights.append(graded.weights[row])
      gained.groups.append(graded.groups[row])
    }
    let root = graded.value(PredictionError(.rootMeanSquared, link: .identity))
    let square = graded.value(PredictionError(.meanSquared, link: .identity))
    #expect(square.squareRoot() == root)
    #expect(try document.member("events").number() == Double(rows.labels.reduce(0, +)))
    for (name, found) in [
      ("log_loss", rows.value(LogLoss(slope: 1))),
      ("log_loss", rows.value(ObjectiveLoss(objective: BinaryLogLoss()))),
      ("auc", rows.value(AreaUnderROC())), ("auc_unweighted", plain.value(AreaUnderROC())),
      ("average_precision", rows.value(AveragePrecision())),
      ("average_precision_unweighted", plain.value(AveragePrecision())),
      ("rmse", graded.value(PredictionError(.rootMeanSquared, link: .identity))),
      ("mae", graded.value(PredictionError(.meanAbsolute, link: .identity))),
      ("pinball", graded.value(PredictionError(.pinball(0.8), link: .identity))),
      ("pinball", graded.value(ObjectiveLoss(objective: QuantileLoss(level: 0.8)))),
      ("ndcg", even.value(NormalizedGain(cutoff: 5))),
      ("ndcg_lightgbm", even.value(NormalizedGain(cutoff: 5))),
      ("ndcg_lightgbm_weighted", gained.value(NormalizedGain(cutoff: 5))),
      ("precision", even.value(PrecisionAtCutoff(cutoff: 5))),
    ] {
      let expected = try document.member(name).number()
      // LightGBM keeps the weights of groups in single precision.
      let tolerance = name == "ndcg_lightgbm_weighted" ? 1e-8 : 1e-13
      #expect(abs(found - expected) < tolerance, "\(name): \(found), not \(expected)")
    }
  }

  @Test("Without weights the measures of a task are found", arguments: 0..<5)
  func reuse(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let scores = (0..<300).map { _ in Double(Int(random.normal() * 20)) }
    let labels = scores.map { UInt8(random.unit() < Elementary.logistic($0 / 20) ? 1 : 0) }
    let keys = scores.indices.map { UInt64($0) }
    let rows = Rows(
      scores: scores, labels: labels.map { Float($0) }, weights: scores.map { _ in 0.75 })
    let ranked = try RankedLabels(scores: scores, labels: labels, keys: keys)
    func expect(_ metric: any BoostingMetric, _ expected: MetricValue) throws {
      let expected = try #require(expected.number)
      #expect(abs(rows.value(metric) - expected) < 1e-13, "\(metric)")
    }
    try expect(AreaUnderROC(), ranked.areaUnderROC)
    try expect(AveragePrecision(), ranked.averagePrecision)
    try expect(PrecisionAtCutoff(cutoff: 20), ranked.precision(at: 20))
    try expect(NormalizedGain(cutoff: 20), ranked.normalizedDiscountedCumulativeGain(at: 20))
  }

  @Test("Neither order of rows, threads nor names of groups change a bit")
  func invariance() {
    let graded = fixtureRows()
    var rows = graded
    rows.labels = graded.labels.map { $0 > 0 ? 1 : 0 }
    // Weights of no common unit.
    rows.weights = rows.scores.indices.map { 1 / Float($0 + 1) }
    let metrics: [any BoostingMetric] = [
      LogLoss(slope: 1), LogLoss(slope: 0.5), AreaUnderROC(), AveragePrecision(),
      NormalizedGain(cutoff: 4), PrecisionAtCutoff(cutoff: 4),
      PredictionError(.rootMeanSquared, link: .logistic(slope: 1)),
      ObjectiveLoss(objective: PairwiseLogistic(cutoff: 9, isNormalized: false)),
      ObjectiveLoss(objective: LambdaRank(cutoff: 9, isNormalized: true)),
    ]
    var random = SplitMix64(seed: 4)
    for metric in metrics {
      let expected = rows.value(metric)
      for threads in [2, 3, 7] { #expect(rows.value(metric, threads: threads) == expected) }
      var renamed = rows
      renamed.groups = rows.groups.map { 1_000 - 7 * $0 }
      #expect(renamed.value(metric) == expected, "\(metric)")
      // Ties are broken by key; those of this order are its places, so scores must not tie.
      var distinct = rows
      distinct.scores = rows.scores.indices.map { rows.scores[$0] + Double($0) * 1e-7 }
      let order = rows.scores.indices.shuffled(using: &random)
      let turned = Rows(
        scores: order.map { distinct.scores[$0] }, labels: order.map { distinct.labels[$0] },
        weights: order.map { distinct.weights[$0] }, groups: order.map { distinct.groups[$0] })
      #expect(turned.value(metric) == distinct.value(metric), "\(metric)")
    }
  }
}
