internal import QuantCore

/// Grows trees leaf by leaf: the leaf whose split gains most is split next.
///
/// The histograms of the smaller child are built from its rows, and those of the larger one are its
/// parent's less those.
struct TreeGrower {
  private let sample: BinnedSample
  private let configuration: BoostingConfiguration
  private let threads: Int
  private let blocks: [FeatureBlock]
  /// Features that differ between rows of the window.
  private let useful: [Int]
  private(set) var partition: NodePartition
  private var ordered: [Int64]

  init(
    _ sample: BinnedSample, mappers: [BinMapper], configuration: BoostingConfiguration,
    threads: Int
  ) {
    self.sample = sample
    self.configuration = configuration
    self.threads = threads
    blocks = sample.blocks.indices.map { FeatureBlock(sample, block: $0) }
    useful = mappers.indices.filter { mappers[$0].isUseful }
    partition = NodePartition(capacity: sample.count)
    ordered = [Int64](repeating: 0, count: sample.count)
  }

  private struct Leaf {
    var range: Range<Int>
    var sum: NodeSum
    var depth: Int
    var slot: Int
    /// The split whose child this is, and the side; `nil` for the root.
    var parent: (split: Int, isLeft: Bool)?
    var best: SplitCandidate?
    /// By how much the best split exceeds the value of the leaf.
    var improvement = 0.0
  }

  /// Grows a tree on some rows of the sample.
  ///
  /// - Parameters:
  ///   - stream: decides the features that the tree may use.
  /// - Complexity: O(leaves x features x bins + rows x depth x features / 2).
  mutating func grow(
    _ gradients: QuantizedGradients, rows: ArraySlice<Int32>, stream: CounterStream
  ) -> GrownTree {
    let rules = SplitRules(
      configuration, gradientUnit: gradients.gradientUnit, hessianUnit: gradients.hessianUnit)
    let gainUnit = gradients.gradientUnit * gradients.gradientUnit / gradients.hessianUnit
    begin(rows: rows, stream: stream)
    return gradients.withWords { words in
      var leaves = [root(words, rules: rules)]
      var tree = GrownTree(leaves: [])
      while leaves.count < configuration.leaves, let chosen = next(leaves) {
        let leaf = leaves[chosen]
        guard let candidate = leaf.best else { break }
        split(
          chosen, candidate, &leaves, &tree, gain: leaf.improvement * gainUnit, words,
          rules: rules)
      }
      tree.leaves = leaves.map(\.range)
      return tree
    }
  }

  private mutating func begin(rows: ArraySlice<Int32>, stream: CounterStream) {
    partition.begin(rows)
    let chosen = FeatureSampling.chosen(
      useful, fraction: configuration.featureFraction, stream: stream)
    let width = BinnedMatrix.blockWidth
    for (index, block) in blocks.enumerated() {
      block.begin(
        places: chosen.filter { $0 / width == index }.map { $0 - index * width })
    }
  }

  private mutating func root(_ words: Span<Int64>, rules: SplitRules) -> Leaf {
    var sum = NodeSum()
    for row in partition.rows {
      sum.gradient &+= PackedSum.gradient(words[Int(row)])
      sum.hessian &+= PackedSum.hessian(words[Int(row)])
    }
    sum.count = partition.rows.count
    var leaf = Leaf(range: 0..<sum.count, sum: sum, depth: 0, slot: 0)
    guard rules.isSplittable(sum) else { return leaf }
    Self.order(words, partition.rows, leaf.range, into: &ordered)
    let (blocks, rows, ordered) = (blocks, partition.rows.span, ordered.span)
    let total = sum
    let found = ParallelFor.map(count: blocks.count, threads: threads) { block in
      blocks[block].root(rows: rows, words: ordered, total: total, rules: rules)
    }
    settle(&leaf, found, rules: rules)
    return leaf
  }

  /// Copies the words of a range of rows to their order.
  private static func order(
    _ words: Span<Int64>, _ rowArray: [Int32], _ range: Range<Int>, into ordered: inout [Int64]
  ) {
    let rows = rowArray.span
    var target = ordered.mutableSpan
    for index in range {
      target[index &- range.lowerBound] = words[Int(rows[index])]
    }
  }

  private func settle(_ leaf: inout Leaf, _ found: [SplitCandidate?], rules: SplitRules) {
    for candidate in found.compactMap({ $0 })
    where leaf.best.map({ candidate.precedes($0) }) ?? true {
      leaf.best = candidate
    }
    leaf.improvement = leaf.best.map { $0.gain - rules.threshold(leaf.sum) } ?? 0
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
    gain: Double, _ words: Span<Int64>, rules: SplitRules
  ) {
    let parent = leaves[chosen]
    let width = BinnedMatrix.blockWidth
    let codes = sample.blocks[candidate.feature / width]
    let leftCount = partition.split(
      parent.range, codes: codes.span,
      rule: NodePartition.Rule(
        place: candidate.feature % width, bin: candidate.bin,
        isMissingLeft: candidate.isMissingLeft))
    precondition(leftCount == candidate.left.count, "a histogram differs from its rows")
    let node = tree.splits.count
    tree.splits.append(
      GrownTree.Split(
        feature: candidate.feature, leaf: chosen, bin: candidate.bin,
        isMissingLeft: candidate.isMissingLeft,
        gain: gain, left: ~chosen, right: ~leaves.count, count: parent.sum.count))
    if let link = parent.parent {
      if link.isLeft {
        tree.splits[link.split].left = node
      } else {
        tree.splits[link.split].right = node
      }
    }
    let middle = parent.range.lowerBound + leftCount
    var left = Leaf(
      range: parent.range.lowerBound..<middle, sum: candidate.left, depth: parent.depth + 1,
      slot: parent.slot, parent: (node, true))
    var right = Leaf(
      range: middle..<parent.range.upperBound, sum: parent.sum - candidate.left,
      depth: parent.depth + 1, slot: leaves.count, parent: (node, false))
    if left.sum.count < right.sum.count { swap(&left.slot, &right.slot) }
    if leaves.count + 1 < configuration.leaves {
      find(&left, &right, parent: parent, words, rules: rules)
    }
    leaves[chosen] = left
    leaves.append(right)
  }

  /// Finds the best splits of two new leaves.
  private mutating func find(
    _ left: inout Leaf, _ right: inout Leaf, parent: Leaf, _ words: Span<Int64>,
    rules: SplitRules
  ) {
    let isLeftSmall = left.sum.count < right.sum.count
    let (small, large) = isLeftSmall ? (left, right) : (right, left)
    let isDeep = configuration.maximumDepth > 0 && left.depth >= configuration.maximumDepth
    let request = FeatureBlock.Request(
      parentSlot: large.slot, smallSlot: small.slot,
      small: small.sum, large: large.sum,
      isSmallSplittable: !isDeep && rules.isSplittable(small.sum),
      isLargeSplittable: !isDeep && rules.isSplittable(large.sum))
    guard request.isSmallSplittable || request.isLargeSplittable else { return }
    Self.order(words, partition.rows, small.range, into: &ordered)
    let (blocks, rows) = (blocks, partition.rows.span.extracting(small.range))
    let ordered = ordered.span.extracting(0..<small.range.count)
    let found = ParallelFor.map(count: blocks.count, threads: threads) { block in
      blocks[block].children(request, rows: rows, words: ordered, rules: rules)
    }
    settle(&left, found.map { isLeftSmall ? $0.small : $0.large }, rules: rules)
    settle(&right, found.map { isLeftSmall ? $0.large : $0.small }, rules: rules)
  }
}

/// Which features a tree may split on.
enum FeatureSampling {
  /// A share of the features, rounded up, by the random bits of their places; ascending.
  static func chosen(_ features: [Int], fraction: Double, stream: CounterStream) -> [Int] {
    let count = Int((Double(features.count) * fraction).rounded(.up))
    guard count < features.count else { return features }
    let bits = features.map { stream.bits(UInt64($0)) }
    return RankOrder.ascending(bits).prefix(count).map { features[Int($0)] }.sorted()
  }
}
