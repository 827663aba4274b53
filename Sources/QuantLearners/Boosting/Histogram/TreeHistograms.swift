internal import QuantCore
internal import Synchronization

/// Builds the histograms of the nodes of a tree, on several threads.
///
/// Small nodes are shared by features: each thread adds all rows to some blocks. Large nodes are shared
/// by rows: threads take batches in turn and add each to all blocks, so that a row is fetched once.
final class TreeHistograms: Sendable {
  /// Rows from which a node is shared by rows.
  private static let rowShare = 16_384

  private let sample: BinnedSample
  private let threads: Int
  private let blocks: [FeatureBlock]
  /// The blocks of each share by features.
  private let strips: [Range<Int>]
  private let batches: [Batch]

  private final class Batch: Sendable {
    let rows = Mutex(RowBatch())
  }

  init(_ sample: BinnedSample, plan: SplitPlan, threads: Int) {
    self.sample = sample
    self.threads = threads
    let width = BinnedMatrix.blockWidth
    blocks = (0..<(sample.binCounts.count + width - 1) / width).map {
      FeatureBlock(sample, block: $0, plan: plan, threads: threads)
    }
    strips = ParallelFor.ranges(of: blocks.count, parts: threads <= 1 ? 1 : 2 * threads)
    batches = (0..<max(strips.count, threads)).map { _ in Batch() }
  }

  /// Chooses the features that the next tree may split on.
  func begin(features: [Int]) {
    let width = BinnedMatrix.blockWidth
    for (index, block) in blocks.enumerated() {
      block.begin(
        places: features.filter { $0 / width == index }.map { $0 - index * width })
    }
  }

  /// Adds the rows of a node to all blocks and asks each for a result.
  ///
  /// - Parameters:
  ///   - quanta: the quanta of all rows of the sample.
  ///   - finish: takes the histograms of a block.
  func build<Result: Sendable>(
    _ rows: Span<Int32>, quanta: Span<Int32>, finish: @Sendable (FeatureBlock) -> Result
  ) -> [Result] {
    let isSharedByRows = threads > 1 && rows.count >= Self.rowShare
    if isSharedByRows { addByRows(rows, quanta: quanta) }
    let results = ParallelFor.map(count: strips.count, threads: threads) { strip -> [Result] in
      var results: [Result] = []
      if isSharedByRows {
        for block in strips[strip] { results.append(finish(blocks[block])) }
        return results
      }
      batches[strip].rows.withLock { batch in
        var start = 0
        repeat {
          let end = min(start + RowBatch.limit, rows.count)
          batch.load(rows.extracting(start..<end), quanta: quanta, lines: sample.lines)
          add(&batch, to: strips[strip], part: 0) { block in
            // The histograms of the block are in the cache now.
            if end == rows.count { results.append(finish(blocks[block])) }
          }
          start = end
        } while start < rows.count
      }
      return results
    }
    return results.flatMap { $0 }
  }

  private func addByRows(_ rows: Span<Int32>, quanta: Span<Int32>) {
    let next = Atomic<Int>(0)
    ParallelFor.run(count: threads, threads: threads) { part in
      batches[part].rows.withLock { batch in
        while true {
          let start = next.add(RowBatch.limit, ordering: .relaxed).oldValue
          if start >= rows.count { return }
          let range = start..<min(start + RowBatch.limit, rows.count)
          batch.load(rows.extracting(range), quanta: quanta, lines: sample.lines)
          add(&batch, to: blocks.indices, part: part) { _ in }
        }
      }
    }
  }

  /// Adds a batch to some neighbouring blocks, group by group.
  private func add(
    _ batch: inout RowBatch, to blocks: Range<Int>, part: Int, _ done: (Int) -> Void
  ) {
    let perGroup = CodeGroup.limit / BinnedMatrix.blockWidth
    var first = blocks.lowerBound
    while first < blocks.upperBound {
      let group = first / perGroup
      let last = min((group + 1) * perGroup, blocks.upperBound)
      let base = group * perGroup
      batch.gather(sample.groups[group], steps: first - base..<last - base)
      for block in first..<last {
        self.blocks[block].add(batch, plane: block - first, part: part)
        done(block)
      }
      first = last
    }
  }
}
