import QuantCore
import Testing

@testable import QuantLearners

@Suite("Split search")
struct SplitSearchTests {
  private func words(_ sums: [NodeSum]) -> [Int64] { sums.map(\.packed) }

  private func bins(_ leading: [NodeSum], missing: NodeSum = NodeSum()) -> [NodeSum] {
    var sums = [NodeSum](repeating: NodeSum(), count: 256)
    for (index, sum) in leading.enumerated() { sums[index] = sum }
    sums[255] = missing
    return sums
  }

  private func find(
    _ sums: [NodeSum], bins: Int, rules: SplitRules, isPacked: Bool
  ) -> SplitCandidate? {
    let total = sums.reduce(NodeSum()) { $0 + $1 }
    var search = SplitSearch(rules: rules, total: total)
    var running = ScanSums()
    let packed = words(sums)
    let gradients = sums.map(\.gradient)
    let others = sums.map { $0.hessian << WideSum.countBits | Int64($0.count) }
    if isPacked {
      scan(packed: packed.span, bins: bins, feature: 4, sums: &running, &search)
    } else {
      scan(
        gradients: gradients.span, others: others.span, bins: bins, feature: 4, sums: &running,
        &search)
    }
    return search.best
  }

  @Test("Two bins by hand: 10²/5 + 6²/3 against 4²/8", arguments: [true, false])
  func literal(isPacked: Bool) throws {
    let sums = bins([
      NodeSum(gradient: 10, hessian: 5, count: 2), NodeSum(gradient: -6, hessian: 3, count: 1),
    ])
    let rules = SplitRules(minimumRows: 1)
    let found = try #require(find(sums, bins: 2, rules: rules, isPacked: isPacked))
    #expect(found.gain == 32 && found.bin == 0 && found.isMissingLeft)
    #expect(found.left == NodeSum(gradient: 10, hessian: 5, count: 2))
    #expect(
      find(sums, bins: 2, rules: SplitRules(minimumRows: 2), isPacked: isPacked) == nil)
    #expect(
      find(sums, bins: 2, rules: SplitRules(minimumRows: 1, minimumGain: 30), isPacked: isPacked)
        == nil, "32 does not exceed 2 + 30")
  }

  @Test("Missing values join the side they fit, or stand alone", arguments: [true, false])
  func missing(isPacked: Bool) throws {
    let low = NodeSum(gradient: 10, hessian: 5, count: 5)
    let high = NodeSum(gradient: -10, hessian: 5, count: 5)
    let rules = SplitRules(minimumRows: 1)
    let left = try #require(
      find(bins([low, high], missing: low), bins: 2, rules: rules, isPacked: isPacked))
    #expect(left.isMissingLeft && left.bin == 0 && left.left.count == 10)
    let right = try #require(
      find(bins([low, high], missing: high), bins: 2, rules: rules, isPacked: isPacked))
    #expect(!right.isMissingLeft && right.bin == 0 && right.left.count == 5)
    let alone = try #require(
      find(bins([low, low], missing: high), bins: 2, rules: rules, isPacked: isPacked))
    #expect(!alone.isMissingLeft && alone.bin == 1)
  }

  @Test("The scan of vectors finds what trying every bin finds", arguments: 0..<60)
  func reference(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = 1 + Int(random.next() % 255)
    let rowsPerBin = 1 + Int(random.next() % 15)
    let trend = Double(random.next() % 3) * 8
    var sums = [NodeSum](repeating: NodeSum(), count: 256)
    for bin in Array(0..<count) + [255] {
      if bin == 255 && random.next() % 2 == 0 { continue }
      for _ in 0..<Int(random.next() % UInt64(rowsPerBin + 1)) {
        let noise = random.normal() * 1_000 + trend * Double(bin - count / 2)
        let gradient = Int64(max(-8_191, min(8_191, noise)))
        sums[bin] =
          sums[bin]
          + NodeSum(gradient: gradient, hessian: Int64(random.next() % 8_192), count: 1)
      }
    }
    let total = sums.reduce(NodeSum()) { $0 + $1 }
    let choices = [
      SplitRules(minimumRows: 1), SplitRules(minimumRows: 20, minimumHessian: 100, l2: 3_000),
      SplitRules(minimumRows: 3, l2: 10, l1: 500, minimumGain: 10),
      SplitRules(minimumRows: 5, l2: 1e12),
    ]
    for rules in choices {
      let expected = HistogramReference.split(
        sums, bins: count, feature: 4, total: total, rules: rules)
      for isPacked in [true, false] {
        #expect(
          find(sums, bins: count, rules: rules, isPacked: isPacked) == expected,
          "seed \(seed), \(rules), packed \(isPacked)")
      }
    }
  }

  @Test("Candidates are in a total order: gain, feature, side of missing values, bin")
  func order() {
    func candidate(_ gain: Double, _ feature: Int, _ bin: Int, _ isLeft: Bool) -> SplitCandidate {
      SplitCandidate(
        gain: gain, feature: feature, bin: bin, isMissingLeft: isLeft, left: NodeSum())
    }
    let ordered = [
      candidate(2, 9, 9, true), candidate(1, 0, 5, false), candidate(1, 0, 6, false),
      candidate(1, 0, 2, true), candidate(1, 3, 0, false),
    ]
    for (index, first) in ordered.enumerated() {
      for (other, second) in ordered.enumerated() {
        #expect(first.precedes(second) == (index < other))
      }
    }
  }

  @Test("A partition is stable and sends each row to its side", arguments: [false, true])
  func partition(isMissingLeft: Bool) {
    var random = SplitMix64(seed: 8)
    let codes = (0..<16 * 500).map { _ in UInt8(random.next() & 255) }
    var partition = NodePartition(capacity: 500)
    let rows = (0..<Int32(500)).filter { $0 % 3 != 0 }
    partition.begin(rows[...])
    let rule = NodePartition.Rule(place: 5, bin: 99, isMissingLeft: isMissingLeft)
    func goesLeft(_ row: Int32) -> Bool {
      let code = codes[Int(row) * 16 + 5]
      return code == 255 ? isMissingLeft : code <= 99
    }
    let middle = 10..<300
    let left = partition.split(middle, codes: codes.span, rule: rule)
    let expected = rows[middle].filter(goesLeft) + rows[middle].filter { !goesLeft($0) }
    #expect(left == rows[middle].count(where: goesLeft))
    #expect(partition.rows == rows[..<10] + expected + rows[300...])
  }
}
