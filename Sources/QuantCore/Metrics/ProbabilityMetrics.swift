/// Measures of how well probabilities agree with what happened.
public enum ProbabilityMetrics {
  /// Probabilities are kept this far from 0 and 1 in the log loss: 2^-52, as scikit-learn does.
  public static let clipping = 0x1p-52

  /// The mean of -log(probability given to what happened), in nats.
  ///
  /// Probabilities are clipped to [2^-52, 1 - 2^-52] first, so that one certain miss costs 36 nats and
  /// not infinity. Undefined for no rows; defined for one class.
  ///
  /// - Throws: `MetricError` for a probability outside of [0, 1] or NaN, or a label not 0 or 1.
  /// - Complexity: O(n); the sum is exactly rounded, so the order of rows does not matter.
  public static func logLoss(
    probabilities: [Double], labels: [UInt8]
  ) throws(MetricError) -> MetricValue {
    try MetricInput.check(probabilities: probabilities, labels: labels)
    guard !labels.isEmpty else { return .undefined("no rows") }
    var sum = ExactSum()
    for (probability, label) in zip(probabilities, labels) {
      let clipped = min(max(probability, clipping), 1 - clipping)
      sum.add(label == 1 ? Elementary.log(clipped) : Elementary.log1p(-clipped))
    }
    return .value(0 - sum.value / Double(labels.count))
  }

  /// The mean squared difference between probability and label (Brier, 1950).
  ///
  /// Undefined for no rows; defined for one class.
  ///
  /// - Throws: `MetricError` for a probability outside of [0, 1] or NaN, or a label not 0 or 1.
  /// - Complexity: O(n); the sum is exactly rounded.
  public static func brierScore(
    probabilities: [Double], labels: [UInt8]
  ) throws(MetricError) -> MetricValue {
    try MetricInput.check(probabilities: probabilities, labels: labels)
    guard !labels.isEmpty else { return .undefined("no rows") }
    var sum = ExactSum()
    for (probability, label) in zip(probabilities, labels) {
      let difference = probability - Double(label)
      sum.add(difference * difference)
    }
    return .value(sum.value / Double(labels.count))
  }

  /// The mean of probabilities; undefined for no rows.
  public static func mean(_ probabilities: [Double]) -> MetricValue {
    guard !probabilities.isEmpty else { return .undefined("no rows") }
    return .value(ExactSum(probabilities.span).value / Double(probabilities.count))
  }
}
