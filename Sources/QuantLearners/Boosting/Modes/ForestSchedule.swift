internal import QuantCore

/// Trees know nothing of each other: each is fitted at the start score, takes its whole step, and the
/// model averages them.
///
/// Leaves carry the start score, as those of LightGBM do, so that the model has a start of 0.
struct ForestSchedule: BoostingSchedule {
  /// The score at which all derivatives are taken.
  let score: Double

  func next() -> TreePlan { TreePlan(rate: 1, offset: score) }

  func fitScores(_ rows: [Int32], from start: BoostingStart) -> any TreeScores {
    ConstantScores(score, rows: rows.count)
  }

  func stopScores(_ rows: [Int32], from start: BoostingStart) -> any TreeScores {
    AveragedScores(start.sums(rows), trees: start.model?.trees.count ?? 0)
  }
}

/// Scores that no tree moves.
struct ConstantScores: TreeScores {
  private let values: [Double]

  init(_ score: Double, rows: Int) { values = [Double](repeating: score, count: rows) }

  func withValues<Result>(_ body: (Span<Double>) -> Result) -> Result { body(values.span) }
  func drop(_ dropped: [Int], from trees: [Tree], threads: Int) {}
  func add(
    _ grown: GrownTree, _ partition: NodePartition, _ ranges: [Range<Int>], threads: Int
  ) {}
  func settle(_ trees: [Tree], isChanged: Bool, threads: Int) {}
}

/// The mean of all trees.
struct AveragedScores: TreeScores {
  private let sums: DisjointSlices<Double>
  private var means: [Double]

  init(_ sums: [Double], trees: Int) {
    self.sums = sums.sharedSlices()
    means = sums.map { $0 / Double(max(1, trees)) }
  }

  func withValues<Result>(_ body: (Span<Double>) -> Result) -> Result { body(means.span) }
  func drop(_ dropped: [Int], from trees: [Tree], threads: Int) {}

  func add(
    _ grown: GrownTree, _ partition: NodePartition, _ ranges: [Range<Int>], threads: Int
  ) {
    grown.move(sums, partition, ranges, threads: threads)
  }

  mutating func settle(_ trees: [Tree], isChanged: Bool, threads: Int) {
    let count = Double(trees.count)
    let slices = sums
    let sums = slices.span
    for row in sums.indices { means[row] = sums[row] / count }
  }
}
