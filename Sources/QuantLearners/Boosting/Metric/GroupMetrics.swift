internal import QuantCore

/// The mean over groups of the normalised discounted cumulative gain of their first rows.
///
/// A row of rank r, counted from 1, adds (2^label - 1) / log2(r + 1); the sum over the first `cutoff`
/// rows, or all where there are fewer, is divided by that of the best possible order. A group without
/// a gain counts 1. Groups count by the mean weight of their rows. All this is as in LightGBM, which
/// however forgets the weight of groups without a gain. Equal scores are ordered by row key.
struct NormalizedGain: BoostingMetric {
  let cutoff: Int

  var name: String { StopMetricName.ndcg.rawValue }
  var isLargerBetter: Bool { true }

  func check(_ rows: TrainingSample.Rows) throws(LearnerError) { try RankingGrades.check(rows) }

  func value(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
    threads: Int
  ) -> Double {
    GroupMean.value(scores: scores, weights: weights, groups: groups, threads: threads) {
      (order, group) in
      let ideal = RankDiscounts.idealGain(labels.extracting(group), cutoff: cutoff)
      guard ideal > 0 else { return 1 }
      var sum = 0.0
      for (rank, place) in order.prefix(cutoff).enumerated() {
        sum += RankingGrades.gain(labels[group.lowerBound + Int(place)]) * RankDiscounts[rank]
      }
      return sum / ideal
    }
  }
}

/// The mean over groups of the share of events, labels above 0, among their first rows.
///
/// The first rows are `cutoff` many, or all where there are fewer. A group without events counts 0.
/// Groups count by the mean weight of their rows. Equal scores are ordered by row key.
struct PrecisionAtCutoff: BoostingMetric {
  let cutoff: Int

  var name: String { StopMetricName.precision.rawValue }
  var isLargerBetter: Bool { true }

  func check(_ rows: TrainingSample.Rows) throws(LearnerError) { try RankingGrades.check(rows) }

  func value(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
    threads: Int
  ) -> Double {
    GroupMean.value(scores: scores, weights: weights, groups: groups, threads: threads) {
      (order, group) in
      let first = order.prefix(cutoff)
      let hits = first.count { labels[group.lowerBound + Int($0)] > 0 }
      return Double(hits) / Double(first.count)
    }
  }
}

/// Means over groups.
private enum GroupMean {
  /// The mean of a measure, each group at the mean weight of its rows; exactly rounded.
  ///
  /// - Parameters:
  ///   - measure: measures a group by the places of its rows within it, highest score first.
  static func value(
    scores: Span<Double>, weights: Span<Float>, groups: [Range<Int>], threads: Int,
    _ measure: @Sendable ([Int32], Range<Int>) -> Double
  ) -> Double {
    let values = ParallelFor.map(count: groups.count, threads: threads) { index in
      let group = groups[index]
      let order = RankOrder.descending(group.map { scores[$0] })
      let weight = ExactSum.total(weights.extracting(group)) / Double(group.count)
      return SIMD2(measure(order, group) * weight, weight)
    }
    var (sum, total) = (ExactSum(), ExactSum())
    for value in values {
      sum.add(value.x)
      total.add(value.y)
    }
    return sum.value / total.value
  }
}
