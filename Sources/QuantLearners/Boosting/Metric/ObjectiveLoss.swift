internal import QuantCore

/// The weighted mean loss of an objective, class weights included.
struct ObjectiveLoss: BoostingMetric {
  let objective: any BoostingObjective

  var name: String { StopMetricName.objective.rawValue }
  var isLargerBetter: Bool { false }

  func value(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
    threads: Int
  ) -> Double {
    let parts =
      objective.isGrouped
      ? ObjectiveParts(groups: groups, threads: threads)
      : ObjectiveParts(rows: scores.count, threads: threads)
    let sum = parts.lossSum(
      objective, scores: scores, labels: labels, weights: weights, threads: threads)
    return sum / ExactSum.total(weights)
  }
}

/// The weighted mean log loss of probabilities, 1 / (1 + e^(-slope x score)), without class weights.
struct LogLoss: BoostingMetric {
  let slope: Double

  var name: String { StopMetricName.logLoss.rawValue }
  var isLargerBetter: Bool { false }

  func check(_ rows: TrainingSample.Rows) throws(LearnerError) { try SampleCheck.classes(rows) }

  func value(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
    threads: Int
  ) -> Double {
    let scaled = slope == 1 ? [] : scores.indices.map { slope * scores[$0] }
    return ObjectiveLoss(objective: BinaryLogLoss()).value(
      scores: slope == 1 ? scores : scaled.span, labels: labels, weights: weights,
      groups: groups, threads: threads)
  }
}

extension ExactSum {
  /// The sum of weights.
  static func total(_ weights: Span<Float>) -> Double {
    var differing = 0
    for row in weights.indices { differing &+= weights[row] != weights[0] ? 1 : 0 }
    // Below 2^29 rows the product is exact too.
    if differing == 0, !weights.isEmpty, weights.count < 1 << 29 {
      return Double(weights.count) * Double(weights[0])
    }
    var sum = ExactSum()
    for row in weights.indices { sum.add(Double(weights[row])) }
    return sum.value
  }
}
