import QuantCore
import QuantTestSupport
import Testing

@Suite("Single quarters and trailing years, the reference")
struct NaiveFlowsTests {
  private typealias Quarter = NaiveFlows.Quarter

  /// The same flows as each way of counting reports them.
  private func reports(
    _ counting: NaiveFlows.Counting, years: Int, flow: (Int, Int) -> Double
  ) -> NaiveFlows {
    var reported: [Quarter: Double] = [:]
    for year in 2000..<(2000 + years) {
      let toDate = (1...4).map { last in (1...last).map { flow(year, $0) }.reduce(0, +) }
      for quarter in 1...4 {
        reported[Quarter(year, quarter)] =
          switch counting {
          case .single: flow(year, quarter)
          case .yearToDate: toDate[quarter - 1]
          case .quarterThenYear: quarter == 4 ? toDate[3] : flow(year, quarter)
          }
      }
    }
    return NaiveFlows(counting, reported)
  }

  @Test("10, 25, 45, 70 to date are quarters of 10, 15, 20, 25")
  func yearToDate() {
    var flows = NaiveFlows(
      .yearToDate,
      [
        Quarter(2014, 1): 10, Quarter(2014, 2): 25, Quarter(2014, 3): 45, Quarter(2014, 4): 70,
        Quarter(2015, 1): 12,
      ])
    #expect((1...4).map { flows.single(Quarter(2014, $0)) } == [10, 15, 20, 25])
    #expect(flows.trailingYear(Quarter(2014, 4)) == 70)
    #expect(flows.trailingYear(Quarter(2015, 1)) == 72)
    flows.reported[Quarter(2014, 2)] = nil
    #expect((1...4).map { flows.single(Quarter(2014, $0)) } == [10, nil, nil, 25])
    // Neither trailing year needs the second quarter.
    #expect(flows.trailingYear(Quarter(2014, 4)) == 70)
    #expect(flows.trailingYear(Quarter(2015, 1)) == 72)
  }

  @Test("10, 15, 20 and a year of 70 leave 25 for the fourth quarter")
  func quarterThenYear() {
    var flows = NaiveFlows(
      .quarterThenYear,
      [
        Quarter(2014, 1): 10, Quarter(2014, 2): 15, Quarter(2014, 3): 20, Quarter(2014, 4): 70,
        Quarter(2015, 1): 12,
      ])
    #expect((1...4).map { flows.single(Quarter(2014, $0)) } == [10, 15, 20, 25])
    #expect(flows.trailingYear(Quarter(2015, 1)) == 72)
    flows.reported[Quarter(2014, 2)] = nil
    #expect(flows.single(Quarter(2014, 4)) == nil)
    #expect(flows.trailingYear(Quarter(2014, 4)) == 70)
    // The first quarter of 2015 in, that of 2014 out; the second is in the year already.
    #expect(flows.trailingYear(Quarter(2015, 1)) == 72)
    flows.reported[Quarter(2015, 2)] = 16
    #expect(flows.trailingYear(Quarter(2015, 2)) == nil)
    flows.reported[Quarter(2014, 2)] = 15
    #expect(flows.trailingYear(Quarter(2015, 2)) == 73)
  }

  @Test("All ways of counting tell the same flows", arguments: NaiveFlows.Counting.allCases)
  func agreement(_ counting: NaiveFlows.Counting) {
    var random = SplitMix64(seed: 3)
    let table = (0..<5).map { _ in (0..<4).map { _ in Double(random.next() % 1000) - 300 } }
    let flows = reports(counting, years: 5) { table[$0 - 2000][$1 - 1] }
    for year in 2000..<2005 {
      for quarter in 1...4 {
        let at = Quarter(year, quarter)
        #expect(flows.single(at) == table[year - 2000][quarter - 1])
        let sum = (0..<4).reduce(0.0) { sum, back in
          let earlier = at.earlier(back)
          return sum
            + (earlier.year < 2000 ? .nan : table[earlier.year - 2000][earlier.quarter - 1])
        }
        #expect(flows.trailingYear(at) == (sum.isNaN ? nil : sum))
      }
    }
  }
}
