internal import QuantCore
internal import Synchronization

/// The histograms of 16 neighbouring features for all nodes of a tree.
///
/// What a block computes depends on nothing that another one does, and rows may be added by several
/// threads, each to an accumulator of its own: sums are integers, so that any number of threads gives
/// the same bits. Memory is kept from tree to tree.
final class FeatureBlock: Sendable {
  /// An accumulator for each thread that adds rows.
  private let parts: [Part]
  private let state: Mutex<BlockHistograms>

  private final class Part: Sendable {
    let accumulator = Mutex(BlockAccumulator())
  }

  init(_ sample: BinnedSample, block: Int, plan: SplitPlan, threads: Int) {
    parts = (0..<max(1, threads)).map { _ in Part() }
    state = Mutex(BlockHistograms(sample, block: block, plan: plan))
  }

  /// Chooses the columns that the next tree may split on, by place in the block.
  func begin(places: [Int]) {
    state.withLock { $0.places = places }
    for part in parts { part.accumulator.withLock { $0.begin(places: places) } }
  }

  /// Adds rows to the node that is built, whose histograms `fill` or `children` then takes.
  func add(_ batch: borrowing RowBatch, plane: Int, part: Int) {
    parts[part].accumulator.withLock { $0.add(batch, plane: plane) }
  }

  /// Takes the histograms of the node that was built.
  func fill(slot: Int, rows: Int) {
    state.withLock { take(&$0, slot: slot, rows: rows) }
  }

  /// Finds the best split of a node.
  func split(slot: Int, node: SplitNode, rules: SplitRules) -> SplitCandidate? {
    state.withLock { $0.split(slot: slot, node: node, rules: rules) }
  }

  /// What a block is to do for two new nodes.
  struct Request: Sendable {
    /// The slot of the parent, which the node with more rows takes over.
    var parentSlot: Int
    /// The slot of the node with fewer rows.
    var smallSlot: Int
    var small: SplitNode
    var large: SplitNode
    /// Whether the node with fewer rows may be split; the other one may, or nothing is asked.
    var isSmallSplittable: Bool
    var isLargeSplittable: Bool
  }

  /// Takes the histograms of the smaller node, subtracts for the larger, and finds the best splits.
  func children(
    _ request: Request, rules: SplitRules
  ) -> (small: SplitCandidate?, large: SplitCandidate?) {
    state.withLock { histograms in
      take(&histograms, slot: request.smallSlot, rows: request.small.sum.count)
      var (small, large): (SplitCandidate?, SplitCandidate?)
      if request.isSmallSplittable {
        small = histograms.split(slot: request.smallSlot, node: request.small, rules: rules)
      }
      if request.isLargeSplittable {
        histograms.subtract(request)
        large = histograms.split(slot: request.parentSlot, node: request.large, rules: rules)
      }
      return (small, large)
    }
  }

  private func take(_ histograms: inout BlockHistograms, slot: Int, rows: Int) {
    histograms.begin(slot: slot, rows: rows)
    for part in parts {
      part.accumulator.withLock { histograms.take(&$0, slot: slot) }
    }
  }
}

/// The memory behind a `FeatureBlock`, used by one thread at a time.
private struct BlockHistograms {
  private let firstFeature: Int
  private let binCounts: [Int]
  private let plan: SplitPlan
  var places: [Int] = []
  private var slots: [HistogramSlot] = []
  private var sums = ScanSums()

  init(_ sample: BinnedSample, block: Int, plan: SplitPlan) {
    self.plan = plan
    let width = BinnedMatrix.blockWidth
    firstFeature = block * width
    binCounts = Array(
      sample.binCounts[firstFeature..<min(firstFeature + width, sample.binCounts.count)])
  }

  mutating func begin(slot: Int, rows: Int) {
    while slots.count <= slot { slots.append(HistogramSlot()) }
    slots[slot].begin(columns: places.count, rows: rows)
  }

  mutating func take(_ accumulator: inout BlockAccumulator, slot: Int) {
    slots[slot].take(&accumulator)
  }

  mutating func subtract(_ request: FeatureBlock.Request) {
    let small = slots[request.smallSlot]
    slots[request.parentSlot].subtract(small, rows: request.large.sum.count)
  }

  mutating func split(slot: Int, node: SplitNode, rules: SplitRules) -> SplitCandidate? {
    var search = SplitSearch(rules: rules.within(node.sum), total: node.sum, output: node.output)
    // Locals: the members would be retained for every feature.
    let (histograms, places, binCounts, plan) = (slots[slot], places, binCounts, plan)
    for index in places.indices where node.allows(firstFeature + places[index]) {
      let feature = firstFeature + places[index]
      if rules.isPlain && !plan.isCategorical[feature] {
        histograms.scan(
          index: index, bins: binCounts[places[index]], feature: feature, sums: &sums, &search)
      } else {
        plan.scan(histograms.sums(index: index), feature: feature, node: node, &search)
      }
    }
    return search.best
  }
}
