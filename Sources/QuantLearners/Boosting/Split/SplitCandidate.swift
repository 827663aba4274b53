/// A split of a node, and how it compares with others.
struct SplitCandidate: Hashable, Sendable {
  /// The value of both children.
  var gain: Double
  /// The place of the feature's name among all names.
  var feature: Int
  /// What is asked of the feature.
  var question: BinQuestion
  /// Sums of the left child.
  var left: NodeSum

  /// Whether this candidate is better, in a total order.
  ///
  /// The larger gain decides, then the name of the feature, then the question (`BinQuestion.precedes`):
  /// it does not matter in which order candidates are found.
  func precedes(_ other: SplitCandidate) -> Bool {
    if gain != other.gain { return gain > other.gain }
    if feature != other.feature { return feature < other.feature }
    return question.precedes(other.question)
  }
}
