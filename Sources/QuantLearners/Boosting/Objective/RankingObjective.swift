internal import QuantCore

/// An objective of pairs of rows of a group, of which those count where one of the two is among the
/// first `cutoff` rows by score.
protocol RankingObjective: BoostingObjective {
  /// The ranks whose order counts.
  var cutoff: Int { get }
  /// Whether groups are scaled so that derivatives grow with the logarithm of their sum.
  var isNormalized: Bool { get }

  /// What a pair of a group with these labels weighs.
  func pairWeight(_ labels: Span<Float>) -> RankedGroup.PairWeight
}

extension RankingObjective {
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
}
