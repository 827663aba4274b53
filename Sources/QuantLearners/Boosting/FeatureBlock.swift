internal import QuantCore
internal import Synchronization

/// The histograms of 16 neighbouring features for all nodes of a tree.
///
/// Threads share the work by blocks: what a block computes depends on nothing that another one does,
/// so that any number of threads gives the same bits. Memory is kept from tree to tree.
final class FeatureBlock: Sendable {
  private let state: Mutex<BlockHistograms>

  init(_ sample: BinnedSample, block: Int) {
    state = Mutex(BlockHistograms(sample, block: block))
  }

  /// Chooses the columns that the next tree may split on, by place in the block.
  func begin(places: [Int]) {
    state.withLock { $0.begin(places: places) }
  }

  /// Builds the histograms of a root and finds its best split.
  func root(
    rows: Span<Int32>, words: Span<Int64>, total: NodeSum, rules: SplitRules
  ) -> SplitCandidate? {
    state.withLock { histograms in
      histograms.build(slot: 0, rows: rows, words: words)
      return histograms.split(slot: 0, total: total, rules: rules)
    }
  }

  /// What a block is to do for two new nodes.
  struct Request: Sendable {
    /// The slot of the parent, which the node with more rows takes over.
    var parentSlot: Int
    /// The slot of the node with fewer rows.
    var smallSlot: Int
    var small: NodeSum
    var large: NodeSum
    /// Whether the node with fewer rows may be split; the other one may, or nothing is asked.
    var isSmallSplittable: Bool
    var isLargeSplittable: Bool
  }

  /// Builds the histograms of the smaller node, subtracts for the larger, and finds the best splits.
  func children(
    _ request: Request, rows: Span<Int32>, words: Span<Int64>, rules: SplitRules
  ) -> (small: SplitCandidate?, large: SplitCandidate?) {
    state.withLock { histograms in
      histograms.build(slot: request.smallSlot, rows: rows, words: words)
      var (small, large): (SplitCandidate?, SplitCandidate?)
      if request.isSmallSplittable {
        small = histograms.split(slot: request.smallSlot, total: request.small, rules: rules)
      }
      if request.isLargeSplittable {
        histograms.subtract(request)
        large = histograms.split(slot: request.parentSlot, total: request.large, rules: rules)
      }
      return (small, large)
    }
  }
}

/// The memory behind a `FeatureBlock`, used by one thread at a time.
private struct BlockHistograms {
  private let codes: [UInt8]
  private let rowCount: Int
  private let firstFeature: Int
  private let binCounts: [Int]
  private var places: [Int] = []
  private var slots: [HistogramSlot] = []
  private var sums = ScanSums()
  private var scratch = [Int64](repeating: 0, count: HistogramSlot.size)

  init(_ sample: BinnedSample, block: Int) {
    let width = BinnedMatrix.blockWidth
    codes = sample.blocks[block]
    rowCount = sample.count
    firstFeature = block * width
    binCounts = Array(
      sample.binCounts[firstFeature..<min(firstFeature + width, sample.binCounts.count)])
  }

  mutating func begin(places: [Int]) {
    self.places = places
  }

  mutating func build(slot: Int, rows: Span<Int32>, words: Span<Int64>) {
    while slots.count <= slot { slots.append(HistogramSlot()) }
    Self.build(
      &slots[slot], codes, rowCount, rows: rows, words: words, places: places, &scratch)
  }

  private static func build(
    _ slot: inout HistogramSlot, _ codes: [UInt8], _ rowCount: Int, rows: Span<Int32>,
    words: Span<Int64>, places: [Int], _ scratch: inout [Int64]
  ) {
    slot.build(
      codes: codes.span, limit: rowCount, rows: rows, words: words, places: places.span,
      scratch: &scratch)
  }

  mutating func subtract(_ request: FeatureBlock.Request) {
    let small = slots[request.smallSlot]
    slots[request.parentSlot].subtract(small, rows: request.large.count)
  }

  mutating func split(slot: Int, total: NodeSum, rules: SplitRules) -> SplitCandidate? {
    var search = SplitSearch(rules: rules, total: total)
    for (index, place) in places.enumerated() {
      slots[slot].scan(
        index: index, bins: binCounts[place], feature: firstFeature + place, sums: &sums,
        &search)
    }
    return search.best
  }
}
