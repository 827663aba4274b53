internal import QuantCore

/// The rows on which a fit is measured to find the best number of trees.
struct StopRows {
  private let ordered: OrderedRows
  private let metric: any BoostingMetric
  private var columns: ColumnCopies
  private let threads: Int
  private var scores: any TreeScores
  private var partition: NodePartition

  /// - Parameters:
  ///   - sample: the rows in their order.
  ///   - scores: their scores before the first tree.
  init(
    _ ordered: OrderedRows, metric: any BoostingMetric, sample: BinnedSample,
    scores: any TreeScores, threads: Int
  ) {
    self.ordered = ordered
    self.metric = metric
    columns = ColumnCopies(sample)
    self.scores = scores
    self.threads = threads
    partition = NodePartition(parts: ObjectiveParts(rows: sample.count, threads: threads).ranges)
  }

  mutating func add(_ grown: GrownTree) {
    partition.fill(threads: threads) { _ in 1 }
    let ranges = grown.sort(
      partition, partition.chosen, columns: &columns, threads: threads)
    scores.add(grown, partition, ranges, threads: threads)
  }

  mutating func settle(_ trees: [Tree], isChanged: Bool, threads: Int) {
    scores.settle(trees, isChanged: isChanged, threads: threads)
  }

  /// The value of the metric at the present scores.
  func measure() -> StopMeasure {
    let rows = ordered.rows
    return scores.withValues { scores in
      StopMeasure(
        name: metric.name,
        value: metric.value(
          scores: scores, labels: rows.labels.span, weights: rows.weights.span,
          groups: ordered.groups, threads: threads),
        isLargerBetter: metric.isLargerBetter)
    }
  }
}
