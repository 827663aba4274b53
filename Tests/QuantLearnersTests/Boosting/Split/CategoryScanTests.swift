import QuantCore
import Testing

@testable import QuantLearners

@Suite("Splits on categories")
struct CategoryScanTests {
  private func sums(_ leading: [NodeSum], missing: NodeSum = NodeSum()) -> [NodeSum] {
    var sums = leading + [NodeSum](repeating: NodeSum(), count: 256 - leading.count)
    sums[255] = missing
    return sums
  }

  private func find(
    _ sums: [NodeSum], bins: Int, _ rules: SplitRules, isOneHot: Bool
  ) -> SplitCandidate? {
    let total = sums.reduce(NodeSum()) { $0 + $1 }
    var search = SplitSearch(rules: rules, total: total)
    let scan = ExactScan(feature: 4, bins: bins)
    if isOneHot { scan.oneHot(sums, &search) } else { scan.sets(sums, &search) }
    return search.best
  }

  private func rules(
    minimumRows: Int = 1, l2: Double = 0, _ change: (inout CategoryRules) -> Void = { _ in }
  ) -> SplitRules {
    var rules = SplitRules(minimumRows: minimumRows, l2: l2)
    change(&rules.categories)
    return rules
  }

  @Test("One against all others by hand: 12²/4 + 4²/4 against 8²/8")
  func oneHot() throws {
    let bins = sums([
      NodeSum(gradient: -2, hessian: 2, count: 2), NodeSum(gradient: 12, hessian: 4, count: 4),
      NodeSum(gradient: -2, hessian: 2, count: 2),
    ])
    let found = try #require(find(bins, bins: 3, rules(), isOneHot: true))
    #expect(found.gain == 40 && found.question == .isOneOf(BinSet([1])))
    #expect(found.left == bins[1] && found.feature == 4)
    #expect(find(bins, bins: 3, rules(minimumRows: 5), isOneHot: true) == nil)
  }

  @Test("Sets by hand: the categories at the ends go left, missing and rare ones right")
  func literal() throws {
    let bins = sums(
      [
        NodeSum(gradient: -9, hessian: 3, count: 3), NodeSum(gradient: 6, hessian: 3, count: 3),
        NodeSum(gradient: -3, hessian: 1, count: 1), NodeSum(gradient: 6, hessian: 4, count: 4),
      ], missing: NodeSum(gradient: 0, hessian: 1, count: 1))
    // In order: 0 (-3), 2 (-3), missing apart, 3 (1.5), 1 (2). Left {0, 2}: 12²/4 + 12²/8.
    let found = try #require(find(bins, bins: 4, rules(), isOneHot: false))
    #expect(found.question == .isOneOf(BinSet([0, 2])) && found.gain == 36 + 18)
    // The rare category 2 takes no part: the best are {0}, 9²/3 + 9²/9, and {1, 3}, 12²/7 + 12²/5.
    let without = try #require(
      find(bins, bins: 4, rules { $0.leastRows = 2 }, isOneHot: false))
    #expect(without.question == .isOneOf(BinSet([1, 3])))
    #expect(without.gain == 144.0 / 7 + 144.0 / 5)
    // At most one category a side: {0} has 27 + 9, {1} 12 + 36/9.
    let one = try #require(find(bins, bins: 4, rules { $0.maximum = 1 }, isOneHot: false))
    #expect(one.question == .isOneOf(BinSet([0])) && one.gain == 36)
    // Groups of 4 rows: {0} has 3; {0, 2} is the first.
    let groups = try #require(find(bins, bins: 4, rules { $0.minimumRows = 4 }, isOneHot: false))
    #expect(groups.question == .isOneOf(BinSet([0, 2])))
    // Penalties make all gains smaller, the parent's without that of categories: 0 here.
    let penalised = try #require(find(bins, bins: 4, rules { $0.l2 = 4 }, isOneHot: false))
    #expect(penalised.gain == 144.0 / 8 + 144.0 / 12)
    #expect(find(bins, bins: 4, rules { $0.minimumRows = 7 }, isOneHot: false) == nil)
  }

  @Test("Smoothing draws rare categories to the middle of the order")
  func smoothing() throws {
    let bins = sums([
      NodeSum(gradient: -5, hessian: 1, count: 1), NodeSum(gradient: -40, hessian: 20, count: 20),
      NodeSum(gradient: 20, hessian: 10, count: 10), NodeSum(gradient: 25, hessian: 11, count: 11),
    ])
    // One category a side: 0, whose mean is lowest, is worth 25.6, and 3, whose mean is highest, 77.
    let plain = try #require(find(bins, bins: 4, rules { $0.maximum = 1 }, isOneHot: false))
    #expect(plain.question == .isOneOf(BinSet([3])))
    // -5/11 lies above -40/30, so that 1 comes first; it is worth 153.
    let smooth = rules { ($0.maximum, $0.smoothing) = (1, 10) }
    let found = try #require(find(bins, bins: 4, smooth, isOneHot: false))
    #expect(found.question == .isOneOf(BinSet([1])) && found.gain == 80 + 1600.0 / 22)
  }

  /// Categories with sums at random; some are empty.
  private func random(_ seed: UInt64, bins: Int) -> [NodeSum] {
    var random = SplitMix64(seed: seed)
    let leading = (0..<bins).map { _ -> NodeSum in
      let count = Int(random.next() % 30)
      guard count > 0 else { return NodeSum() }
      return NodeSum(
        gradient: Int64(random.normal() * 300), hessian: Int64(count) * 10 + 1, count: count)
    }
    let missing = seed % 2 == 0 ? NodeSum() : NodeSum(gradient: 50, hessian: 100, count: 10)
    return sums(leading, missing: missing)
  }

  @Test("Without penalties the best of all sets is found (Fisher's theorem)", arguments: 1...30)
  func fisher(seed: UInt64) throws {
    let bins = 2 + Int(seed % 8)
    let all = random(2 * seed, bins: bins)
    let rules = rules { $0.maximum = 256 }
    let total = all.reduce(NodeSum()) { $0 + $1 }
    var best = rules.threshold(total, NodeOutput())
    for set in 1..<1 << bins - 1 {
      let left = (0..<bins).reduce(NodeSum()) { set >> $1 & 1 == 1 ? $0 + all[$1] : $0 }
      guard rules.accepts(left), rules.accepts(total - left) else { continue }
      best = max(best, rules.gain(left, total - left))
    }
    let found = find(all, bins: bins, rules, isOneHot: false)
    let gain = found?.gain ?? rules.threshold(total, NodeOutput())
    #expect(abs(gain - best) <= 1e-12 * best, "seed \(seed)")
  }

  @Test("The scan finds the best of the sets that LightGBM looks at", arguments: 1...60)
  func reference(seed: UInt64) {
    let bins = 1 + Int(seed * 7 % 40)
    let all = random(seed, bins: bins)
    let choices = [
      rules(), rules(minimumRows: 12, l2: 40) { ($0.l2, $0.smoothing, $0.leastRows) = (30, 99, 5) },
      rules(minimumRows: 3) { ($0.maximum, $0.minimumRows) = (4, 35) },
      rules(l2: 5) { ($0.maximum, $0.minimumRows, $0.leastRows) = (9, 20, 12) },
    ]
    for rules in choices {
      let found = find(all, bins: bins, rules, isOneHot: false)
      #expect(found == CategoryReference.split(all, bins: bins, rules), "seed \(seed)")
    }
  }

  @Test("A random split is one of those that are looked at, and all of them come up")
  func randomThreshold() {
    let all = random(4, bins: 12)
    let total = all.reduce(NodeSum()) { $0 + $1 }
    var seen: Set<BinQuestion> = []
    for seed in 0..<200 as Range<UInt64> {
      var search = SplitSearch(rules: rules(), total: total)
      ExactScan(feature: 4, bins: 12, stream: CounterStream(seed: seed)).oneHot(all, &search)
      if let found = search.best { seen.insert(found.question) }
    }
    let singles = (0..<12).filter { all[$0].count > 0 }.map { BinQuestion.isOneOf(BinSet([$0])) }
    #expect(seen.isSubset(of: singles) && seen.count > singles.count / 2)
  }
}

/// Splits on categories as the documentation of LightGBM tells them, set by set.
private enum CategoryReference {
  static func split(_ sums: [NodeSum], bins: Int, _ rules: SplitRules) -> SplitCandidate? {
    let total = sums.reduce(NodeSum()) { $0 + $1 }
    let categories = rules.categories
    func statistic(_ code: Int) -> Double {
      Double(sums[code].gradient) / (Double(sums[code].hessian) + categories.smoothing)
    }
    let order = (0..<bins)
      .filter { sums[$0].count > 0 && Double(sums[$0].count) >= categories.leastRows }
      .sorted { (statistic($0), $0) < (statistic($1), $1) }
    var found: [SplitCandidate] = []
    for order in [order, order.reversed()] {
      var start = 0
      for end in order.indices where end < min(categories.maximum, (order.count + 1) / 2) {
        let set = Array(order[...end])
        let left = set.reduce(NodeSum()) { $0 + sums[$1] }
        let group = order[start...end].reduce(0) { $0 + sums[$1].count }
        guard rules.accepts(left), rules.accepts(total - left) else { continue }
        guard (total - left).count >= categories.minimumRows else { continue }
        guard group >= categories.minimumRows else { continue }
        start = end + 1
        let gain = rules.gain(left, total - left, addedL2: categories.l2)
        guard gain > rules.threshold(total, NodeOutput()) else { continue }
        found.append(
          SplitCandidate(gain: gain, feature: 4, question: .isOneOf(BinSet(set)), left: left))
      }
    }
    return found.min { $0.precedes($1) }
  }
}
