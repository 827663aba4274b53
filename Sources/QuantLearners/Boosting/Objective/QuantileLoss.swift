internal import QuantCore

/// The pinball loss, whose minimum is a quantile of the labels.
///
/// Its second derivative is 0; the hessian of a row is its weight, as in LightGBM, so that trees look
/// for rows on the same side of their scores. Leaf values are then quantiles of what is left.
///
/// Source: Koenker and Bassett, "Regression Quantiles", 1978.
struct QuantileLoss: LeafRenewingObjective {
  /// The share of labels that should lie below the prediction.
  let level: Double

  /// The quantile of all labels.
  func startScore(_ rows: TrainingSample.Rows) -> Double {
    let labels = rows.labels.map(Double.init)
    return WeightedQuantile.value(labels, weights: rows.weights.span, level: level)
  }

  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
  ) {
    for row in scores.indices {
      let isAbove = scores[row] >= Double(labels[row])
      gradients[row] = Float(Double(weights[row]) * (isAbove ? 1 - level : -level))
      hessians[row] = weights[row]
    }
  }

  func losses(
    scores: Span<Double>, labels: Span<Float>, losses: inout MutableSpan<Double>
  ) {
    for row in scores.indices {
      losses[row] = Self.loss(score: scores[row], label: labels[row], level: level)
    }
  }

  func leafStep(scores: Span<Double>, labels: Span<Float>, weights: Span<Float>) -> Double {
    let residuals = [Double](capacity: scores.count) { output in
      for row in scores.indices { output.append(Double(labels[row]) - scores[row]) }
    }
    return WeightedQuantile.value(residuals, weights: weights, level: level)
  }

  /// level x how far the label lies above the score, or (1 - level) x how far below.
  static func loss(score: Double, label: Float, level: Double) -> Double {
    let above = Double(label) - score
    return above > 0 ? level * above : (level - 1) * above
  }
}
