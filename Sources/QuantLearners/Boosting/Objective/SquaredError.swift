internal import QuantCore

/// Half the squared error of the score.
struct SquaredError: BoostingObjective {
  /// The weighted mean of the labels.
  func startScore(_ rows: TrainingSample.Rows) -> Double {
    var (sum, total) = (ExactSum(), ExactSum())
    for (label, weight) in zip(rows.labels, rows.weights) {
      sum.add(Double(label) * Double(weight))
      total.add(Double(weight))
    }
    return sum.value / total.value
  }

  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
  ) {
    for row in scores.indices {
      let weight = Double(weights[row])
      gradients[row] = Float(weight * (scores[row] - Double(labels[row])))
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
