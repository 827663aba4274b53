extension CodedTrees {
  /// Adds leaf values of some trees to the sums of a group of rows.
  func add(_ range: Range<Int>, group: Int, _ block: inout PredictionBlock) {
    addLeafValues(self, range, codes: block.codes, group: group, slots: &block.slots, &block.sums)
  }

  /// The same with sums in single precision.
  func addRounded(
    _ range: Range<Int>, group: Int, _ rule: ScoreRule, _ block: inout PredictionBlock
  ) {
    for tree in range {
      findLeaves(self, tree, codes: block.codes, group: group, slots: &block.slots)
      let first = starts[tree].leaf
      for row in 0..<PredictionBlock.groupRows {
        let value = values[first + Int(block.slots[PredictionBlock.resultSlot(0) + row])]
        block.sums[group + row] = rule.rounded(block.sums[group + row] + value)
      }
    }
  }

  /// The leaves of a group of rows in one tree.
  func leaves(_ tree: Int, group: Int, _ block: inout PredictionBlock) -> [Int32] {
    findLeaves(self, tree, codes: block.codes, group: group, slots: &block.slots)
    let first = starts[tree].leaf
    return (0..<PredictionBlock.groupRows).map { row in
      leafNumbers[first + Int(block.slots[PredictionBlock.resultSlot(0) + row])]
    }
  }
}
