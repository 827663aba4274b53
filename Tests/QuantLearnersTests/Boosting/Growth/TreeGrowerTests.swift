import QuantCore
import Testing

@testable import QuantLearners

@Suite("TreeGrower")
struct TreeGrowerTests {
  /// A tree of 60 leaves on all rows, whose histograms may take so many bytes.
  private func tree(budget: Int, threads: Int, sample rows: [Int32]) throws -> GrownTree {
    let data = BoostingData()
    let configuration = BoostingConfiguration(leaves: 60, minimumRowsInLeaf: 5)
    let matrix = try BinnedMatrix(data.window, threads: threads)
    let sample = BinnedSample(matrix, rows: rows, maximumBins: 255, threads: threads)
    let parts = ParallelFor.ranges(of: rows.count, parts: threads)
    var partition = NodePartition(parts: parts)
    partition.fill(threads: threads) { _ in 1 }
    let labels = rows.map { data.labels[Int($0)] }
    let ones = [Float](repeating: 1, count: rows.count)
    var gradients = QuantizedGradients(
      ObjectiveParts(rows: rows.count, threads: threads)
    ).derived(
      BinaryLogLoss(), scores: [Double](repeating: 0, count: rows.count).span,
      labels: labels.span, weights: ones.span, threads: threads)
    gradients.quantize(
      keys: RowKeys(all: data.window.rowKeys, rows: rows), stream: CounterStream(seed: 1),
      threads: threads)
    let constraints = try FeatureConstraints(configuration, matrix: matrix)
    var grower = TreeGrower(
      sample, partition: partition, mappers: matrix.mappers, configuration: configuration,
      plan: SplitPlan(configuration, constraints, bins: sample.bins), threads: threads,
      histogramBudget: budget)
    return grower.grow(gradients, partition, stream: CounterStream(seed: 2))
  }

  @Test("Few slots for histograms, or more threads, change nothing")
  func slots() throws {
    let once = (0..<Int32(BoostingData.rows)).map { $0 }
    // Ten copies of each row make nodes that threads share by rows.
    for rows in [once, (0..<10).flatMap { _ in once }] {
      let free = try tree(budget: 1 << 30, threads: 1, sample: rows)
      #expect(free.splits.count == 59)
      for (budget, threads) in [(0, 1), (500_000, 2), (1 << 30, 3)] {
        let bounded = try tree(budget: budget, threads: threads, sample: rows)
        #expect(bounded.leaves == free.leaves)
        #expect(bounded.splits.map(\.question) == free.splits.map(\.question))
        #expect(bounded.splits.map(\.gain) == free.splits.map(\.gain))
      }
    }
  }

  @Test("A pool has at least four slots and gives back what was freed")
  func pool() {
    var pool = SlotPool(features: 200, budget: 0)
    #expect(pool.limit == 4 && SlotPool(features: 1, budget: 40_960).limit == 10)
    #expect((0..<5).map { _ in pool.take() } == [0, 1, 2, 3, nil])
    pool.giveBack(2)
    #expect(pool.take() == 2 && pool.take() == nil)
    pool.reset()
    #expect(pool.take() == 0)
  }
}
