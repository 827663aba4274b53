/// A tree in terms of bins, as it is grown.
struct GrownTree {
  /// One split; children are other splits, or leaves as `~leaf`.
  struct Split {
    /// Place of the feature's name among all names.
    var feature: Int
    /// The leaf that was split; its left part keeps the number, the right one gets the next.
    var leaf: Int
    var bin: Int
    var isMissingLeft: Bool
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
  var leafValues: [Double] = []

  /// Sorts rows of a sample into the leaves, as growing did; the range of each leaf.
  func sort(_ rows: inout NodePartition, of sample: BinnedSample) -> [Range<Int>] {
    var ranges = [0..<rows.rows.count]
    let width = BinnedMatrix.blockWidth
    for split in splits {
      let (range, codes) = (ranges[split.leaf], sample.blocks[split.feature / width])
      let left = rows.split(
        range, codes: codes.span,
        rule: NodePartition.Rule(
          place: split.feature % width, bin: split.bin, isMissingLeft: split.isMissingLeft))
      ranges[split.leaf] = range.lowerBound..<range.lowerBound + left
      ranges.append(range.lowerBound + left..<range.upperBound)
    }
    return ranges
  }

  /// Adds the value of its leaf to the score of each row.
  func move(_ scores: inout [Double], _ partition: NodePartition, _ ranges: [Range<Int>]) {
    let rows = partition.rows.span
    var target = scores.mutableSpan
    for (leaf, range) in ranges.enumerated() {
      let value = leafValues[leaf]
      for index in range { target[Int(rows[index])] += value }
    }
  }
}
