internal import QuantCore

/// Log loss of a label in {0, 1} under the logistic of the score.
///
/// A factor on the weight of each class acts on derivatives and losses, but not on the start score,
/// which is the base rate of the sample, as in LightGBM.
struct BinaryLogLoss: BoostingObjective {
  private let isBalanced: Bool
  private(set) var factors: ClassFactors

  /// - Parameters:
  ///   - positiveWeight: factor on the weight of events.
  ///   - isBalanced: whether the class of smaller total weight is raised to that of the other.
  init(positiveWeight: Double = 1, isBalanced: Bool = false) {
    self.isBalanced = isBalanced
    factors = ClassFactors(event: positiveWeight, other: 1)
  }

  var link: ScoreLink { .logistic(slope: 1) }

  func check(_ rows: TrainingSample.Rows, isFit: Bool) throws(LearnerError) {
    try SampleCheck.classes(rows)
    if isFit { try SampleCheck.differing(rows) }
  }

  func adapted(to rows: TrainingSample.Rows) -> BinaryLogLoss {
    guard isBalanced else { return self }
    let (events, others) = Self.totals(rows)
    var result = self
    result.factors =
      events < others
      ? ClassFactors(event: others / events, other: 1)
      : ClassFactors(event: 1, other: events / others)
    return result
  }

  /// The log odds of the weighted share of events.
  func startScore(_ rows: TrainingSample.Rows) -> Double {
    let (events, others) = Self.totals(rows)
    return Elementary.log(events / others)
  }

  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
  ) {
    logisticDerivatives(
      scores: scores, labels: labels, weights: weights, factors: factors, gradients: &gradients,
      hessians: &hessians)
  }

  func losses(
    scores: Span<Double>, labels: Span<Float>, losses: inout MutableSpan<Double>
  ) {
    logisticLosses(scores: scores, labels: labels, factors: factors, losses: &losses)
  }

  private static func totals(_ rows: TrainingSample.Rows) -> (events: Double, others: Double) {
    var (events, others) = (ExactSum(), ExactSum())
    for (label, weight) in zip(rows.labels, rows.weights) {
      if label == 1 { events.add(Double(weight)) } else { others.add(Double(weight)) }
    }
    return (events.value, others.value)
  }
}

/// What the weights of the two classes are multiplied by.
struct ClassFactors: Hashable, Sendable {
  var event = 1.0
  var other = 1.0
}
