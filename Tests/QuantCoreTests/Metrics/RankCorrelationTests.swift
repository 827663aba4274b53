import QuantTestSupport
import Testing

@testable import QuantCore

@Suite("RankCorrelation")
struct RankCorrelationTests {
  @Test("Three rows by hand: two pairs agree, one does not")
  func literal() throws {
    #expect(try RankCorrelation.spearman([1, 2, 3], [10, 30, 20]) == .value(0.5))
    #expect(try RankCorrelation.kendall([1, 2, 3], [10, 30, 20]) == .value(1.0 / 3))
  }

  @Test("SciPy's values, with and without ties, to 1e-14")
  func scipy() throws {
    let document = try JSONFixture(path: FixtureFile.path("metrics/correlations.json"))
    let cases = try document.member("cases").list
    #expect(cases.count == 10)
    for item in cases {
      let (first, second) = (
        try item.member("first").numbers(), try item.member("second").numbers()
      )
      let name = try item.member("name").text()
      let (spearman, kendall) = (
        try RankCorrelation.spearman(first, second).number ?? .nan,
        try RankCorrelation.kendall(first, second).number ?? .nan
      )
      // SciPy sums ranks in floating point; here they are integers.
      #expect(abs(spearman - (try item.member("spearman").number())) < 1e-14, "\(name)")
      #expect(abs(kendall - (try item.member("kendall").number())) < 1e-14, "\(name)")
    }
  }

  /// Tau-b by looking at every pair.
  private func pairwise(_ first: [Double], _ second: [Double]) -> Double {
    func sign(_ a: Double, _ b: Double) -> Int { a < b ? -1 : a > b ? 1 : 0 }
    var (sum, left, right) = (0, 0, 0)
    for row in first.indices {
      for other in 0..<row {
        let (a, b) = (sign(first[row], first[other]), sign(second[row], second[other]))
        sum += a * b
        left += a * a
        right += b * b
      }
    }
    return Double(sum) / (Double(left) * Double(right)).squareRoot()
  }

  @Test("Every pair looked at gives the same tau", arguments: 1...20)
  func reference(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = 2 + Int(random.next() % 90)
    let first = (0..<count).map { _ in Double(random.next() % 12) }
    let second = (0..<count).map { _ in Double(random.next() % 40) - 20 }
    #expect(try RankCorrelation.kendall(first, second) == .value(pairwise(first, second)))
  }

  @Test(
    "Sides may be exchanged, rows reordered, numbers transformed, an order turned", arguments: 1...5
  )
  func laws(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let first = (0..<2_000).map { _ in Double(random.next() % 700) }
    let second = first.map { $0 + Double(random.next() % 500) }
    let order = first.indices.shuffled(using: &random)
    func check(_ measure: ([Double], [Double]) throws -> MetricValue) throws {
      let value = try measure(first, second)
      #expect(try measure(second, first) == value)
      #expect(try measure(order.map { first[$0] }, order.map { second[$0] }) == value)
      #expect(try measure(first.map { $0 * $0 * $0 }, second) == value)
      #expect(try measure(first, second.map { -$0 }) == value.map { -$0 })
      #expect(try measure(first, first) == .value(1))
      #expect(try measure(first, first.map { -$0 }) == .value(-1))
    }
    try check { try RankCorrelation.spearman($0, $1) }
    try check { try RankCorrelation.kendall($0, $1) }
  }

  @Test("Infinite numbers have an order, and both zeros are one number")
  func special() throws {
    let ordered: [Double] = [-.infinity, -1, 0, .infinity]
    #expect(try RankCorrelation.kendall(ordered, [1, 2, 3, 4]) == .value(1))
    #expect(try RankCorrelation.spearman([0.0, -0.0, 1], [1, 1, 2]) == .value(1))
  }

  @Test("Without two numbers on each side nothing is defined; NaN and lengths are errors")
  func failures() throws {
    #expect(try RankCorrelation.spearman([], []) == .undefined("fewer than two rows"))
    #expect(try RankCorrelation.kendall([1], [2]) == .undefined("fewer than two rows"))
    #expect(
      try RankCorrelation.kendall([1, 2], [4, 4])
        == .undefined("one value: the second column holds a single number"))
    #expect(throws: MetricError.columns(first: 2, second: 1)) {
      try RankCorrelation.spearman([1, 2], [1])
    }
    let error = #expect(throws: MetricError.self) {
      try RankCorrelation.kendall([1, .nan], [1, 2])
    }
    #expect(error?.description == "value of row 1 is nan; accepted: a number, not NaN")
  }
}
