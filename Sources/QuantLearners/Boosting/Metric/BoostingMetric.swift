public import QuantCore

/// What is measured on the stop rows after each tree, to find the best number of trees.
///
/// Give one of your own to `GradientBoosting(metric:)` and set `BoostingConfiguration.stopMetric` to
/// `.custom`. Rows are ordered by group and, within it, by row key, whatever their order in the sample.
///
/// ```swift
/// struct HitRate: BoostingMetric {
///   let name = "hit_rate"
///   let isLargerBetter = true
///   func value(
///     scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
///     threads: Int
///   ) -> Double {
///     var hits = 0
///     for row in scores.indices where (scores[row] > 0) == (labels[row] == 1) { hits += 1 }
///     return Double(hits) / Double(scores.count)
///   }
/// }
/// ```
public protocol BoostingMetric: Sendable {
  /// The name in reports.
  var name: String { get }

  /// Whether a larger value is a better one.
  var isLargerBetter: Bool { get }

  /// Throws where the metric has no value for these rows; by default it always has one.
  ///
  /// - Throws: `LearnerError`.
  func check(_ rows: TrainingSample.Rows) throws(LearnerError)

  /// The value, a finite number that must not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - scores: raw scores, one a row, at least one.
  ///   - labels: the label of each row.
  ///   - weights: the weight of each row, above 0.
  ///   - groups: the rows of each group, one range after the other; one range where the sample has no
  ///     groups.
  ///   - threads: threads that may be used.
  func value(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
    threads: Int
  ) -> Double
}

extension BoostingMetric {
  /// Accepts all rows.
  public func check(_ rows: TrainingSample.Rows) throws(LearnerError) {}
}
