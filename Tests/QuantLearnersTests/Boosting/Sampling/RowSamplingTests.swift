import QuantCore
import Testing

@testable import QuantLearners

@Suite("Rows of a tree")
struct RowSamplingTests {
  /// Derivatives of the squared error at score 0: gradient -label x weight, hessian weight.
  private func gradients(_ labels: [Float], _ weights: [Float], threads: Int) -> QuantizedGradients
  {
    let scores = [Double](repeating: 0, count: labels.count)
    return QuantizedGradients(ObjectiveParts(rows: labels.count, threads: threads)).derived(
      SquaredError(), scores: scores.span, labels: labels.span, weights: weights.span,
      threads: threads)
  }

  private struct Selection: Equatable {
    var chosen: [Int32]
    var others: [Int32]
    var gradients: [Float]
  }

  private func select(
    _ labels: [Float], weights: [Float]? = nil, keys: [UInt64]? = nil, top: Double,
    other: Double, tree: Int = 0, firstTree: Int = 0, threads: Int = 1
  ) -> Selection {
    let keys = keys ?? labels.indices.map { UInt64($0) }
    let parts = ObjectiveParts(rows: labels.count, threads: threads).ranges
    var sampling = GradientRows(
      seed: 9, keys: RowKeys(all: ArrayFile(keys), rows: keys.indices.map { Int32($0) }), top: top,
      other: other, firstTree: firstTree, parts: parts)
    var gradients = gradients(
      labels, weights ?? [Float](repeating: 1, count: labels.count), threads: threads)
    var partition = NodePartition(parts: parts)
    sampling.select(tree: tree, &gradients, into: &partition, threads: threads)
    func rows(_ range: Range<Int>) -> [Int32] { range.map { partition.rows[$0] } }
    let bits = gradients.bits(of: Array(labels.indices))
    return Selection(
      chosen: rows(partition.chosen), others: rows(partition.others),
      gradients: bits.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0 >> 32)) })
  }

  @Test("Gradient-based rows of four by hand")
  func literal() {
    // Magnitudes 4, 1, 0.5 and 2: a quarter of four rows is row 0. The others are drawn with the
    // probability (1/2) / (3/4) = 2/3, and count 3/2 times then.
    let labels: [Float] = [4, -1, 0.5, -2]
    var drawn = 0
    for tree in 0..<300 {
      let found = select(labels, top: 0.25, other: 0.5, tree: tree)
      #expect(found.chosen.first == 0)
      #expect((found.chosen + found.others).sorted() == [0, 1, 2, 3])
      for row in 0..<4 {
        let factor: Float = row > 0 && found.chosen.contains(Int32(row)) ? 1.5 : 1
        #expect(found.gradients[row] == -labels[row] * factor)
      }
      drawn += found.chosen.count - 1
    }
    // 900 draws with probability 2/3: 600, with a standard deviation of 14.
    #expect((540...660).contains(drawn))
    let early = select(labels, top: 0.25, other: 0.5, tree: 4, firstTree: 5)
    #expect(early == Selection(chosen: [0, 1, 2, 3], others: [], gradients: [-4, 1, -0.5, 2]))
  }

  @Test("Ties at the end of the top are broken by row keys, whatever the order of rows")
  func ties() {
    // Row 5 is the top; two of the five rows of magnitude 1 belong to it as well.
    let labels: [Float] = [1, -1, 1, 0.5, -1, 3, 1, 0.25]
    let keys: [UInt64] = [11, 3, 8, 1, 19, 2, 5, 7]
    func top(_ order: [Int], tree: Int) -> Set<UInt64> {
      // An almost empty draw leaves the top alone.
      let found = select(
        order.map { labels[$0] }, keys: order.map { keys[$0] }, top: 0.375, other: 1e-12,
        tree: tree)
      return Set(found.chosen.map { keys[order[Int($0)]] })
    }
    var seen: Set<UInt64> = []
    for tree in 0..<40 {
      let first = top(Array(0..<8), tree: tree)
      #expect(first.count == 3 && first.contains(2))
      #expect(first.isSubset(of: [2, 11, 3, 8, 19, 5]))
      #expect(top([6, 1, 7, 0, 5, 4, 3, 2], tree: tree) == first)
      seen.formUnion(first)
    }
    #expect(seen.count == 6, "another tree breaks ties anew")
  }

  @Test("Gradient-based rows do not depend on threads; sums are right on average")
  func average() {
    var random = SplitMix64(seed: 5)
    let labels = (0..<10_000).map { _ in Float((random.normal() * 8).rounded()) }
    let weights = labels.map { _ in Float(1 + random.next() % 3) }
    var (sum, plain) = (0.0, 0.0)
    for tree in 0..<20 {
      let one = select(labels, weights: weights, top: 0.2, other: 0.1, tree: tree)
      let three = select(labels, weights: weights, top: 0.2, other: 0.1, tree: tree, threads: 3)
      #expect(one == three)
      #expect(one.chosen == one.chosen.sorted() && one.others == one.others.sorted())
      // 2,000 and one eighth of 8,000, with a standard deviation of 30.
      #expect((2_850...3_150).contains(one.chosen.count))
      sum += one.chosen.reduce(0.0) { $0 + Double(one.gradients[Int($1)].magnitude) }
    }
    plain = zip(labels, weights).reduce(0.0) { $0 + Double(($1.0 * $1.1).magnitude) }
    #expect(abs(sum / 20 / plain - 1) < 0.01)
  }

  @Test("Top and others that are everything change nothing")
  func everything() throws {
    let data = BoostingData()
    let plain = try data.fit(BoostingConfiguration(leaves: 7), rows: 0..<1_000, iterations: 14)
    var configuration = BoostingConfiguration(leaves: 7)
    configuration.rowSelection = .gradient
    (configuration.topFraction, configuration.otherFraction) = (0.75, 0.25)
    #expect(try data.fit(configuration, rows: 0..<1_000, iterations: 14) == plain)
    (configuration.topFraction, configuration.otherFraction) = (0.5, 0.25)
    let sampled = try data.fit(configuration, rows: 0..<1_000, iterations: 14)
    // The first 1 / 0.1 trees see all rows.
    #expect(sampled.trees.prefix(10) == plain.trees.prefix(10))
    #expect(sampled.trees[10] != plain.trees[10])
    #expect(sampled.trees[10].splits[0].count < 900)
  }

  @Test("The boundary of the largest keys is that of sorting", arguments: [1, 2, 3, 17, 5_000])
  func radix(count: Int) {
    let masks: [UInt64] = [.max, 0xF00F, 3 << 60, 0]
    for (seed, mask) in masks.enumerated() {
      var random = SplitMix64(seed: UInt64(seed))
      let keys = (0..<count).map { _ in random.next() & mask }
      let sorted = keys.sorted(by: >)
      for rank in [1, count / 3 + 1, count] {
        let key = sorted[rank - 1]
        let expected = RadixSelect.Boundary(
          key: key, kept: rank - sorted.count { $0 > key }, equal: sorted.count { $0 == key })
        for threads in [1, 2] {
          let found = RadixSelect.boundary(
            of: rank, largest: keys.span, parts: ParallelFor.ranges(of: count, parts: 5),
            threads: threads)
          #expect(found == expected)
        }
      }
    }
  }

  @Test("Rows are drawn anew after some trees, and never with frequency 0")
  func frequency() throws {
    let data = BoostingData()
    func counts(_ fraction: Double, _ frequency: Int) throws -> [Int] {
      var configuration = BoostingConfiguration(leaves: 4, rowFraction: fraction)
      configuration.rowFrequency = frequency
      return try data.fit(configuration, iterations: 7).trees.map { $0.splits[0].count }
    }
    let three = try counts(0.5, 3)
    #expect(three[0] == three[1] && three[1] == three[2] && three[3] == three[5])
    #expect(three[0] != three[3] && three[3] != three[6])
    let each = try counts(0.5, 1)
    #expect(Set(each).count > 4)
    // Half of 4,000, with a standard deviation of 32.
    #expect((each + three).allSatisfy { (1_850...2_150).contains($0) })
    #expect(try counts(0.5, 0) == [Int](repeating: BoostingData.rows, count: 7))
  }

  @Test("Events and other rows are drawn with shares of their own")
  func classes() throws {
    let data = BoostingData()
    let events = Int(data.labels[..<BoostingData.rows].reduce(0, +))
    func counts(_ positive: Double, _ negative: Double) throws -> [Int] {
      var configuration = BoostingConfiguration(leaves: 4)
      (configuration.positiveRowFraction, configuration.negativeRowFraction) = (positive, negative)
      return try data.fit(configuration, iterations: 5).trees.map { $0.splits[0].count }
    }
    // All events and a tenth of the others: a standard deviation of at most 19.
    let rare = Double(BoostingData.rows - events) / 10
    for count in try counts(1, 0.1) { #expect(abs(Double(count - events) - rare) < 100) }
    for count in try counts(0.5, 1) {
      #expect(abs(Double(count - (BoostingData.rows - events)) - Double(events) / 2) < 100)
    }
    // A plain draw of all rows is the same draw.
    var plain = BoostingConfiguration(leaves: 4, rowFraction: 0.5)
    plain.rowFrequency = 2
    var both = BoostingConfiguration(leaves: 4)
    both.rowFrequency = 2
    (both.positiveRowFraction, both.negativeRowFraction) = (0.5, 0.5)
    #expect(try data.fit(both, iterations: 5) == data.fit(plain, iterations: 5))
  }
}
