public import QuantCore

/// What a boosted ensemble minimises: a loss of scores and labels, with two derivatives by the score.
///
/// Give one of your own to `GradientBoosting(objective:)` and set `BoostingConfiguration.objective` to
/// `.custom`. Spans of one call have one length, and a row stands at one place in all of them.
///
/// - A **pointwise** objective is called with ranges of rows, of any length and on several threads at
///   once. What it writes for a row must depend on that row alone.
/// - A **grouped** one (`isGrouped`) is called once for each group with all of its rows, ordered by row
///   key, several groups at once. So a sum over the rows of a group has the same bits in whatever
///   order the rows of the sample are.
///
/// Models are the same on every machine as long as an objective uses additions, products, quotients,
/// square roots and `Elementary`, and no mathematical library.
///
/// ```swift
/// struct Huber: BoostingObjective {
///   func startScore(_ rows: TrainingSample.Rows) -> Double { 0 }
///   func derivatives(
///     scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
///     gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
///   ) {
///     for row in scores.indices {
///       let error = scores[row] - Double(labels[row])
///       gradients[row] = weights[row] * Float(min(max(error, -1), 1))
///       hessians[row] = weights[row]
///     }
///   }
///   func losses(
///     scores: Span<Double>, labels: Span<Float>, losses: inout MutableSpan<Double>
///   ) {
///     for row in scores.indices {
///       let distance = abs(scores[row] - Double(labels[row]))
///       losses[row] = distance < 1 ? distance * distance / 2 : distance - 0.5
///     }
///   }
/// }
/// ```
public protocol BoostingObjective: Sendable {
  /// Whether the derivatives of a row depend on the other rows of its group; false by default.
  var isGrouped: Bool { get }

  /// What turns a score into a prediction; by default the score is the prediction.
  var link: ScoreLink { get }

  /// Throws at the first label that is not usable, or where nothing can be learned from the labels.
  ///
  /// Rows and weights have been checked before. By default labels must be finite, and those of fit
  /// rows must not all agree.
  ///
  /// - Parameters:
  ///   - rows: the rows of a sample.
  ///   - isFit: whether these are the fit rows and not the stop rows.
  /// - Throws: `LearnerError`.
  func check(_ rows: TrainingSample.Rows, isFit: Bool) throws(LearnerError)

  /// The objective with what it needs to know of all fit rows, such as the weight of each class.
  ///
  /// The result must not depend on the order of the rows. By default the objective itself.
  func adapted(to rows: TrainingSample.Rows) -> Self

  /// The score of every row before the first tree; it must not depend on the order of the rows.
  ///
  /// Use `ExactSum` for sums.
  func startScore(_ rows: TrainingSample.Rows) -> Double

  /// Writes the first and second derivatives of weight x loss by the score of each row.
  ///
  /// Second derivatives must not be negative; neither may be infinite or NaN.
  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>)

  /// Writes the loss of each row at weight 1; their weighted mean is the stop metric `objective`.
  func losses(
    scores: Span<Double>, labels: Span<Float>, losses: inout MutableSpan<Double>)
}

/// An objective whose best leaf values are no Newton steps, such as that of a quantile.
public protocol LeafRenewingObjective: BoostingObjective {
  /// What should be added to the scores of the rows of one leaf, before the learning rate.
  ///
  /// Called for each leaf of a tree with the rows that the tree was grown on, at least one, and their
  /// scores before the tree. Rows come in no particular order, on which the result must not depend.
  func leafStep(scores: Span<Double>, labels: Span<Float>, weights: Span<Float>) -> Double
}

extension BoostingObjective {
  /// False: each row is on its own.
  public var isGrouped: Bool { false }

  /// The score is the prediction.
  public var link: ScoreLink { .identity }

  /// The objective itself.
  public func adapted(to rows: TrainingSample.Rows) -> Self { self }

  /// Throws at the first label that is not finite, and where all labels of fit rows agree.
  public func check(_ rows: TrainingSample.Rows, isFit: Bool) throws(LearnerError) {
    try SampleCheck.finite(rows)
    if isFit { try SampleCheck.differing(rows) }
  }
}
