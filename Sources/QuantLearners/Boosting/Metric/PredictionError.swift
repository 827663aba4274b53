internal import QuantCore

/// A weighted mean of how far predictions lie from labels; the mean is exactly rounded.
struct PredictionError: BoostingMetric {
  /// How the distance of one row is counted.
  enum Kind {
    /// Its square.
    case meanSquared
    /// The root of the mean of squares.
    case rootMeanSquared
    /// Without its sign.
    case meanAbsolute
    /// Below a label it counts `level`, above it 1 - level.
    case pinball(Double)
  }

  private let kind: Kind
  private let link: ScoreLink

  /// - Parameters:
  ///   - link: what turns scores into predictions.
  init(_ kind: Kind, link: ScoreLink) {
    self.kind = kind
    self.link = link
  }

  var name: String {
    switch kind {
    case .meanSquared: StopMetricName.meanSquaredError.rawValue
    case .rootMeanSquared: StopMetricName.rootMeanSquaredError.rawValue
    case .meanAbsolute: StopMetricName.meanAbsoluteError.rawValue
    case .pinball: StopMetricName.pinball.rawValue
    }
  }

  var isLargerBetter: Bool { false }

  func check(_ rows: TrainingSample.Rows) throws(LearnerError) { try SampleCheck.finite(rows) }

  func value(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
    threads: Int
  ) -> Double {
    var (sum, total) = (ExactSum(), ExactSum())
    for row in scores.indices {
      let (prediction, weight) = (link.prediction(scores[row]), Double(weights[row]))
      sum.add(weight * error(prediction, labels[row]))
      total.add(weight)
    }
    let mean = sum.value / total.value
    if case .rootMeanSquared = kind { return mean.squareRoot() }
    return mean
  }

  private func error(_ prediction: Double, _ label: Float) -> Double {
    let distance = prediction - Double(label)
    switch kind {
    case .meanSquared, .rootMeanSquared: return distance * distance
    case .meanAbsolute: return distance.magnitude
    case .pinball(let level):
      return QuantileLoss.loss(score: prediction, label: label, level: level)
    }
  }
}
