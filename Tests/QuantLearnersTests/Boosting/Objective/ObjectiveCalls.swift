@testable import QuantLearners

extension BoostingObjective {
  /// Derivatives of one group, or of rows that form none.
  func derivatives(
    _ scores: [Double], _ labels: [Float], weights: [Float]? = nil
  ) -> (gradients: [Float], hessians: [Float]) {
    let weights = weights ?? scores.map { _ in 1 }
    var gradients = [Float](repeating: .nan, count: scores.count)
    var hessians = gradients
    var first = gradients.mutableSpan
    var second = hessians.mutableSpan
    derivatives(
      scores: scores.span, labels: labels.span, weights: weights.span, gradients: &first,
      hessians: &second)
    return (gradients, hessians)
  }

  /// Losses of one group, or of rows that form none.
  func losses(_ scores: [Double], _ labels: [Float]) -> [Double] {
    var losses = [Double](repeating: .nan, count: scores.count)
    var target = losses.mutableSpan
    self.losses(scores: scores.span, labels: labels.span, losses: &target)
    return losses
  }
}
