internal import QuantCore

/// One fit under way: the trees so far, the rows with their scores, and what grows the next tree.
struct BoostingRun {
  private let matrix: BinnedMatrix
  private let splitting: SplitPlan
  private let objective: any BoostingObjective
  private let seed: UInt64
  private let threads: Int
  private let sample: BinnedSample
  private let rows: TrainingSample.Rows
  private let keys: RowKeys
  private var schedule: any BoostingSchedule
  private var scores: any TreeScores
  private var stop: StopRows?
  /// The memory of derivatives; its content is that of the tree under way.
  private let memory: QuantizedGradients
  private var grower: TreeGrower
  private var partition: NodePartition
  private var sampling: any RowSampling
  /// The trees so far, those of a continued model first.
  private(set) var trees: [Tree]

  /// - Parameters:
  ///   - stopMatrix: the rows that stop rows are rows of, coded with the bins of `matrix`.
  ///   - metric: what is measured on the stop rows.
  init(
    _ matrix: BinnedMatrix, _ sample: TrainingSample, stopMatrix: BinnedMatrix,
    configuration: BoostingConfiguration, constraints: FeatureConstraints,
    objective: any BoostingObjective, metric: any BoostingMetric, start: BoostingStart,
    seed: UInt64, threads: Int
  ) {
    self.matrix = matrix
    self.objective = objective
    self.seed = seed
    self.threads = threads
    trees = start.model?.trees ?? []
    let schedule = configuration.schedule(seed: seed, from: start)
    self.schedule = schedule
    let keySpan = matrix.window.rowKeys.span
    let parts: ObjectiveParts
    if objective.isGrouped {
      let ordered = OrderedRows(sample.fit, rowKeys: keySpan)
      rows = ordered.rows
      parts = ObjectiveParts(groups: ordered.groups, threads: threads)
    } else {
      rows = sample.fit
      parts = ObjectiveParts(rows: sample.fit.rows.count, threads: threads)
    }
    keys = RowKeys(all: matrix.window.rowKeys, rows: rows.rows)
    func binned(_ matrix: BinnedMatrix, _ rows: [Int32]) -> BinnedSample {
      BinnedSample(matrix, rows: rows, maximumBins: configuration.maximumBins, threads: threads)
    }
    self.sample = binned(matrix, rows.rows)
    splitting = SplitPlan(configuration, constraints, bins: self.sample.bins)
    scores = schedule.fitScores(rows.rows, from: start)
    stop = sample.stop.map { rows in
      let window = stopMatrix.window
      let ordered = OrderedRows(rows, rowKeys: window.rowKeys.span)
      return StopRows(
        ordered, metric: metric, sample: binned(stopMatrix, ordered.rows.rows),
        scores: schedule.stopScores(ordered.rows.rows, from: start.moved(to: window.features)),
        threads: threads)
    }
    memory = QuantizedGradients(parts)
    sampling = configuration.rowSampling(
      seed: seed, keys: keys, labels: rows.labels, parts: parts.ranges)
    partition = NodePartition(parts: parts.ranges)
    grower = TreeGrower(
      self.sample, partition: partition, mappers: matrix.mappers, configuration: configuration,
      plan: splitting,
      threads: threads)
  }

  /// Grows the next tree, whose place in the ensemble keys its random choices.
  ///
  /// - Returns: What was measured on the stop rows.
  /// - Throws: `LearnerError.invalid` for derivatives that cannot be used, and `.configuration` for
  ///   leaf values or a metric that are not finite.
  mutating func next() throws(LearnerError) -> StopMeasure? {
    let number = UInt64(trees.count)
    let plan = schedule.next()
    scores.drop(plan.dropped, from: trees, threads: threads)
    var gradients = scores.withValues { scores -> QuantizedGradients in
      memory.derived(
        objective, scores: scores, labels: rows.labels.span, weights: rows.weights.span,
        threads: threads)
    }
    if let error = gradients.unusable(rows.rows) { throw error }
    sampling.select(tree: trees.count, &gradients, into: &partition, threads: threads)
    // Sampling may weigh derivatives up.
    if let error = gradients.unusable(rows.rows) { throw error }
    gradients.quantize(
      keys: keys, stream: CounterStream(seed: seed, 0x726F_756E_64, number),
      threads: threads)
    var grown = grower.grow(
      gradients, partition, stream: CounterStream(seed: seed, 0x636F_6C73, number))
    grown.sumLeaves(partition, gradients, threads: threads)
    func value(_ output: Double) -> Double { output * plan.rate + plan.offset }
    var outputs = splitting.outputs(of: grown)
    if !grown.splits.isEmpty, let objective = objective as? any LeafRenewingObjective {
      outputs.leaves = renewedSteps(objective, grown)
      try check(outputs.leaves, "objective", "a leaf value")
    }
    grown.leafValues = outputs.leaves.map(value)
    let tree = Tree(
      grown, bins: sample.bins, order: matrix.order, values: outputs.splits.map(value))
    add(grown, tree, plan)
    let measure = stop?.measure()
    try check(measure.map { [$0.value] } ?? [], "stopMetric", "a value")
    return measure
  }

  private func check(
    _ numbers: [Double], _ parameter: String, _ what: String
  ) throws(LearnerError) {
    guard let number = numbers.first(where: { !$0.isFinite }) else { return }
    throw .configuration(
      ConfigurationError(
        parameter: parameter, value: "\(what) of \(number) at tree \(trees.count)",
        accepted: "finite numbers"))
  }

  private func renewedSteps(
    _ objective: any LeafRenewingObjective, _ grown: GrownTree
  ) -> [Double] {
    scores.withValues { scores in
      grown.renewedSteps(
        objective, scores: scores, labels: rows.labels.span, weights: rows.weights.span,
        partition: partition, threads: threads)
    }
  }

  /// Adds a tree to the model and to all scores.
  private mutating func add(_ grown: GrownTree, _ tree: Tree, _ plan: TreePlan) {
    scores.add(grown, partition, grown.leaves, threads: threads)
    // Rows that the tree did not see find their leaves by its splits.
    let ranges = grown.sort(
      partition, partition.others, columns: &grower.columns, threads: threads)
    scores.add(grown, partition, ranges, threads: threads)
    stop?.add(grown)
    // A tree that adds nothing replaces nothing.
    let changed = tree.splits.isEmpty ? [] : plan.dropped
    let isChanged = !plan.dropped.isEmpty
    for dropped in changed {
      self.trees[dropped] = self.trees[dropped].scaled(by: plan.droppedRate)
    }
    self.trees.append(tree)
    let (trees, threads) = (trees, threads)
    scores.settle(trees, isChanged: isChanged, threads: threads)
    stop?.settle(trees, isChanged: isChanged, threads: threads)
  }
}
