import QuantCore
import Testing

@testable import QuantLearners

@Suite("Exact scan of numbers")
struct ExactScanTests {
  private func random(_ seed: UInt64, bins: Int) -> [NodeSum] {
    var random = SplitMix64(seed: seed)
    var sums = [NodeSum](repeating: NodeSum(), count: 256)
    for bin in Array(0..<bins) + (seed % 2 == 0 ? [255] : []) {
      let count = Int(random.next() % 12)
      guard count > 0 else { continue }
      sums[bin] = NodeSum(
        gradient: Int64(random.normal() * 500), hessian: Int64(count) * 20 + 1, count: count)
    }
    return sums
  }

  private func find(
    _ sums: [NodeSum], bins: Int, _ rules: SplitRules, output: NodeOutput = NodeOutput(),
    direction: MonotoneDirection = .free, stream: CounterStream? = nil
  ) -> SplitCandidate? {
    var search = SplitSearch(
      rules: rules, total: sums.reduce(NodeSum()) { $0 + $1 }, output: output)
    ExactScan(feature: 4, bins: bins, direction: direction, stream: stream).numbers(sums, &search)
    return search.best
  }

  @Test("It finds what the scan of vectors finds", arguments: 0..<40)
  func plain(seed: UInt64) {
    let bins = 1 + Int(seed * 11 % 60)
    let sums = random(seed, bins: bins)
    let total = sums.reduce(NodeSum()) { $0 + $1 }
    for rules in [SplitRules(minimumRows: 1), SplitRules(minimumRows: 9, l2: 50, l1: 30)] {
      #expect(
        find(sums, bins: bins, rules)
          == HistogramReference.split(sums, bins: bins, feature: 4, total: total, rules: rules))
    }
  }

  @Test("A split against the direction is refused; the best one along it stays")
  func monotone() throws {
    // Outputs -G/H of the bins: 3, -2, 1. Rising, only the last boundary is in order: -1/2 and 1.
    var sums = [NodeSum](repeating: NodeSum(), count: 256)
    sums[0] = NodeSum(gradient: -6, hessian: 2, count: 2)
    sums[1] = NodeSum(gradient: 8, hessian: 4, count: 4)
    sums[2] = NodeSum(gradient: -2, hessian: 2, count: 2)
    var rules = SplitRules(minimumRows: 1)
    rules.usesOutputs = true
    let free = try #require(find(sums, bins: 3, rules))
    #expect(free.question == .atMost(bin: 0, isMissingLeft: false) && free.gain == 18 + 6)
    let rising = try #require(find(sums, bins: 3, rules, direction: .increasing))
    #expect(rising.question == .atMost(bin: 1, isMissingLeft: true))
    // Left -1/3 from G = 2, H = 6: 2²/6; right 1: 2²/2.
    #expect(abs(rising.gain - (4.0 / 6 + 2)) < 1e-12)
    let falling = try #require(find(sums, bins: 3, rules, direction: .decreasing))
    #expect(falling == free)
    // Bounds: no leaf may exceed 1, so that 3 becomes 1: -(2 x -6 + 2) = 10.
    let bounded = try #require(
      find(sums, bins: 3, rules, output: NodeOutput(value: 0, upper: 1)))
    #expect(bounded.gain == 10 + 6)
  }

  @Test("The best of all boundaries under outputs, by rows", arguments: 0..<40)
  func outputs(seed: UInt64) {
    let bins = 2 + Int(seed % 20)
    let sums = random(seed, bins: bins)
    let total = sums.reduce(NodeSum()) { $0 + $1 }
    var rules = SplitRules(minimumRows: 3, l2: 7, l1: 11)
    (rules.usesOutputs, rules.smoothing) = (true, Double(seed % 3) * 9)
    let node = NodeOutput(value: 0.5, lower: -1, upper: seed % 2 == 0 ? .infinity : 2)
    for direction in MonotoneDirection.allCases {
      var best: (gain: Double, bin: Int, isMissingLeft: Bool)?
      for bin in 0..<bins {
        for isMissingLeft in sums[255].count > 0 ? [false, true] : [false] {
          let left = (0...bin).reduce(isMissingLeft ? sums[255] : NodeSum()) { $0 + sums[$1] }
          guard left.count >= 3, total.count - left.count >= 3 else { continue }
          func part(_ sum: NodeSum) -> (value: Double, gain: Double) {
            let shrunk = max(abs(Double(sum.gradient)) - 11, 0) * (sum.gradient < 0 ? -1 : 1)
            let share = Double(sum.count) / (Double(sum.count) + rules.smoothing)
            let free = -shrunk / (Double(sum.hessian) + 7)
            let value = min(max(free * share + 0.5 * (1 - share), node.lower), node.upper)
            return (value, -(2 * shrunk * value + (Double(sum.hessian) + 7) * value * value))
          }
          let (first, second) = (part(left), part(total - left))
          if Double(direction.rawValue) * (first.value - second.value) > 0 { continue }
          let gain = first.gain + second.gain
          if gain > (best?.gain ?? -.infinity) { best = (gain, bin, isMissingLeft) }
        }
      }
      let threshold = rules.threshold(total, node)
      let found = find(sums, bins: bins, rules, output: node, direction: direction)
      let expected = best.map(\.gain).flatMap { $0 > threshold ? $0 : nil }
      #expect((found == nil) == (expected == nil), "seed \(seed)")
      if let found, let expected {
        #expect(abs(found.gain - expected) < 1e-9 * max(1, abs(expected)), "seed \(seed)")
      }
    }
  }

  @Test("Random boundaries lie between the values of the node, and each comes up")
  func randomThreshold() {
    var sums = [NodeSum](repeating: NodeSum(), count: 256)
    for bin in [3, 4, 6, 9] {
      sums[bin] = NodeSum(gradient: Int64(bin * bin * 100 - 4_000), hessian: 50, count: 5)
    }
    var bins: [Int: Int] = [:]
    for seed in 0..<600 as Range<UInt64> {
      let found = find(
        sums, bins: 12, SplitRules(minimumRows: 1), stream: CounterStream(seed: seed))
      if case .atMost(let bin, _) = found?.question { bins[bin, default: 0] += 1 }
    }
    // Six boundaries, 100 each; five standard deviations are 46.
    #expect(bins.keys.sorted() == Array(3..<9))
    #expect(bins.values.allSatisfy { abs($0 - 100) < 46 }, "\(bins)")
  }

  @Test("Outputs by hand: smoothing, bounds, the middle of children")
  func output() {
    let rule = OutputRule(l1: 1, l2: 2, smoothing: 10)
    #expect(rule.free(gradient: 7, hessian: 1) == -2)
    #expect(rule.free(gradient: 0.5, hessian: 1) == 0)
    #expect(OutputRule(l1: 0, l2: 0, smoothing: 0).free(gradient: 1, hessian: 0) == 0)
    let parent = NodeOutput(value: 4, lower: -1, upper: 3)
    // -2 counts 30 of 40, the parent's 4 counts 10 of 40.
    #expect(rule.output(gradient: 7, hessian: 1, count: 30, below: parent) == -0.5)
    #expect(rule.output(gradient: 70, hessian: 1, count: 30, below: parent) == -1)
    #expect(rule.gain(gradient: 7, hessian: 1, value: -2) == 12)
    let (left, right) = parent.children(0, 1, direction: .increasing)
    #expect(left == NodeOutput(value: 0, lower: -1, upper: 0.5))
    #expect(right == NodeOutput(value: 1, lower: 0.5, upper: 3))
    let (first, second) = parent.children(0, 1, direction: .decreasing)
    #expect(first == NodeOutput(value: 0.5, lower: 0.5, upper: 3))
    #expect(second == NodeOutput(value: 0.5, lower: -1, upper: 0.5))
    #expect(
      parent.children(0, 1, direction: .free).right == NodeOutput(value: 1, lower: -1, upper: 3))
  }
}
