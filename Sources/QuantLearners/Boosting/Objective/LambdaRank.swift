internal import QuantCore

/// LambdaRank: pairs of a group, weighted by what their exchange would change of the NDCG.
///
/// As in LightGBM: labels are grades with the gain 2^l - 1, the best order is measured at the cutoff,
/// pairs count where one of the two is among the first `cutoff` rows by score, and the slope of the
/// logistic is 1. With `isNormalized` a pair is divided by 0.01 + the distance of its scores, and a
/// group scaled so that its derivatives grow with the logarithm of their sum. Weights multiply the
/// derivatives of their rows. Equal scores are ordered by row key.
///
/// Source: Burges, "From RankNet to LambdaRank to LambdaMART", 2010.
struct LambdaRank: BoostingObjective {
  /// The ranks whose order counts.
  let cutoff: Int
  /// Whether pairs are divided by the distance of scores, and groups scaled.
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
    let group = RankedGroup(
      scores: scores, labels: labels, cutoff: cutoff, weight: pairWeight(labels))
    group.derivatives(
      isScaled: isNormalized, weights: weights, gradients: &gradients, hessians: &hessians)
  }

  /// The loss of each pair at its present weight, given to its better row.
  func losses(
    scores: Span<Double>, labels: Span<Float>, losses: inout MutableSpan<Double>
  ) {
    let group = RankedGroup(
      scores: scores, labels: labels, cutoff: cutoff, weight: pairWeight(labels))
    group.losses(into: &losses)
  }

  private func pairWeight(_ labels: Span<Float>) -> RankedGroup.PairWeight {
    let ideal = RankDiscounts.idealGain(labels, cutoff: cutoff)
    return .gain(scale: ideal > 0 ? 1 / ideal : 0, isDistanceDivided: isNormalized)
  }
}
