internal import QuantCore

/// The logistic loss of pairs of a group: log(1 + e^-(score of the better - score of the worse)).
///
/// All pairs of rows of a group whose labels differ count alike, where one of the two is among the
/// first `cutoff` rows by score. With `isNormalized` a group is scaled so that its derivatives grow with
/// the logarithm of their sum. Weights multiply the derivatives of their rows. Equal scores are ordered
/// by row key.
///
/// Source: Burges et al., "Learning to Rank using Gradient Descent" (RankNet), 2005.
struct PairwiseLogistic: BoostingObjective {
  /// The ranks whose order counts.
  let cutoff: Int
  /// Whether groups are scaled.
  let isNormalized: Bool

  var isGrouped: Bool { true }

  func check(_ rows: TrainingSample.Rows, isFit: Bool) throws(LearnerError) {
    try RankingGrades.check(rows)
    if isFit { try RankingGrades.checkPairs(rows) }
  }

  func startScore(_ rows: TrainingSample.Rows) -> Double { 0 }

  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
  ) {
    let group = RankedGroup(scores: scores, labels: labels, cutoff: cutoff, weight: .one)
    group.derivatives(
      isScaled: isNormalized, weights: weights, gradients: &gradients, hessians: &hessians)
  }

  /// The loss of each pair, given to its better row.
  func losses(
    scores: Span<Double>, labels: Span<Float>, losses: inout MutableSpan<Double>
  ) {
    let group = RankedGroup(scores: scores, labels: labels, cutoff: cutoff, weight: .one)
    group.losses(into: &losses)
  }
}
