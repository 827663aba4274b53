internal import QuantCore

/// A metric that is the mean of a measure over groups, each at the mean weight of its rows.
///
/// Labels are grades, equal scores are ordered by row key, and the mean is exactly rounded.
protocol GroupMetric: BoostingMetric {
  /// Measures a group.
  ///
  /// - Parameters:
  ///   - order: places of the rows within the group, highest score first.
  ///   - labels: the labels of the group.
  func measure(_ order: [Int32], _ labels: Span<Float>) -> Double
}

extension GroupMetric {
  var isLargerBetter: Bool { true }

  func check(_ rows: TrainingSample.Rows) throws(LearnerError) { try RankingGrades.check(rows) }

  func value(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
    threads: Int
  ) -> Double {
    let values = ParallelFor.map(count: groups.count, threads: threads) { index in
      let group = groups[index]
      let order = RankOrder.descending(group.map { scores[$0] })
      let weight = ExactSum.total(weights.extracting(group)) / Double(group.count)
      return SIMD2(measure(order, labels.extracting(group)) * weight, weight)
    }
    var (sum, total) = (ExactSum(), ExactSum())
    for value in values {
      sum.add(value.x)
      total.add(value.y)
    }
    return sum.value / total.value
  }
}

/// The normalised discounted cumulative gain of the first rows of groups.
///
/// A row of rank r, counted from 1, adds (2^label - 1) / log2(r + 1); the sum over the first `cutoff`
/// rows, or all where there are fewer, is divided by that of the best possible order. A group without
/// a gain counts 1. All this is as in LightGBM, which however forgets the weight of groups without a
/// gain.
struct NormalizedGain: GroupMetric {
  let cutoff: Int

  var name: String { StopMetricName.ndcg.rawValue }

  func measure(_ order: [Int32], _ labels: Span<Float>) -> Double {
    let ideal = RankDiscounts.idealGain(labels, cutoff: cutoff)
    guard ideal > 0 else { return 1 }
    var sum = 0.0
    for (rank, place) in order.prefix(cutoff).enumerated() {
      sum += RankingGrades.gain(labels[Int(place)]) * RankDiscounts[rank]
    }
    return sum / ideal
  }
}

/// The share of events, labels above 0, among the first rows of groups.
///
/// The first rows are `cutoff` many, or all where there are fewer. A group without events counts 0.
struct PrecisionAtCutoff: GroupMetric {
  let cutoff: Int

  var name: String { StopMetricName.precision.rawValue }

  func measure(_ order: [Int32], _ labels: Span<Float>) -> Double {
    let first = order.prefix(cutoff)
    let hits = first.count { labels[Int($0)] > 0 }
    return Double(hits) / Double(first.count)
  }
}
