internal import QuantCore

extension GrownTree {
  /// The steps of leaves by an objective that finds them from rows, before the learning rate.
  ///
  /// - Parameters:
  ///   - scores: the scores of all fit rows before the tree.
  ///   - partition: the rows that the tree was grown on, as growing left them.
  func renewedSteps(
    _ objective: any LeafRenewingObjective, scores: Span<Double>, labels: Span<Float>,
    weights: Span<Float>, partition: NodePartition, threads: Int
  ) -> [Double] {
    let (leaves, rows) = (leaves, partition.rows)
    return ParallelFor.map(count: leaves.count, threads: threads) { leaf in
      let chosen = rows.extracting(leaves[leaf])
      let score = chosen.indices.map { scores[Int(chosen[$0])] }
      let label = chosen.indices.map { labels[Int(chosen[$0])] }
      let weight = chosen.indices.map { weights[Int(chosen[$0])] }
      return objective.leafStep(scores: score.span, labels: label.span, weights: weight.span)
    }
  }
}
