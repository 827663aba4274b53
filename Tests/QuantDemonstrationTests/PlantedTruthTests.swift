import QuantCore
import QuantDemonstration
import Testing

@Suite("Demonstration data: what is planted, at size small")
struct PlantedTruthTests {
  @Test("deals are announced at 1 to 1.5 % a quarter, as often as the hazards say")
  func baseRate() {
    let hazards = smallTruth.hazards
    let rate = Double(hazards.count { $0.hasDeal }) / Double(hazards.count)
    let expected = hazards.reduce(0) { $0 + $1.hazard.probability } / Double(hazards.count)
    #expect((0.01...0.015).contains(rate))
    // Three standard deviations of a binomial count.
    let deviation = (expected * (1 - expected) / Double(hazards.count)).squareRoot()
    #expect((rate - expected).magnitude < 3 * deviation)
  }

  @Test("hazards follow their formula")
  func formula() throws {
    for record in smallTruth.hazards.prefix(2000) {
      let hazard = record.hazard
      let product = 0.008 * hazard.wave * hazard.linear * hazard.bargain * hazard.mismatch
      #expect(hazard.probability == min(0.25, product))
      #expect((0.6...1.4).contains(hazard.wave))
      let sameSign = (record.known.growth > 0) == (record.known.leverage > 0)
      #expect(hazard.mismatch == (sameSign ? 2.2 : 0.4))
    }
  }

  @Test("a linear model is clearly better than chance, and clearly worse than the truth")
  func linearAndInteraction() {
    let hazards = smallTruth.hazards
    let labels = hazards.map(\.hasDeal)
    let rows = hazards.map { record -> [Double] in
      let known = record.known
      return [
        known.profit, known.cash, known.leverage, known.growth,
        known.assets / (known.assets + 500), min(known.bookToMarket, 3),
      ]
    }
    let linear = areaUnderCurve(linearDiscriminant(rows, labels), labels)
    let best = areaUnderCurve(hazards.map(\.hazard.probability), labels)
    #expect((0.62...0.74).contains(linear), "linear \(linear)")
    #expect(best > linear + 0.06, "best \(best), linear \(linear)")
    #expect(best > 0.75)
  }

  @Test("neither half of the exclusive or says anything alone")
  func exclusiveOr() {
    let hazards = smallTruth.hazards
    let labels = hazards.map(\.hasDeal)
    let growth = areaUnderCurve(hazards.map(\.known.growth), labels)
    let leverage = areaUnderCurve(hazards.map(\.known.leverage), labels)
    let both = areaUnderCurve(hazards.map(\.hazard.mismatch), labels)
    #expect((growth - 0.5).magnitude < 0.06, "\(growth)")
    #expect((leverage - 0.5).magnitude < 0.06, "\(leverage)")
    #expect(both > 0.64, "\(both)")
  }

  @Test("3 % of the records are restated, and who knows that early knows the deals")
  func restatements() throws {
    let truth = smallTruth
    let share = Double(truth.restatements.count) / Double(truth.reportCount)
    #expect((0.025...0.035).contains(share), "\(share)")
    for restatement in truth.restatements {
      #expect(restatement.restated > restatement.firstFiled)
      let change = restatement.second - restatement.first
      if change.isNaN { continue }
      #expect(restatement.followsDeal == (change < -0.011))
    }
    let early = truth.restatements.count { $0.followsDeal }
    #expect(early > truth.restatements.count / 2)
  }

  @Test("4 to 6 % of the reports come more than 90 days after the period end")
  func lateFilers() {
    let share = Double(smallTruth.lateReportCount) / Double(smallTruth.reportCount)
    #expect((0.04...0.06).contains(share), "\(share)")
  }

  @Test("deals end 30 to 300 days after their announcement, 15 % of them by withdrawal")
  func dealLengths() {
    let deals = smallTruth.deals
    for deal in deals {
      #expect((30...300).contains(deal.resolved.days(since: deal.announced)))
      #expect((deal.completed == nil) == (deal.withdrawn != nil))
    }
    let withdrawn = Double(deals.count { $0.withdrawn != nil }) / Double(deals.count)
    #expect((0.11...0.19).contains(withdrawn), "\(withdrawn)")
  }

  @Test("no firm has two deals at once, and completed targets leave")
  func dealsAreApart() {
    let byFirm = Dictionary(grouping: smallTruth.deals, by: \.gvkey)
    let left = Dictionary(
      uniqueKeysWithValues: smallTruth.leavings.map { ($0.gvkey, $0) })
    for (firm, deals) in byFirm {
      for (one, next) in zip(deals, deals.dropFirst()) { #expect(next.announced > one.resolved) }
      for deal in deals {
        guard let completed = deal.completed,
          completed < DemonstrationSize.small.lastPeriod.lastDay.addingDays(-7)
        else { continue }
        #expect(left[firm]?.reason == .merger)
        #expect((0...4).contains(completed.days(since: left[firm]?.date ?? completed)))
      }
    }
  }

  @Test("about 6 % of the deals do not lead to their target")
  func unmapped() {
    let share = Double(smallTruth.deals.count { !$0.isMapped }) / Double(smallTruth.deals.count)
    #expect((0.05...0.075).contains(share), "\(share)")
    #expect(smallTruth.deals.contains { $0.reportedCIK == "" })
    #expect(smallTruth.deals.contains { !$0.isMapped && $0.reportedCIK != "" })
    #expect(smallTruth.deals.allSatisfy { !$0.isMapped || $0.reportedCIK.utf8.count == 10 })
  }

  @Test("targets split after good news far more often than others")
  func splitsLeak() {
    let splits = Dictionary(grouping: smallTruth.splits, by: \.gvkey)
    func splitsSoon(_ firm: String, after date: CalendarDate) -> Bool {
      splits[firm, default: []].contains {
        $0.factor > 1 && (1...60).contains($0.date.days(since: date))
      }
    }
    let deals = smallTruth.deals
    let targets = Double(deals.count { splitsSoon($0.gvkey, after: $0.announced) })
    let share = targets / Double(deals.count)
    let rows = smallTruth.hazards.filter { !$0.hasDeal }
    let others = rows.count {
      splitsSoon($0.gvkey, after: $0.period.advanced(by: -1).lastDay)
    }
    #expect(share > 0.15, "\(share)")
    #expect(share > 5 * Double(others) / Double(rows.count))
    #expect(smallTruth.splits.contains { $0.factor < 1 })
  }

  @Test("firms also leave by bankruptcy, most of them unprofitable ones")
  func bankruptcies() throws {
    let leavings = smallTruth.leavings
    let failures = leavings.filter { $0.reason == .bankruptcy }
    #expect(failures.count > 40 && failures.count < leavings.count / 2)
    #expect(leavings.contains { $0.reason == .voluntary })
    let last = Dictionary(
      smallTruth.hazards.map { ($0.gvkey, $0.known.profit) }, uniquingKeysWith: { $1 })
    let weak = failures.count { (last[$0.gvkey] ?? 0) < -1 }
    #expect(weak > failures.count / 2)
  }

  @Test("the base rate moves in waves")
  func drift() {
    let byWave = Dictionary(grouping: smallTruth.hazards) { $0.hazard.wave > 1 }
    func rate(_ isHigh: Bool) -> Double {
      let rows = byWave[isHigh, default: []]
      return Double(rows.count { $0.hasDeal }) / Double(rows.count)
    }
    #expect(rate(true) > 1.2 * rate(false), "\(rate(true)) and \(rate(false))")
  }
}
