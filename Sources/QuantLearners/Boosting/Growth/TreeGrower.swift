internal import QuantCore

/// Grows trees leaf by leaf: the leaf whose split gains most is split next.
///
/// The histograms of the smaller child are built from its rows, and those of the larger one are its
/// parent's less those.
struct TreeGrower {
  private let sample: BinnedSample
  private let configuration: BoostingConfiguration
  private let plan: SplitPlan
  private let threads: Int
  private let histograms: TreeHistograms
  /// Features that differ between rows of the window.
  private let useful: [Int]
  /// Those that the tree may be split on.
  private var features: [Int] = []
  private var partition: NodePartition
  private var slots: SlotPool
  /// The codes by which rows are sorted.
  var columns: ColumnCopies

  init(
    _ sample: BinnedSample, partition: NodePartition, mappers: [BinMapper],
    configuration: BoostingConfiguration, plan: SplitPlan, threads: Int,
    histogramBudget: Int = SlotPool.defaultBudget
  ) {
    self.sample = sample
    self.configuration = configuration
    self.plan = plan
    self.threads = threads
    histograms = TreeHistograms(sample, plan: plan, threads: threads)
    useful = mappers.indices.filter { mappers[$0].isUseful }
    self.partition = partition
    slots = SlotPool(features: useful.count, budget: histogramBudget)
    columns = ColumnCopies(sample)
  }

  private struct Leaf {
    var range: Range<Int>
    var node: SplitNode
    var depth: Int
    /// The slot of its histograms; `nil` where it has none.
    var slot: Int?
    /// The split whose child this is, and the side; `nil` for the root.
    var parent: (split: Int, isLeft: Bool)?
    var best: SplitCandidate?
    /// By how much the best split exceeds the value of the leaf.
    var improvement = 0.0

    var sum: NodeSum { node.sum }
  }

  /// Grows a tree on the chosen rows of a partition, which it sorts into the leaves.
  ///
  /// - Parameters:
  ///   - stream: decides the features that the tree may use.
  /// - Complexity: O(leaves x features x bins + rows x depth x features / 2).
  mutating func grow(
    _ gradients: QuantizedGradients, _ partition: NodePartition, stream: CounterStream
  ) -> GrownTree {
    let rules = SplitRules(
      configuration, gradientUnit: gradients.gradientUnit, hessianUnit: gradients.hessianUnit)
    let gainUnit = gradients.gradientUnit * gradients.gradientUnit / gradients.hessianUnit
    self.partition = partition
    begin(stream: stream)
    let quanta = gradients.quanta
    var leaves = [root(quanta, rules: rules, stream: stream)]
    var tree = GrownTree(leaves: [])
    while leaves.count < configuration.leaves, let chosen = next(leaves) {
      let leaf = leaves[chosen]
      guard let candidate = leaf.best else { break }
      split(
        chosen, candidate, &leaves, &tree, gain: leaf.improvement * gainUnit, quanta,
        rules: rules)
    }
    tree.leaves = leaves.map(\.range)
    return tree
  }

  private mutating func begin(stream: CounterStream) {
    features = FeatureSampling.chosen(
      useful, fraction: configuration.featureFraction, stream: stream)
    histograms.begin(features: features)
    slots.reset()
  }

  private mutating func root(_ quanta: Span<Int32>, rules: SplitRules, stream: CounterStream)
    -> Leaf
  {
    let sum = quantaSum(partition.rows.extracting(partition.chosen), quanta)
    let node = plan.root(sum, features: features, rules: rules, stream: stream)
    var leaf = Leaf(range: partition.chosen, node: node, depth: 0)
    guard rules.isSplittable(sum), let slot = slots.take() else { return leaf }
    leaf.slot = slot
    let found = build(leaf.range, quanta) {
      $0.fill(slot: slot, rows: node.sum.count)
      return $0.split(slot: slot, node: node, rules: rules)
    }
    settle(&leaf, found, rules: rules)
    return leaf
  }

  /// The sums of some rows.
  private func quantaSum(_ rows: Span<Int32>, _ quanta: Span<Int32>) -> NodeSum {
    let parts = ParallelFor.ranges(of: rows.count, parts: threads)
    let sums = ParallelFor.map(count: parts.count, threads: threads) { part in
      var sum = NodeSum(count: parts[part].count)
      for index in parts[part] {
        let word = PackedSum.word(quanta[Int(rows[index])])
        sum.gradient &+= PackedSum.gradient(word)
        sum.hessian &+= PackedSum.hessian(word)
      }
      return sum
    }
    return sums.reduce(NodeSum()) { $0 + $1 }
  }

  private func settle(_ leaf: inout Leaf, _ found: [SplitCandidate?], rules: SplitRules) {
    for candidate in found.compactMap({ $0 })
    where leaf.best.map({ candidate.precedes($0) }) ?? true {
      leaf.best = candidate
    }
    leaf.improvement = leaf.best.map { $0.gain - rules.threshold(leaf.sum, leaf.node.output) } ?? 0
  }

  /// The leaf whose split gains most; the first of equal ones.
  private func next(_ leaves: [Leaf]) -> Int? {
    var chosen: Int?
    for (index, leaf) in leaves.enumerated() where leaf.best != nil {
      if chosen.map({ leaf.improvement > leaves[$0].improvement }) ?? true { chosen = index }
    }
    return chosen
  }

  private mutating func split(
    _ chosen: Int, _ candidate: SplitCandidate, _ leaves: inout [Leaf], _ tree: inout GrownTree,
    gain: Double, _ quanta: Span<Int32>, rules: SplitRules
  ) {
    let parent = leaves[chosen]
    let column = columns.column(
      candidate.feature, rows: parent.range.count, threads: threads)
    let leftCount = partition.split(
      parent.range, column: column, lines: sample.lines, question: candidate.question,
      threads: threads)
    precondition(leftCount == candidate.left.count, "a histogram differs from its rows")
    let node = tree.splits.count
    tree.splits.append(
      GrownTree.Split(
        feature: candidate.feature, leaf: chosen, question: candidate.question, gain: gain,
        left: ~chosen, right: ~leaves.count, count: parent.sum.count))
    if let link = parent.parent {
      if link.isLeft {
        tree.splits[link.split].left = node
      } else {
        tree.splits[link.split].right = node
      }
    }
    let children = plan.children(of: parent.node, candidate, rules: rules)
    let middle = parent.range.lowerBound + leftCount
    leaves[chosen] = Leaf(
      range: parent.range.lowerBound..<middle, node: children.left, depth: parent.depth + 1,
      parent: (node, true))
    leaves.append(
      Leaf(
        range: middle..<parent.range.upperBound, node: children.right, depth: parent.depth + 1,
        parent: (node, false)))
    if leaves.count < configuration.leaves {
      find(chosen, leaves.count - 1, &leaves, parent: parent, quanta, rules: rules)
    }
  }

  /// Finds the best splits of two new leaves, whose parent had the first one's place.
  private mutating func find(
    _ left: Int, _ right: Int, _ leaves: inout [Leaf], parent: Leaf, _ quanta: Span<Int32>,
    rules: SplitRules
  ) {
    for leaf in [left, right] {
      leaves[leaf].node.features = plan.allowed(at: leaves[leaf].node, of: features)
    }
    let isLeftSmall = leaves[left].sum.count < leaves[right].sum.count
    let (small, large) = isLeftSmall ? (left, right) : (right, left)
    let depth = leaves[left].depth
    let isDeep = configuration.maximumDepth > 0 && depth >= configuration.maximumDepth
    let isSmallSplittable = !isDeep && rules.isSplittable(leaves[small].sum)
    let isLargeSplittable = !isDeep && rules.isSplittable(leaves[large].sum)
    guard isSmallSplittable || isLargeSplittable else {
      if let slot = parent.slot { slots.giveBack(slot) }
      return
    }
    let largeSlot = inherit(parent, &leaves)
    // Only the larger leaf needs the histograms of the parent.
    if parent.slot == nil && isLargeSplittable {
      _ = build(parent.range, quanta) {
        $0.fill(slot: largeSlot, rows: parent.sum.count)
      }
    }
    leaves[large].slot = largeSlot
    let smallSlot = takeSlot(&leaves)
    leaves[small].slot = smallSlot
    let request = FeatureBlock.Request(
      parentSlot: largeSlot, smallSlot: smallSlot, small: leaves[small].node,
      large: leaves[large].node, isSmallSplittable: isSmallSplittable,
      isLargeSplittable: isLargeSplittable)
    let found = build(leaves[small].range, quanta) { $0.children(request, rules: rules) }
    settle(&leaves[small], found.map { $0.small }, rules: rules)
    settle(&leaves[large], found.map { $0.large }, rules: rules)
    for leaf in [small, large] where leaves[leaf].best == nil { free(&leaves[leaf]) }
  }

  /// The slot of a leaf that was split, or another one where it has none.
  private mutating func inherit(_ parent: Leaf, _ leaves: inout [Leaf]) -> Int {
    if let slot = parent.slot { return slot }
    return takeSlot(&leaves)
  }

  /// Adds the rows of a range to all blocks and asks each for a result.
  private func build<Result: Sendable>(
    _ range: Range<Int>, _ quanta: Span<Int32>, finish: @Sendable (FeatureBlock) -> Result
  ) -> [Result] {
    histograms.build(partition.rows.extracting(range), quanta: quanta, finish: finish)
  }

  private mutating func free(_ leaf: inout Leaf) {
    if let slot = leaf.slot { slots.giveBack(slot) }
    leaf.slot = nil
  }

  /// A slot, which the leaf with the least gain gives up where none is free.
  private mutating func takeSlot(_ leaves: inout [Leaf]) -> Int {
    if let slot = slots.take() { return slot }
    let owners = leaves.indices.filter { leaves[$0].slot != nil && leaves[$0].best != nil }
    let poorest = owners.min {
      (leaves[$0].improvement, $0) < (leaves[$1].improvement, $1)
    }
    guard let poorest, let slot = leaves[poorest].slot else {
      preconditionFailure("three slots are in use by two leaves")
    }
    leaves[poorest].slot = nil
    return slot
  }
}
