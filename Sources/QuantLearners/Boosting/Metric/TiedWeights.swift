internal import QuantCore

/// Weights of events and of other rows, summed up over rows of one score, best score first.
///
/// Weights are whole multiples of 2^-30 of the largest, or of less, so their sums are exact, and the
/// order of rows of one score cannot matter. Weights that are whole numbers stay what they are.
struct TiedWeights {
  /// One distinct score.
  struct Tie {
    var events = 0.0
    var others = 0.0
  }

  private(set) var ties: [Tie] = []
  private(set) var events = 0.0
  private(set) var others = 0.0

  /// - Complexity: O(n), by radix sort.
  init(scores: Span<Double>, labels: Span<Float>, weights: Span<Float>) {
    let order = RankOrder.descending(scores.indices.map { scores[$0] })
    let scale = Self.scale(weights)
    var (tied, total): ((Int64, Int64), (Int64, Int64)) = ((0, 0), (0, 0))
    for (rank, place) in order.enumerated() {
      let row = Int(place)
      let weight = Int64(Double(weights[row]) * scale)
      if labels[row] == 1 { tied.0 += weight } else { tied.1 += weight }
      guard rank + 1 == order.count || scores[Int(order[rank + 1])] != scores[row] else {
        continue
      }
      ties.append(Tie(events: Double(tied.0), others: Double(tied.1)))
      total = (total.0 + tied.0, total.1 + tied.1)
      tied = (0, 0)
    }
    (events, others) = (Double(total.0), Double(total.1))
  }

  /// The power of two that brings the largest weight to between 2^29 and 2^30.
  private static func scale(_ weights: Span<Float>) -> Double {
    var largest: Float = 0
    for row in weights.indices { largest = max(largest, weights[row]) }
    return Double(sign: .plus, exponent: 29 - Int(largest.exponent), significand: 1)
  }

  /// Throws unless labels are of two classes and both are there.
  static func check(_ rows: TrainingSample.Rows, metric: String) throws(LearnerError) {
    try SampleCheck.classes(rows)
    let events = rows.positiveCount
    guard events > 0, events < rows.rows.count else {
      throw .configuration(
        ConfigurationError(
          parameter: "stopMetric",
          value: "'\(metric)' on stop rows of one class: \(events) events in \(rows.rows.count)",
          accepted: "stop rows of both classes, or another metric"))
    }
  }
}

/// A metric that looks at the order of events among the other rows.
protocol EventOrderMetric: BoostingMetric {
  /// The value, given the weights of rows of equal scores.
  func value(_ tied: TiedWeights) -> Double
}

extension EventOrderMetric {
  var isLargerBetter: Bool { true }

  func check(_ rows: TrainingSample.Rows) throws(LearnerError) {
    try TiedWeights.check(rows, metric: name)
  }

  func value(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
    threads: Int
  ) -> Double {
    value(TiedWeights(scores: scores, labels: labels, weights: weights))
  }
}

/// The share of the weight of (event, non-event) pairs that scores order right; a tie is one half.
struct AreaUnderROC: EventOrderMetric {
  var name: String { StopMetricName.areaUnderROC.rawValue }

  func value(_ tied: TiedWeights) -> Double {
    var (sum, below) = (0.0, tied.others)
    for tie in tied.ties {
      below -= tie.others
      sum += tie.events * (below + 0.5 * tie.others)
    }
    return sum / tied.events / tied.others
  }
}

/// The mean, over the weight of the events, of the precision down to and including their ties.
struct AveragePrecision: EventOrderMetric {
  var name: String { StopMetricName.averagePrecision.rawValue }

  func value(_ tied: TiedWeights) -> Double {
    var (sum, found, seen) = (0.0, 0.0, 0.0)
    for tie in tied.ties where tie.events + tie.others > 0 {
      found += tie.events
      seen += tie.events + tie.others
      sum += tie.events * (found / seen)
    }
    return sum / tied.events
  }
}
