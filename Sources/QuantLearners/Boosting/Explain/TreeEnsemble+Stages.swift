public import QuantCore

extension TreeEnsemble {
  /// The raw scores of the models of the first trees only.
  ///
  /// - Parameters:
  ///   - features: the matrix, with the columns of `featureNames`.
  ///   - rows: rows of the matrix.
  ///   - counts: numbers of trees, ascending, each from 0 to the number of trees.
  ///   - threads: threads to use; scores do not depend on it.
  /// - Returns: for each of `counts` one score for each row, equal to that of `prefix(count)`.
  /// - Complexity: about one prediction with all trees; memory for the result, twice for a part of it.
  public func stagedScores(
    _ features: FeatureMatrix, rows: Span<Int32>, after counts: [Int], threads: Int = 1
  ) -> [[Double]] {
    var stages: [[Double]] = []
    forEachStage(features, rows: rows, counts, threads: threads) { stages.append($0) }
    return stages
  }

  /// A metric of the raw scores after each tree: the first value is that of one tree.
  ///
  /// - Parameters:
  ///   - features: the matrix, with the columns of `featureNames`.
  ///   - rows: rows of the matrix.
  ///   - threads: threads to use; values do not depend on it.
  ///   - metric: a number for the raw scores of `rows`, in their order.
  /// - Complexity: about one prediction, one call of the metric a tree; memory for 16 scores a row.
  public func predictionCurve(
    _ features: FeatureMatrix, rows: Span<Int32>, threads: Int = 1,
    metric: (Span<Double>) -> Double
  ) -> [Double] {
    var values: [Double] = []
    forEachStage(features, rows: rows, trees.indices.map { $0 + 1 }, threads: threads) {
      values.append(metric($0.span))
    }
    return values
  }

  /// Calls `body` with the scores after so many trees, one number of trees after the other.
  private func forEachStage(
    _ features: FeatureMatrix, rows: Span<Int32>, _ counts: [Int], threads: Int,
    _ body: ([Double]) -> Void
  ) {
    precondition(features.columnCount == featureNames.count, "columns differ from the model's")
    precondition(counts.allSatisfy { (0...trees.count).contains($0) }, "not a number of trees")
    precondition(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 }, "not ascending")
    let source = MatrixRows(features, rows)
    var sums = [Double](repeating: rule.firstSum, count: source.count)
    var done = 0
    for first in stride(from: 0, to: counts.count, by: 16) {
      let part = Array(counts[first..<min(first + 16, counts.count)])
      let stages = plan.stages(source, from: done, sums, part, threads: threads)
      for (count, stage) in zip(part, stages) {
        body(rule.isAveraged ? stage.map { rule.score($0, trees: count) } : stage)
      }
      (sums, done) = (stages.last ?? sums, part.last ?? done)
    }
  }
}

extension PredictionPlan {
  /// The sums after some numbers of trees, going on from those after `first` trees.
  fileprivate func stages(
    _ source: some BlockRows, from first: Int, _ sums: [Double], _ counts: [Int], threads: Int
  ) -> [[Double]] {
    let blocks = Self.blocks(of: 0..<source.count)
    let last = counts.last ?? first
    let parts = ParallelFor.map(count: blocks.count, threads: threads) { index in
      let rows = blocks[index]
      var block = PredictionBlock(self)
      for row in rows { block.sums[row - rows.lowerBound] = sums[row] }
      var stages = counts.filter { $0 == first }.map { _ in Array(sums[rows]) }
      addEach(source, rows, trees: first..<last, to: &block) { tree, sums in
        for count in counts where count == tree + 1 {
          stages.append(Array(sums[..<rows.count]))
        }
      }
      return stages
    }
    return counts.indices.map { stage in parts.flatMap { $0[stage] } }
  }
}
