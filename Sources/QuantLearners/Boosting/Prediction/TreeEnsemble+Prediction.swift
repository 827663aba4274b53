public import QuantCore

extension TreeEnsemble {
  /// Writes the raw score of each row; the features must have the columns that the model was fitted on.
  ///
  /// - Complexity: O(rows x (features + trees x leaves)), with a small factor: see
  ///   `predictRaw(_:rows:threads:into:)`.
  public func predictRaw(
    _ features: FeatureMatrix, rows: Span<Int32>, into scores: inout OutputSpan<Double>
  ) {
    predictRaw(features, rows: rows, threads: 1, into: &scores)
  }

  /// Writes the raw score of each row on several threads; scores do not depend on their number.
  ///
  /// - Complexity: O(rows x (features + trees x leaves)): all splits of a tree of up to 256 leaves are
  ///   evaluated, 16 rows at a time. Larger trees cost their depth. Memory for one block of 256 rows a
  ///   thread.
  public func predictRaw(
    _ features: FeatureMatrix, rows: Span<Int32>, threads: Int,
    into scores: inout OutputSpan<Double>
  ) {
    precondition(features.columnCount == featureNames.count, "columns differ from the model's")
    predict(MatrixRows(features, rows), threads: threads, into: &scores)
  }

  /// Writes the raw scores of rows that lie one after the other, without a copy of the matrix.
  ///
  /// - Complexity: as for columns.
  public func predictRaw(
    _ features: FeatureRows, rows: Range<Int>, threads: Int = 1,
    into scores: inout OutputSpan<Double>
  ) {
    precondition(features.columnCount == featureNames.count, "columns differ from the model's")
    predict(RowMajorRows(features, rows), threads: threads, into: &scores)
  }

  /// Writes the raw scores of rows of a binned window, equal to those from values to the bit.
  ///
  /// Where the thresholds of a feature are boundaries of its bins, as in a model that was fitted on the
  /// window, the bins decide and values are not read; other features are read from the matrix of the
  /// window.
  ///
  /// - Parameters:
  ///   - prepared: the window; its features are those that the model was fitted on.
  ///   - rows: rows of the window.
  ///   - threads: threads to use; scores do not depend on it.
  ///   - scores: gets one score for each row, in their order.
  /// - Complexity: as for values.
  public func predictRaw(
    _ prepared: BinnedMatrix, rows: Span<Int32>, threads: Int = 1,
    into scores: inout OutputSpan<Double>
  ) {
    precondition(prepared.order.count == featureNames.count, "columns differ from the model's")
    for index in rows.indices {
      precondition(prepared.window.rows.contains(Int(rows[index])), "a row outside of the window")
    }
    predict(BinnedRows(prepared, rows, plan), threads: threads, into: &scores)
  }

  /// The raw score of one row, given the values of all features; nothing is allocated.
  ///
  /// - Complexity: O(trees x depth).
  public func score(of row: Span<Float>) -> Double {
    precondition(row.count == featureNames.count, "columns differ from the model's")
    let sum = plan.walk.sum(0..<trees.count, row, from: rule.firstSum, rule: rule)
    return rule.score(sum, trees: trees.count)
  }

  /// The number of the leaf of each row in each tree, one row after the other.
  ///
  /// - Complexity: O(rows x (features + trees x leaves)).
  public func leafIndices(
    _ features: FeatureMatrix, rows: Span<Int32>, threads: Int = 1
  ) -> [Int32] {
    precondition(features.columnCount == featureNames.count, "columns differ from the model's")
    let source = MatrixRows(features, rows)
    let (plan, count) = (plan, trees.count)
    let blocks = PredictionPlan.blocks(of: 0..<source.count)
    let leaves = DisjointSlices(
      repeating: Int32(0), count: source.count * count,
      ranges: blocks.map { $0.lowerBound * count..<$0.upperBound * count })
    ParallelFor.run(count: blocks.count, threads: threads) { index in
      var block = PredictionBlock(plan)
      leaves.withSlice(index) { slice, _ in
        plan.findLeaves(source, blocks[index], &block, into: &slice)
      }
    }
    return leaves.take()
  }

  func predict(
    _ source: some BlockRows, threads: Int, into scores: inout OutputSpan<Double>
  ) {
    let plan = plan
    if threads <= 1 || source.count <= PredictionBlock.rows {
      var block = PredictionBlock(plan)
      for rows in PredictionPlan.blocks(of: 0..<source.count) {
        plan.score(source, rows, &block)
        for row in 0..<rows.count { scores.append(block.sums[row]) }
      }
      return
    }
    let ranges = ParallelFor.ranges(of: source.count, parts: 4 * threads)
    let slices = DisjointSlices(repeating: 0.0, count: source.count, ranges: ranges)
    ParallelFor.run(count: ranges.count, threads: threads) { part in
      var block = PredictionBlock(plan)
      slices.withSlice(part) { slice, range in
        for rows in PredictionPlan.blocks(of: range) {
          plan.score(source, rows, &block)
          for row in rows { slice[row - range.lowerBound] = block.sums[row - rows.lowerBound] }
        }
      }
    }
    slices.withAll { all in for index in all.indices { scores.append(all[index]) } }
  }
}
