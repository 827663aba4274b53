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
    #expect(found.gain == 32 && found.question == .atMost(bin: 0, isMissingLeft: true))
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
    #expect(left.question == .atMost(bin: 0, isMissingLeft: true) && left.left.count == 10)
    let right = try #require(
      find(bins([low, high], missing: high), bins: 2, rules: rules, isPacked: isPacked))
    #expect(right.question == .atMost(bin: 0, isMissingLeft: false) && right.left.count == 5)
    let alone = try #require(
      find(bins([low, low], missing: high), bins: 2, rules: rules, isPacked: isPacked))
    #expect(alone.question == .atMost(bin: 1, isMissingLeft: false))
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
        gain: gain, feature: feature, question: .atMost(bin: bin, isMissingLeft: isLeft),
        left: NodeSum())
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
}
