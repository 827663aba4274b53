extension PredictionPlan {
  /// The blocks of some rows.
  static func blocks(
    of rows: Range<Int>, size: Int = PredictionBlock.rows
  ) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: size).map {
      $0..<min($0 + size, rows.upperBound)
    }
  }

  /// Sets the sums of a block to the scores of its rows.
  func score(_ source: some BlockRows, _ rows: Range<Int>, _ block: inout PredictionBlock) {
    begin(&block)
    add(source, rows, trees: 0..<treeCount, to: &block)
    guard rule.isAveraged else { return }
    for row in 0..<rows.count { block.sums[row] = rule.score(block.sums[row], trees: treeCount) }
  }

  /// Sets the sums of a block to what they are before the first tree.
  func begin(_ block: inout PredictionBlock) {
    for row in block.sums.indices { block.sums[row] = rule.firstSum }
  }

  /// Adds leaf values of some trees to the sums of a block.
  ///
  /// - Parameters:
  ///   - rows: the rows of the block, among those of `source`.
  func add(
    _ source: some BlockRows, _ rows: Range<Int>, trees: Range<Int>, to block: inout PredictionBlock
  ) {
    for part in parts {
      let common = part.trees.clamped(to: trees)
      if common.isEmpty { continue }
      if let coded = part.coded {
        encode(coded, source, rows, &block)
        let first = part.trees.lowerBound
        let range = common.lowerBound - first..<common.upperBound - first
        add(coded, range, rows: rows.count, to: &block)
      } else {
        for start in stride(from: 0, to: rows.count, by: Self.walkedRows) {
          let count = readWalked(source, rows, from: start, &block)
          walk(common, rows: start..<start + count, block.walked, &block.sums)
        }
      }
    }
  }

  /// Adds trees one after the other and calls `body` with the sums of the block after each.
  func addEach(
    _ source: some BlockRows, _ rows: Range<Int>, trees: Range<Int>,
    to block: inout PredictionBlock, _ body: (Int, [Double]) -> Void
  ) {
    for part in parts {
      let common = part.trees.clamped(to: trees)
      if let coded = part.coded, !common.isEmpty { encode(coded, source, rows, &block) }
      for tree in common {
        if let coded = part.coded {
          let place = tree - part.trees.lowerBound
          add(coded, place..<place + 1, rows: rows.count, to: &block)
        } else {
          add(source, rows, trees: tree..<tree + 1, to: &block)
        }
        body(tree, block.sums)
      }
    }
  }

  /// Adds coded trees, by their places among them, to the sums of a block.
  private func add(
    _ trees: CodedTrees, _ range: Range<Int>, rows: Int, to block: inout PredictionBlock
  ) {
    for group in stride(from: 0, to: rows, by: PredictionBlock.groupRows) {
      if rule.isSinglePrecision {
        trees.addRounded(range, group: group, rule, &block)
      } else {
        trees.add(range, group: group, &block)
      }
    }
  }

  /// Adds the leaf values of a few rows, whose values lie one row after the other.
  private func walk(
    _ trees: Range<Int>, rows: Range<Int>, _ values: [Float], _ sums: inout [Double]
  ) {
    for (index, row) in rows.enumerated() {
      let values = values.span.extracting(index * featureCount..<(index + 1) * featureCount)
      sums[row] = walk.sum(trees, values, from: sums[row], rule: rule)
    }
  }

  /// Writes the leaf of each row of a block in each tree, row after row.
  func findLeaves(
    _ source: some BlockRows, _ rows: Range<Int>, _ block: inout PredictionBlock,
    into leaves: inout MutableSpan<Int32>
  ) {
    precondition(leaves.count == rows.count * treeCount)
    for part in parts {
      if let coded = part.coded {
        encode(coded, source, rows, &block)
        for group in stride(from: 0, to: rows.count, by: PredictionBlock.groupRows) {
          for tree in part.trees {
            let local = tree - part.trees.lowerBound
            let numbers = coded.leaves(local, group: group, &block)
            for row in group..<min(group + PredictionBlock.groupRows, rows.count) {
              leaves[row * treeCount + tree] = numbers[row - group]
            }
          }
        }
      } else {
        for start in stride(from: 0, to: rows.count, by: Self.walkedRows) {
          let count = readWalked(source, rows, from: start, &block)
          for row in 0..<count {
            let values = block.walked.span.extracting(row * featureCount..<(row + 1) * featureCount)
            for tree in part.trees {
              leaves[(start + row) * treeCount + tree] = Int32(walk.leaf(tree, values))
            }
          }
        }
      }
    }
  }

  /// Writes the codes of the rows of a block.
  private func encode(
    _ trees: CodedTrees, _ source: some BlockRows, _ rows: Range<Int>,
    _ block: inout PredictionBlock
  ) {
    // Several columns are read before they are coded, so that they are fetched from memory together.
    for batch in trees.batches {
      var isRead = InlineArray<8, Bool>(repeating: false)
      for (place, index) in batch.enumerated() {
        let column = trees.sources[index]
        isRead[place] = !source.encode(column, rows, into: &block.codes)
        if isRead[place] { read(source, column, rows, place, &block.values) }
      }
      for (place, index) in batch.enumerated() where isRead[place] {
        let first = place * PredictionBlock.rows
        encodeValues(
          block.values, first..<first + PredictionBlock.rows, trees.sources[index],
          into: &block.codes)
      }
    }
  }

  private func read(
    _ source: some BlockRows, _ column: CodeSource, _ rows: Range<Int>, _ place: Int,
    _ values: inout [Float]
  ) {
    let first = place * PredictionBlock.rows
    var target = values.mutableSpan
    source.read(column.key.feature, rows, into: &target, at: first)
    column.prepare(&target, first..<first + PredictionBlock.rows)
  }

  /// Reads the values of a few rows, row by row, and returns how many rows there were.
  private func readWalked(
    _ source: some BlockRows, _ rows: Range<Int>, from start: Int, _ block: inout PredictionBlock
  ) -> Int {
    let first = rows.lowerBound + start
    let part = first..<min(first + Self.walkedRows, rows.upperBound)
    for feature in walkedFeatures {
      var column = block.values.mutableSpan
      source.read(feature, part, into: &column, at: 0)
      for row in 0..<part.count {
        block.walked[row * featureCount + feature] = block.values[row]
      }
    }
    return part.count
  }
}
