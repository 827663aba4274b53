internal import QuantCore

/// A node whose best split is looked for, and what it knows of its way from the root.
struct SplitNode: Sendable {
  var sum: NodeSum
  /// In quanta.
  var output = NodeOutput()
  /// Random choices at this node: a function of the seed, the tree and the way from the root.
  var stream = CounterStream(seed: 0)
  /// The groups of features that hold all features of the way.
  var groups: [Int] = []
  /// Whether a feature may be asked here, by place of its name; `nil` where all of the tree's may.
  var features: [Bool]?

  /// Whether a feature may be asked here.
  func allows(_ feature: Int) -> Bool { features.map { $0[feature] } ?? true }
}
