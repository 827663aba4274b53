internal import QuantCore

/// Trees as nodes of 16 bytes, for single rows and for trees that are too large to be coded.
struct TreeWalk: Sendable {
  /// A split, with children as in `Tree`, but leaves counted over all trees.
  private struct Node: Sendable {
    var threshold: Float
    /// Four times the feature, plus 1 where missing values go left and 2 where zeros are missing; or
    /// `~question` for a question to categories.
    var feature: Int32
    var left: Int32
    var right: Int32
  }

  private struct Categories: Sendable {
    var feature: Int
    var set: CategorySet
    var isMissingLeft: Bool
  }

  private var nodes: [Node] = []
  private var questions: [Categories] = []
  /// The first node of each tree, or `~leaf`.
  private var roots: [Int32] = []
  /// The first node of each tree, and the end of the last one.
  private var firstNodes: [Int] = [0]
  /// The first leaf of each tree, among all leaves.
  private var firstLeaves: [Int] = []
  private var values: [Double] = []

  init(_ trees: [Tree], rule: ScoreRule) {
    for tree in trees {
      let (first, firstLeaf) = (nodes.count, values.count)
      func place(_ child: Int) -> Int32 {
        Int32(child >= 0 ? first + child : ~(firstLeaf + ~child))
      }
      for split in tree.splits {
        var node = Node(
          threshold: 0, feature: 0, left: place(split.left), right: place(split.right))
        switch split.question {
        case .atMost(let threshold):
          node.threshold = threshold
          node.feature = Int32(
            4 * split.feature + (split.isZeroMissing ? 2 : 0) + (split.isMissingLeft ? 1 : 0))
        case .isOneOf(let set):
          node.feature = Int32(~questions.count)
          questions.append(
            Categories(feature: split.feature, set: set, isMissingLeft: split.isMissingLeft))
        }
        nodes.append(node)
      }
      roots.append(place(tree.splits.isEmpty ? ~0 : 0))
      firstNodes.append(nodes.count)
      firstLeaves.append(firstLeaf)
      values += tree.leaves.map { rule.rounded($0.value) }
    }
  }

  /// The leaf of a tree where a row of values ends.
  func leaf(_ tree: Int, _ row: Span<Float>) -> Int {
    leaf(from: roots[tree], nodes.span, row) - firstLeaves[tree]
  }

  /// Writes for each split of a tree whether a row goes left.
  func answer(_ tree: Int, _ row: Span<Float>, into answers: inout [Bool]) {
    let nodes = nodes.span
    var target = answers.mutableSpan
    for index in firstNodes[tree]..<firstNodes[tree + 1] {
      target[index - firstNodes[tree]] = isLeft(nodes[index], row)
    }
  }

  /// What a row adds up to over some trees.
  func sum(_ trees: Range<Int>, _ row: Span<Float>, from start: Double, rule: ScoreRule) -> Double {
    let (nodes, roots, values) = (nodes.span, roots.span, values.span)
    var sum = start
    for tree in trees {
      sum = rule.rounded(sum + values[leaf(from: roots[tree], nodes, row)])
    }
    return sum
  }

  @inline(__always)
  private func leaf(from root: Int32, _ nodes: Span<Node>, _ row: Span<Float>) -> Int {
    var place = root
    while place >= 0 {
      let node = nodes[Int(place)]
      place = isLeft(node, row) ? node.left : node.right
    }
    return Int(~place)
  }

  @inline(__always)
  private func isLeft(_ node: Node, _ row: Span<Float>) -> Bool {
    if node.feature < 0 {
      let question = questions[Int(~node.feature)]
      let value = row[question.feature]
      return value.isNaN ? question.isMissingLeft : question.set.contains(value)
    }
    let value = row[Int(node.feature >> 2)]
    if node.feature & 2 != 0 && value.magnitude <= Tree.Split.zeroLimit {
      return node.feature & 1 != 0
    }
    // NaN is not at most the threshold, and not above it either.
    return node.feature & 1 != 0 ? !(value > node.threshold) : value <= node.threshold
  }
}
