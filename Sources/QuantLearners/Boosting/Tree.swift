/// One tree of an ensemble, in terms of feature values.
///
/// A row starts at split 0 and goes left where its value is at most the threshold, or is missing and
/// missing values go left. A tree of one leaf has no splits.
public struct Tree: Hashable, Sendable {
  /// A question to one feature.
  public struct Split: Hashable, Sendable {
    /// The column of the feature.
    public let feature: Int
    /// The largest value that goes left; infinite where only missing values go right.
    public let threshold: Float
    /// Whether a missing value goes left.
    public let isMissingLeft: Bool
    /// Where rows that go left go: a later split, or `~leaf`.
    public let left: Int
    /// Where all other rows go: a later split, or `~leaf`.
    public let right: Int
    /// By how much the split lowered twice the penalised loss of the rows it was chosen from.
    public let gain: Double
    /// Rows that the split was chosen from.
    public let count: Int
  }

  /// The splits; each comes before those below it.
  public let splits: [Split]
  /// What each leaf adds to the score, learning rate included; one more than splits.
  public let leafValues: [Double]

  /// Splits on the longest way from the root to a leaf.
  var depth: Int {
    var depths = [Int](repeating: 1, count: splits.count)
    for (index, split) in splits.enumerated() {
      for child in [split.left, split.right] where child >= 0 {
        depths[child] = depths[index] + 1
      }
    }
    return depths.max() ?? 0
  }

  /// Why the numbers make no tree, or `nil` where they do.
  static func defect(splits: [Split], leafCount: Int, features: Int) -> String? {
    guard leafCount == splits.count + 1 else {
      return "\(splits.count) splits with \(leafCount) leaves"
    }
    var splitParents = [Int](repeating: 0, count: splits.count)
    var leafParents = [Int](repeating: 0, count: leafCount)
    for (index, split) in splits.enumerated() {
      guard (0..<features).contains(split.feature) else {
        return "split \(index) on feature \(split.feature) of \(features)"
      }
      guard !split.threshold.isNaN else {
        return "split \(index) with threshold \(split.threshold)"
      }
      for child in [split.left, split.right] {
        // Children come after their parents, so there is no way around in a circle.
        if child > index && child < splits.count {
          splitParents[child] += 1
        } else if child < 0 && ~child < leafCount {
          leafParents[~child] += 1
        } else {
          return "split \(index) with child \(child)"
        }
      }
    }
    guard splitParents.dropFirst().allSatisfy({ $0 == 1 }) else {
      return "a split with several parents or none"
    }
    guard splits.isEmpty || leafParents.allSatisfy({ $0 == 1 }) else {
      return "a leaf with several parents or none"
    }
    return nil
  }
}

extension Tree {
  /// Translates a tree of bins.
  init(_ grown: GrownTree, boundaries: [[Float]], order: [Int]) {
    splits = grown.splits.map { split in
      let cuts = boundaries[split.feature]
      return Split(
        feature: order[split.feature],
        // The last bin has no boundary: every value goes left, and missing ones right.
        threshold: split.bin < cuts.count ? cuts[split.bin] : .infinity,
        isMissingLeft: split.isMissingLeft, left: split.left, right: split.right,
        gain: split.gain, count: split.count)
    }
    leafValues = grown.leafValues
  }
}
