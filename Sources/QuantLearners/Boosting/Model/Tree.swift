/// One tree of an ensemble, in terms of feature values.
///
/// A row starts at split 0 and goes left where the answer to its question is yes, or where its value is
/// missing and missing values go left. A tree of one leaf has no splits.
public struct Tree: Hashable, Sendable {
  /// What a split asks of the value of a feature.
  public enum Question: Hashable, Sendable {
    /// Whether it is at most a number; infinite where only missing values go right.
    case atMost(Float)
    /// Whether it is one of some categories.
    case isOneOf(CategorySet)
  }

  /// A question to one feature, and where rows go.
  public struct Split: Hashable, Sendable {
    /// The column of the feature.
    public var feature: Int
    /// What is asked.
    public var question: Question
    /// Whether a missing value goes left.
    public var isMissingLeft: Bool
    /// Whether zeros (|x| ≤ 1e-35) count as missing, which only imported models ask for.
    public var isZeroMissing: Bool
    /// Where rows that go left go: a later split, or `~leaf`.
    public var left: Int
    /// Where all other rows go: a later split, or `~leaf`.
    public var right: Int
    /// By how much the split lowered twice the penalised loss of the rows it was chosen from.
    public var gain: Double
    /// What the node would add to the score if it were a leaf.
    public var value: Double
    /// Sum of second derivatives of its rows.
    public var weight: Double
    /// Rows that the split was chosen from.
    public var count: Int

    /// Creates a split.
    public init(
      feature: Int, question: Question, isMissingLeft: Bool = false, isZeroMissing: Bool = false,
      left: Int, right: Int, gain: Double = 0, value: Double = 0, weight: Double = 0,
      count: Int = 0
    ) {
      self.feature = feature
      self.question = question
      self.isMissingLeft = isMissingLeft
      self.isZeroMissing = isZeroMissing
      self.left = left
      self.right = right
      self.gain = gain
      self.value = value
      self.weight = weight
      self.count = count
    }
  }

  /// Where a row ends.
  public struct Leaf: Hashable, Sendable {
    /// What the leaf adds to the score, learning rate included.
    public var value: Double
    /// Sum of second derivatives of its rows.
    public var weight: Double
    /// Rows of the leaf that the tree was grown on.
    public var count: Int

    /// Creates a leaf.
    public init(value: Double, weight: Double = 0, count: Int = 0) {
      self.value = value
      self.weight = weight
      self.count = count
    }
  }

  /// The splits; each comes before those below it.
  public let splits: [Split]
  /// The leaves; one more than splits.
  public let leaves: [Leaf]

  /// Splits on the longest way from the root to a leaf.
  public var depth: Int {
    var depths = [Int](repeating: 1, count: splits.count)
    for (index, split) in splits.enumerated() {
      for child in [split.left, split.right] where child >= 0 {
        depths[child] = depths[index] + 1
      }
    }
    return depths.max() ?? 0
  }

  /// Why the tree makes no sense for so many features, or `nil` where it does.
  func defect(features: Int) -> String? {
    guard leaves.count == splits.count + 1 else {
      return "\(splits.count) splits with \(leaves.count) leaves"
    }
    for (index, leaf) in leaves.enumerated() {
      guard leaf.value.isFinite, leaf.weight.isFinite, leaf.count >= 0 else {
        return "leaf \(index) of value \(leaf.value), weight \(leaf.weight), count \(leaf.count)"
      }
    }
    var parents = NodeParents(splits: splits.count, leaves: leaves.count)
    for (index, split) in splits.enumerated() {
      if let defect = split.defect(features: features) { return "split \(index) \(defect)" }
      for child in [split.left, split.right] {
        // Children come after their parents, so there is no way around in a circle.
        guard child < 0 || child > index else { return "split \(index) with child \(child)" }
        if let defect = parents.add(child, of: index) { return defect }
      }
    }
    return parents.defect
  }
}

extension Tree.Split {
  /// What is wrong with the question or the numbers, or `nil`; children are not looked at.
  fileprivate func defect(features: Int) -> String? {
    guard (0..<features).contains(feature) else { return "on feature \(feature) of \(features)" }
    if case .atMost(let threshold) = question, threshold.isNaN { return "with threshold nan" }
    guard !gain.isNaN, value.isFinite, weight.isFinite, count >= 0 else {
      return "of gain \(gain), value \(value), weight \(weight), count \(count)"
    }
    return nil
  }
}
