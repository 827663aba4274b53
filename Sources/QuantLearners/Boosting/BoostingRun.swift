internal import QuantCore

/// One fit under way: the rows, their scores, and what grows the next tree.
struct BoostingRun {
  private let matrix: BinnedMatrix
  private let configuration: BoostingConfiguration
  private let objective: any BoostingObjective
  private let seed: UInt64
  private let threads: Int
  private let sample: BinnedSample
  private let rows: TrainingSample.Rows
  private let keys: [UInt64]
  private var scores: [Double]
  private var stop: StopRows?
  private let gradients: QuantizedGradients
  private var grower: TreeGrower
  private var outside: NodePartition
  private var rowSampling: RowSampling

  /// - Parameters:
  ///   - start: the scores of fit and stop rows before the first tree.
  init(
    _ matrix: BinnedMatrix, _ sample: TrainingSample, configuration: BoostingConfiguration,
    objective: any BoostingObjective, seed: UInt64, threads: Int,
    start: (fit: [Double], stop: [Double])
  ) {
    self.matrix = matrix
    self.configuration = configuration
    self.objective = objective
    self.seed = seed
    self.threads = threads
    rows = sample.fit
    let keySpan = matrix.window.rowKeys.span
    keys = sample.fit.rows.map { keySpan[Int($0)] }
    self.sample = BinnedSample(
      matrix, rows: sample.fit.rows, maximumBins: configuration.maximumBins, threads: threads)
    scores = start.fit
    stop = sample.stop.map { rows in
      StopRows(
        rows: rows, scores: start.stop,
        sample: BinnedSample(
          matrix, rows: rows.rows, maximumBins: configuration.maximumBins, threads: threads),
        partition: NodePartition(capacity: rows.rows.count))
    }
    gradients = QuantizedGradients(rows: rows.rows.count, threads: threads)
    rowSampling = RowSampling(capacity: rows.rows.count)
    outside = NodePartition(capacity: rows.rows.count)
    grower = TreeGrower(
      self.sample, mappers: matrix.mappers, configuration: configuration, threads: threads)
  }

  /// Grows the next tree and moves all scores by it.
  ///
  /// - Parameters:
  ///   - number: the tree's place in the ensemble, which keys its random choices.
  mutating func next(number: Int) -> (tree: Tree, stopLoss: Double?) {
    let number = UInt64(number)
    let gradients = gradients.updated(
      objective, scores: scores.span, labels: rows.labels.span, weights: rows.weights.span,
      keys: keys.span, stream: CounterStream(seed: seed, 0x726F_756E_64, number),
      threads: threads)
    rowSampling.draw(
      keys, fraction: configuration.rowFraction,
      stream: CounterStream(seed: seed, 0x726F_7773, number))
    var grown = grower.grow(
      gradients, rows: rowSampling.chosen, stream: CounterStream(seed: seed, 0x636F_6C73, number))
    grown.leafValues = grown.splits.isEmpty ? [0] : leafValues(grown, gradients)
    grown.move(&scores, grower.partition, grown.leaves)
    // Rows that the tree did not see find their leaves by its splits.
    outside.begin(rowSampling.others)
    let ranges = grown.sort(&outside, of: sample)
    grown.move(&scores, outside, ranges)
    stop?.move(grown)
    let tree = Tree(grown, boundaries: sample.boundaries, order: matrix.order)
    return (tree, stop?.meanLoss(objective))
  }

  /// The step of each leaf, from sums in fixed point: exact, so that no order matters.
  private func leafValues(
    _ grown: GrownTree, _ gradients: QuantizedGradients
  ) -> [Double] {
    let partition = grower.partition.rows.span
    return gradients.withFixed { fixed in
      grown.leaves.map { range in
        var sums = SIMD2<Int64>()
        for index in range {
          sums &+= SIMD2<Int64>(truncatingIfNeeded: fixed[Int(partition[index])])
        }
        let gradient = Double(sums.x) * gradients.fixedGradientUnit
        let hessian = Double(sums.y) * gradients.fixedHessianUnit
        let shrunk = max(gradient.magnitude - configuration.l1, 0)
        let step = shrunk / (hessian + configuration.l2) * configuration.learningRate
        // A leaf without gradient adds +0, and a sum of hessians of 0 no infinity.
        guard step > 0, step.isFinite else { return 0 }
        return gradient < 0 ? step : -step
      }
    }
  }
}

/// The rows whose loss stops a fit.
private struct StopRows {
  let rows: TrainingSample.Rows
  var scores: [Double]
  let sample: BinnedSample
  var partition: NodePartition

  mutating func move(_ grown: GrownTree) {
    partition.begin(Array(0..<Int32(sample.count))[...])
    let ranges = grown.sort(&partition, of: sample)
    grown.move(&scores, partition, ranges)
  }

  /// The weighted mean loss, exactly rounded.
  func meanLoss(_ objective: any BoostingObjective) -> Double {
    var (loss, total) = (ExactSum(), ExactSum())
    for row in scores.indices {
      let weight = Double(rows.weights[row])
      loss.add(weight * objective.loss(score: scores[row], label: rows.labels[row]))
      total.add(weight)
    }
    return loss.value / total.value
  }
}
