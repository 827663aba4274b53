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
struct LambdaRank: RankingObjective {
  let cutoff: Int
  /// Whether pairs are divided by the distance of scores, and groups scaled.
  let isNormalized: Bool

  func pairWeight(_ labels: Span<Float>) -> RankedGroup.PairWeight {
    let ideal = RankDiscounts.idealGain(labels, cutoff: cutoff)
    return .gain(scale: ideal > 0 ? 1 / ideal : 0, isDistanceDivided: isNormalized)
  }
}
