internal import QuantCore

/// The logistic loss of pairs of a group: log(1 + e^-(score of the better - score of the worse)).
///
/// All pairs of rows of a group whose labels differ count alike, where one of the two is among the
/// first `cutoff` rows by score. With `isNormalized` a group is scaled so that its derivatives grow with
/// the logarithm of their sum. Weights multiply the derivatives of their rows. Equal scores are ordered
/// by row key.
///
/// Source: Burges et al., "Learning to Rank using Gradient Descent" (RankNet), 2005.
struct PairwiseLogistic: RankingObjective {
  let cutoff: Int
  let isNormalized: Bool

  func pairWeight(_ labels: Span<Float>) -> RankedGroup.PairWeight { .one }
}
