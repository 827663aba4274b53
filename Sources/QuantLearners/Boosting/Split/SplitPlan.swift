internal import QuantCore

/// What decides splits beside sums of derivatives: constraints, categories and random choices of a fit.
struct SplitPlan: Sendable {
  let constraints: FeatureConstraints
  /// The bins of each feature, by place of its name.
  let bins: [FeatureBins]
  /// Whether the values of a feature are categories, by place of its name.
  let isCategorical: [Bool]
  private let rule: OutputRule
  private let nodeFeatureFraction: Double
  private let oneHotCategories: Int
  private let categoryL2: Double

  init(
    _ configuration: BoostingConfiguration, _ constraints: FeatureConstraints,
    bins: [FeatureBins]
  ) {
    self.constraints = constraints
    self.bins = bins
    isCategorical = bins.map { if case .categories = $0 { true } else { false } }
    rule = OutputRule(
      l1: configuration.l1, l2: configuration.l2, smoothing: configuration.pathSmoothing)
    nodeFeatureFraction = configuration.nodeFeatureFraction
    oneHotCategories = configuration.oneHotCategories
    categoryL2 = configuration.categoryL2
  }

  /// Whether a feature has categories that are tried one against all others.
  func isOneHot(_ feature: Int) -> Bool {
    isCategorical[feature] && bins[feature].count <= oneHotCategories
  }

  /// Looks for the best split of one feature of a node, exactly.
  ///
  /// - Parameters:
  ///   - sums: the sums of all 256 codes.
  func scan(_ sums: [NodeSum], feature: Int, node: SplitNode, _ search: inout SplitSearch) {
    let scan = ExactScan(
      feature: feature, bins: bins[feature].count, direction: constraints.direction(feature),
      stream: search.rules.isRandomThreshold ? node.stream : nil)
    if !isCategorical[feature] {
      scan.numbers(sums, &search)
    } else if isOneHot(feature) {
      scan.oneHot(sums, &search)
    } else {
      scan.sets(sums, &search)
    }
  }

  // MARK: - Nodes of a growing tree

  /// The root of a tree that may split on `features`.
  func root(_ sum: NodeSum, features: [Int], rules: SplitRules, stream: CounterStream) -> SplitNode
  {
    var node = SplitNode(sum: sum, stream: CounterStream(seed: stream.key, 0x726F_6F74))
    node.output.value = rules.outputs.free(
      gradient: Double(sum.gradient), hessian: Double(sum.hessian))
    node.groups = Array(constraints.groups.indices)
    node.features = allowed(at: node, of: features)
    return node
  }

  /// The children of a node that is split; their features are not chosen yet.
  func children(
    of node: SplitNode, _ split: SplitCandidate, rules: SplitRules
  ) -> (left: SplitNode, right: SplitNode) {
    let (left, right) = (split.left, node.sum - split.left)
    let added = isOneHot(split.feature) || !split.question.isSet ? 0 : rules.categories.l2
    let outputs = node.output.children(
      rules.output(left, addedL2: added, below: node.output),
      rules.output(right, addedL2: added, below: node.output),
      direction: constraints.direction(split.feature))
    let groups = node.groups.filter { constraints.groups[$0][split.feature] }
    func child(_ sum: NodeSum, _ output: NodeOutput, side: UInt64) -> SplitNode {
      SplitNode(
        sum: sum, output: output, stream: CounterStream(seed: node.stream.key, side),
        groups: groups)
    }
    return (child(left, outputs.left, side: 0), child(right, outputs.right, side: 1))
  }

  /// The features that a node may be split on, of those of its tree; `nil` for all.
  func allowed(at node: SplitNode, of features: [Int]) -> [Bool]? {
    guard nodeFeatureFraction < 1 || !constraints.groups.isEmpty else { return nil }
    var chosen = features
    if !constraints.groups.isEmpty {
      chosen = chosen.filter { feature in
        node.groups.contains { constraints.groups[$0][feature] }
      }
    }
    let count = FeatureSampling.count(of: features, fraction: nodeFeatureFraction)
    chosen = FeatureSampling.chosen(
      chosen, count: count, stream: CounterStream(seed: node.stream.key, 0x636F_6C73))
    var result = [Bool](repeating: false, count: bins.count)
    for feature in chosen { result[feature] = true }
    return result
  }

  // MARK: - Values of a grown tree

  /// The outputs of all splits and leaves, from the root down, by exact sums.
  ///
  /// - Complexity: O(leaves).
  func outputs(of grown: GrownTree) -> (splits: [Double], leaves: [Double]) {
    let sums = grown.splitSums
    var splits = [NodeOutput](repeating: NodeOutput(), count: grown.splits.count)
    var leaves = [Double](repeating: 0, count: grown.leaves.count)
    guard let root = sums.first else { return ([], leaves) }
    splits[0].value = rule.free(gradient: root.gradient, hessian: root.hessian)
    for (index, split) in grown.splits.enumerated() {
      let added = isOneHot(split.feature) || !split.question.isSet ? 0 : categoryL2
      func value(_ child: Int) -> Double {
        let sum = child < 0 ? grown.leafSums[~child] : sums[child]
        let count = child < 0 ? grown.leaves[~child].count : grown.splits[child].count
        return rule.output(
          gradient: sum.gradient, hessian: sum.hessian, count: count, addedL2: added,
          below: splits[index])
      }
      let children = splits[index].children(
        value(split.left), value(split.right), direction: constraints.direction(split.feature))
      for (child, output) in [(split.left, children.left), (split.right, children.right)] {
        if child < 0 { leaves[~child] = output.value } else { splits[child] = output }
      }
    }
    return (splits.map(\.value), leaves)
  }
}
