// One tree laid out for contributions (SHAP values).
//
// Where a leaf counts is a question to each feature on the way to it. A row either satisfies all splits
// of the way on that feature, or it does not; a row of which the feature is not known satisfies them
// with the product of their shares of rows. So a leaf has a list of different features with one share
// each, and a row one bit for each of them.

/// The ways to the leaves of a tree.
struct ShapTree: Sendable {
  /// A split and the bit of its feature.
  struct Split: Sendable {
    /// The place of the feature among those of the way.
    var bit: Int32
    /// Whether no split above asks for the feature.
    var isFirst: Bool
    /// Where bits of children are kept: those of splits first, then those of leaves.
    var left: Int32
    var right: Int32
  }

  /// A leaf and the features on the way to it.
  struct Leaf: Sendable {
    var value: Double
    /// Its first feature among all `features`.
    var first: Int
    /// How many different features the way asks for.
    var count: Int
  }

  private(set) var splits: [Split] = []
  private(set) var leaves: [Leaf]
  /// Features of the ways, leaf by leaf, in the order in which they are asked for.
  private(set) var features: [Int32] = []
  /// For each of `features` the share of rows that satisfy its splits, given that they come there.
  private(set) var shares: [Double] = []
  /// The mean leaf value, weighted by rows.
  private(set) var mean = 0.0
  /// Features of the longest way.
  private(set) var longest = 0

  /// - Parameters:
  ///   - covers: rows of each leaf, or what stands for them; those below every split are positive.
  init(_ tree: Tree, covers: [Double]) {
    let count = tree.splits.count
    leaves = tree.leaves.map { Leaf(value: $0.value, first: 0, count: 0) }
    // The cover and the mean of a node are made from its children, which come after it.
    var sums = [Double](repeating: 0, count: count) + covers
    var means = [Double](repeating: 0, count: count) + tree.leaves.map(\.value)
    func node(_ child: Int) -> Int { child >= 0 ? child : count + ~child }
    var leftShares = [Double](repeating: 0, count: count)
    for (index, split) in tree.splits.enumerated().reversed() {
      let (left, right) = (node(split.left), node(split.right))
      sums[index] = sums[left] + sums[right]
      leftShares[index] = sums[left] / sums[index]
      means[index] = (sums[left] * means[left] + sums[right] * means[right]) / sums[index]
    }
    mean = means[0]

    splits = tree.splits.map { split in
      Split(
        bit: 0, isFirst: true, left: Int32(node(split.left)), right: Int32(node(split.right)))
    }
    var open: [(node: Int, way: [(feature: Int, share: Double)])] = [(0, [])]
    while let (index, way) = open.popLast() {
      guard index < count else {
        leaves[index - count].first = features.count
        leaves[index - count].count = way.count
        features += way.map { Int32($0.feature) }
        shares += way.map(\.share)
        longest = max(longest, way.count)
        continue
      }
      let split = tree.splits[index]
      let known = way.firstIndex { $0.feature == split.feature }
      splits[index].bit = Int32(known ?? way.count)
      splits[index].isFirst = known == nil
      for (child, share) in [
        (split.right, 1 - leftShares[index]), (split.left, leftShares[index]),
      ] {
        var next = way
        if let known {
          next[known].share *= share
        } else {
          next.append((split.feature, share))
        }
        open.append((node(child), next))
      }
    }
  }
}

/// Weights of subsets of features in a Shapley value.
///
/// With n features, a set of k others weighs k! (n - 1 - k)! / n! = 1 / (n C(n - 1, k)).
struct ShapleyWeights: Sendable {
  /// The weights for n features start at n (n - 1) / 2.
  let values: [Double]

  /// - Parameter limit: the most features.
  init(limit: Int) {
    var values: [Double] = []
    for count in 1..<max(1, limit) + 1 {
      var weights = [Double](repeating: 1 / Double(count), count: count)
      // Each half from its end, where weights are largest, so that none that matters vanishes.
      for index in 1..<max(1, (count + 1) / 2) {
        weights[index] = weights[index - 1] * Double(index) / Double(count - index)
        weights[count - 1 - index] = weights[index]
      }
      values += weights
    }
    self.values = values
  }

  /// Where the weights for so many features start.
  static func start(_ count: Int) -> Int { count * (count - 1) / 2 }
}
