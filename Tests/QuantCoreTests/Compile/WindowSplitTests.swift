import QuantCore
import QuantTestSupport
import Testing

@Suite("WindowSplit")
struct WindowSplitTests {
  private func period(_ text: String) throws -> Period { try #require(Period(text)) }

  private func rule(stop: Int, minimum: Int = 1) -> SplitRule {
    var rule = SplitRule()
    rule.stopPeriods = stop
    rule.minimumEvents = minimum
    rule.calibratePeriods = 2
    return rule
  }

  /// Six quarters from 2000Q1 with two rows each: one event, one non-event.
  private var small: MemoryPanel {
    var panel = MemoryPanel(periods: 6, rowsPerPeriod: 2)
    let labels = (0..<12).map { UInt8($0 % 2) }
    panel.horizons = [3, 6]
    panel.fixedLabels = [
      3: Array(labels.prefix(10)) + [255, 255], 6: Array(labels.prefix(8)) + [255, 255, 255, 255],
    ]
    return panel
  }

  @Test("Two rows a quarter, by hand")
  func byHand() throws {
    let panel = small.make()
    let short = try WindowSplit.make(
      for: period("2001Q1"), horizon: Horizon(months: 3), in: panel, rule: rule(stop: 1))
    // At 2001-03-31 the labels of 2000Q4 are just known.
    #expect(short.window == 0..<8)
    #expect(short.training == Array(0..<8))
    #expect(short.stop == [6, 7])
    #expect(short.fit == Array(0..<6))
    #expect(short.calibrate == [4, 5, 6, 7])
    #expect(short.test == 8..<10)
    #expect(short.stopping == .tail(periods: [try period("2000Q4")]))
    #expect(short.counts.testEvents == 1)

    let long = try WindowSplit.make(
      for: period("2001Q1"), horizon: Horizon(months: 6), in: panel, rule: rule(stop: 1),
      needsTestLabels: false)
    // Six months ahead 2000Q3 is the last known; its decision knows 2000Q1 alone.
    #expect(long.training == Array(0..<6))
    #expect(long.stop == [4, 5])
    #expect(long.fit == [0, 1])
    #expect(long.counts.purged == 2)
    #expect(long.counts.notYetKnown == 2)
    #expect(long.counts.testUnknown == 2)
    // What is prepared does not depend on the horizon.
    #expect(long.window == short.window)
  }

  @Test("A day of embargo holds back the labels that are known on the day itself")
  func embargo() throws {
    var maker = small
    maker.embargoDays = 1
    let split = try WindowSplit.make(
      for: period("2001Q1"), horizon: Horizon(months: 3), in: maker.make(), rule: rule(stop: 1))
    #expect(split.training == Array(0..<6))
    #expect(split.stop == [4, 5])
    #expect(split.fit == [0, 1])
  }

  @Test("A rolling window looks back over whole periods")
  func rolling() throws {
    var rolling = rule(stop: 1)
    rolling.windowPeriods = 3
    let split = try WindowSplit.make(
      for: period("2001Q1"), horizon: Horizon(months: 3), in: small.make(), rule: rolling)
    #expect(split.window == 2..<8)
    #expect(split.training == Array(2..<8))
    #expect(split.fit == Array(2..<6))
  }

  @Test("Without enough data for a stop tail the number of iterations is fixed, with counts")
  func fixedIterations() throws {
    let panel = small.make()
    func plan(_ rule: SplitRule) throws -> StoppingPlan {
      try WindowSplit.make(
        for: period("2001Q1"), horizon: Horizon(months: 3), in: panel, rule: rule
      ).stopping
    }
    #expect(try plan(rule(stop: 0)) == .fixed(.notAsked))
    #expect(try plan(rule(stop: 4)) == .fixed(.tooFewPeriods(available: 4, needed: 5)))
    let scarce = FixedIterationsReason.tooFewEvents(
      fitEvents: 3, fitRows: 6, stopEvents: 1, stopRows: 2, minimum: 2)
    #expect(try plan(rule(stop: 1, minimum: 2)) == .fixed(scarce))
    #expect(scarce.description.contains("fit has 3 events in 6 rows and stop 1 in 2"))
    let split = try WindowSplit.make(
      for: period("2001Q1"), horizon: Horizon(months: 3), in: panel, rule: rule(stop: 0))
    #expect(split.fit == split.training)
    #expect(split.stop.isEmpty)
  }

  @Test("Equal to the definition, and nothing of the future matters", arguments: 1...12)
  func definition(seed: Int) throws {
    var maker = MemoryPanel(rowCounts: (0..<16).map { 20 + ($0 * 7 + seed) % 9 })
    maker.horizons = [3, 12]
    maker.recordingLagDays = seed % 3 * 20
    maker.embargoDays = seed % 4 * 15
    maker.riskyShare = seed % 2 == 0 ? 0.2 : 0
    maker.seed = UInt64(seed)
    let panel = maker.make()
    var rule = rule(stop: 1 + seed % 3)
    rule.windowPeriods = seed % 5 == 0 ? 9 : nil
    for months in maker.horizons {
      let horizon = Horizon(months: months)
      let labels = try #require(panel.labels(horizon))
      let entry = panel.manifest.periods[14]
      let split = try WindowSplit.make(
        for: entry.period, horizon: horizon, in: panel, rule: rule, excludingRisky: true,
        needsTestLabels: false)
      func isKnown(_ row: Int, by date: CalendarDate) -> Bool {
        CalendarDate(daysSinceEpoch: labels.knownOn[row]).addingDays(maker.embargoDays) <= date
      }
      let expected = split.window.filter {
        labels.y[$0] != 255 && isKnown($0, by: entry.decisionDate) && panel.riskFlags[$0] == 0
      }
      #expect(split.training.map { Int($0) } == expected, "seed \(seed)")
      if case .tail(let periods) = split.stopping {
        let first = try #require(periods.first.flatMap { panel.entry(of: $0) })
        #expect(split.stop.allSatisfy { Int($0) >= first.firstRow })
        #expect(
          split.fit.map { Int($0) }
            == expected.filter { $0 < first.firstRow && isKnown($0, by: first.decisionDate) })
      }
      #expect(Set(split.fit).isDisjoint(with: split.stop))
      #expect(split.training.allSatisfy { Int($0) < split.test.lowerBound })
      #expect(Set(split.calibrate).isSubset(of: split.training))
      let counts = split.counts
      #expect(counts.windowRows == counts.trainingRows + counts.notYetKnown + counts.risky)
      #expect(counts.trainingRows == counts.fitRows + counts.stopRows + counts.purged)

      // Turning every label that is not known yet into its opposite leaves the rows as they are.
      var poisoned = maker
      poisoned.fixedLabels = [
        months: (0..<panel.rowCount).map { row in
          let y = labels.y[row]
          return isKnown(row, by: entry.decisionDate) || y == 255 ? y : 1 - y
        }
      ]
      let other = try WindowSplit.make(
        for: entry.period, horizon: horizon, in: poisoned.make(), rule: rule,
        excludingRisky: true, needsTestLabels: false)
      #expect(other.training == split.training && other.fit == split.fit)
      #expect(other.stop == split.stop && other.calibrate == split.calibrate)
    }
  }

  @Test("Refusals say what, how many, and what the panel supports")
  func refusals() throws {
    let panel = small.make()
    let three = Horizon(months: 3)
    func refusal(_ text: String, _ horizon: Horizon, _ panel: CompiledPanel) -> SplitError? {
      #expect(throws: SplitError.self) {
        try WindowSplit.make(for: period(text), horizon: horizon, in: panel, rule: rule(stop: 1))
      }
    }
    #expect(
      refusal("2002Q1", three, panel)?.description
        == "period 2002Q1 is not in the panel; accepted: 2000Q1 to 2001Q2")
    #expect(refusal("2000", three, panel)?.isSkippable == false)
    #expect(
      refusal("2001Q1", Horizon(months: 9), panel)?.description
        == "horizon of 9 months is not in the panel; accepted: 3, 6")
    let support =
      "accepted: 3m: evaluate 2000Q2 to 2001Q1, rank to 2001Q2; "
      + "6m: evaluate 2000Q3 to 2000Q4, rank to 2001Q2"
    #expect(
      refusal("2000Q2", Horizon(months: 6), panel)?.description
        == "2000Q2, 6m: of 2 earlier rows none has a label known by 2000-06-30; the first is "
        + "known on 2000-09-30; \(support)")
    #expect(
      refusal("2000Q1", three, panel)?.description
        == "2000Q1, 3m: of 0 earlier rows none has a label known by 2000-03-31; \(support)")
    #expect(
      refusal("2001Q2", three, panel)?.description
        == "2001Q2, 3m: none of 2 labels is known before 2001-09-30, so the period can be ranked "
        + "but not evaluated; \(support)")

    var oneClass = small
    oneClass.fixedLabels[3] = (0..<12).map { $0 < 6 ? 0 : $0 < 10 ? UInt8($0 % 2) : 255 }
    #expect(
      refusal("2000Q4", three, oneClass.make())?.description.hasPrefix(
        "2000Q4, 3m: training data has one class only: 0 events in 6 rows; accepted: 3m: evaluate "
          + "2001Q1 to 2001Q1") == true)

    var gap = MemoryPanel(rowCounts: [40, 40, 0, 40])
    gap.intercept = 0
    #expect(
      refusal("2000Q3", three, gap.make())?.description.hasPrefix("period 2000Q3 has no rows")
        == true)
  }

  @Test("The rule reads its fields and refuses others")
  func configuration() throws {
    var reader = try ConfigurationReader(
      .object(["stopPeriods": .integer(2), "windowPeriods": .integer(20)]), path: "train.split")
    let rule = try SplitRule(from: &reader)
    try reader.finish()
    #expect(rule.stopPeriods == 2 && rule.windowPeriods == 20 && rule.calibratePeriods == 8)
    var wrong = try ConfigurationReader(.object(["stopPeriods": .integer(-1)]), path: "s")
    #expect(throws: ConfigurationError.self) { try SplitRule(from: &wrong) }
  }
}
