internal import QuantCore

/// A tree in terms of bins, as it is grown.
struct GrownTree {
  /// One split; children are other splits, or leaves as `~leaf`.
  struct Split {
    /// Place of the feature's name among all names.
    var feature: Int
    /// The leaf that was split; its left part keeps the number, the right one gets the next.
    var leaf: Int
    var question: BinQuestion
    /// By how much the split raised the value of the tree, in the units of the objective.
    var gain: Double
    var left: Int
    var right: Int
    /// Rows that the split was chosen from.
    var count: Int
  }

  var splits: [Split] = []
  /// The range of each leaf in the partition of the rows.
  var leaves: [Range<Int>]
  /// Sums of the derivatives of the rows of each leaf, exactly rounded.
  var leafSums: [DerivativeSum] = []
  var leafValues: [Double] = []

  /// Sums of the derivatives of the rows of each split.
  var splitSums: [DerivativeSum] {
    // Children come after their parents, so that their sums are there first.
    var sums = [DerivativeSum](repeating: DerivativeSum(), count: splits.count)
    for (index, split) in splits.enumerated().reversed() {
      func sum(_ child: Int) -> DerivativeSum { child < 0 ? leafSums[~child] : sums[child] }
      sums[index] = sum(split.left) + sum(split.right)
    }
    return sums
  }

  /// Sorts a range of rows into the leaves, as growing did; the range of each leaf.
  func sort(
    _ rows: NodePartition, _ range: Range<Int>, columns: inout ColumnCopies, threads: Int
  ) -> [Range<Int>] {
    var ranges = [range]
    for split in splits {
      let range = ranges[split.leaf]
      let left = rows.split(
        range, column: columns.column(split.feature, rows: range.count, threads: threads),
        lines: columns.lines, question: split.question, threads: threads)
      ranges[split.leaf] = range.lowerBound..<range.lowerBound + left
      ranges.append(range.lowerBound + left..<range.upperBound)
    }
    return ranges
  }

  /// Sums the derivatives of each leaf in fixed point: exact, so that no order matters.
  mutating func sumLeaves(
    _ partition: NodePartition, _ gradients: QuantizedGradients, threads: Int
  ) {
    let stretches = LeafStretches(leaves, of: partition, threads: threads)
    let sums = ParallelFor.map(count: stretches.parts.count, threads: threads) { part in
      var sums = [SIMD2<Int64>](repeating: SIMD2(), count: stretches.leafCount)
      stretches.visit(part) { leaf, rows in sums[leaf] &+= gradients.fixedSum(rows) }
      return sums
    }
    leafSums = leaves.indices.map { leaf in
      let total = sums.reduce(SIMD2<Int64>()) { $0 &+ $1[leaf] }
      return DerivativeSum(
        gradient: Double(total.x) * gradients.fixedGradientUnit,
        hessian: Double(total.y) * gradients.fixedHessianUnit)
    }
  }

  /// Adds the value of its leaf to the score of each row of a partition.
  func move(
    _ scores: DisjointSlices<Double>, _ partition: NodePartition, _ ranges: [Range<Int>],
    threads: Int
  ) {
    let stretches = LeafStretches(ranges, of: partition, threads: threads)
    let scores = scores.recut(at: stretches.parts)
    ParallelFor.run(count: stretches.parts.count, threads: threads) { part in
      scores.withSlice(part) { scores, range in
        stretches.visit(part) { leaf, rows in
          let value = leafValues[leaf]
          for index in rows.indices { scores[Int(rows[index]) &- range.lowerBound] += value }
        }
      }
    }
  }
}

/// Sums of first and second derivatives of a set of rows.
struct DerivativeSum: Hashable, Sendable {
  var gradient = 0.0
  var hessian = 0.0

  static func + (left: DerivativeSum, right: DerivativeSum) -> DerivativeSum {
    DerivativeSum(
      gradient: left.gradient + right.gradient, hessian: left.hessian + right.hessian)
  }
}

extension Tree {
  /// Translates a tree of bins.
  ///
  /// - Parameters:
  ///   - bins: the bins of each place of a feature.
  ///   - order: the column of each place of a feature.
  ///   - values: what each split would add to the score if it were a leaf.
  init(
    _ grown: GrownTree, bins: [FeatureBins], order: [Int], values: [Double]
  ) {
    let leaves = grown.leaves.indices.map { leaf in
      Leaf(
        value: grown.leafValues[leaf], weight: grown.leafSums[leaf].hessian,
        count: grown.leaves[leaf].count)
    }
    let sums = grown.splitSums
    let splits = grown.splits.enumerated().map { index, split in
      Split(
        feature: order[split.feature],
        question: Question(split.question, bins: bins[split.feature]),
        isMissingLeft: split.question.isMissingLeft, left: split.left, right: split.right,
        gain: split.gain, value: values[index], weight: sums[index].hessian, count: split.count)
    }
    self.init(splits: splits, leaves: leaves)
  }
}
