import Testing

@testable import QuantCore

@Suite("Leak audit: an honest panel")
struct LeakAuditTests {
  @Test("Nothing moves, every source is changed in every way, and all is counted")
  func honest() throws {
    let report = try AuditMarket().audit(predictions: meanScores)
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(report.dates.count == 4 && report.skippedDates.isEmpty)
    #expect(
      report.sources.map(\.name)
        == ["decisions", "identifiers", "events", "delistings", "reports", "prices"])
    for source in report.sources {
      #expect(source.poisoned > 0, "\(source)")
      for mutation in Mutation.allCases {
        let lines = report.lines.filter { $0.source == source.name && $0.mutation == mutation }
        let isMeant =
          switch mutation {
          case .rescaled: source.name == "prices"
          case .removed: true
          default: source.name != "decisions"
          }
        #expect(lines.count == (isMeant ? 4 : 0), "\(source.name) \(mutation)")
        #expect(lines.allSatisfy { $0.rows > 0 && $0.values > $0.rows && $0.moved == 0 })
      }
    }
    // 4 dates, 4 mutations and the unchanged panel twice.
    #expect(report.compiles == 18)
    let features = report.targets.filter { $0.subject == .feature }
    #expect(features.count == 12)
    #expect(features.allSatisfy { $0.comparisons == 16 && $0.bytes == 4 * $0.values })
    for subject in AuditSubject.allCases {
      let own = report.targets.filter { $0.subject == subject }
      #expect(!own.isEmpty && own.allSatisfy { $0.values > 0 && $0.moved == 0 }, "\(subject)")
    }
  }

  /// Scores that a task may know: the sum of its features, and the mean label of its training rows.
  private var meanScores: AuditedPredictions {
    AuditedPredictions(learner: "mean") { period, horizon, panel in
      var rule = SplitRule()
      rule.minimumEvents = 2
      guard
        let split = try? WindowSplit.make(
          for: period, horizon: horizon, in: panel, rule: rule, needsTestLabels: false),
        let labels = panel.labels(horizon)
      else { return nil }
      let mean =
        split.training.reduce(0.0) { $0 + Double(labels.y[Int($1)]) } / Double(split.training.count)
      let features = try panel.features(upTo: split.test.upperBound)
      return split.test.map { row in
        (0..<panel.featureCount).reduce(mean) { sum, feature in
          let value = features.column(feature)[row]
          return value.isNaN ? sum : sum + Double(value)
        }
      }
    }
  }

  @Test("Random sources with all awkward cases", arguments: 1...3)
  func randomTables(seed: UInt64) throws {
    let fixture = try RandomTables(seed: seed).fixture()
    defer { fixture.keep() }
    var rule = AuditRule()
    rule.dates = 6
    let report = try LeakAudit(try fixture.compiler(), rule: rule, seed: seed).run()
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(report.dates.count == 6)
  }

  @Test("A report does not depend on threads, and another seed makes other poisons")
  func determinism() throws {
    var market = AuditMarket()
    market.recipes = .leaking
    market.features = #"{"recipe":"level","of":["cash"]},{"recipe":"foreseeing"}"#
    let one = try market.audit(dates: ["2015-06-30"])
    let two = try market.audit(dates: ["2015-06-30"], threads: 3)
    #expect(one.findings == two.findings && one.lines == two.lines && one.targets == two.targets)
    #expect(
      RunTables.leakAudit(one).encoded() == RunTables.leakAudit(two).encoded())
    let bits = (1...2).map { seed in
      Poison(mutation: .values, cut: 0, seed: seed).bits(7, 1)
    }
    #expect(bits[0] != bits[1])
  }

  @Test("Too few decisions get dates between them, too many are thinned out")
  func dates() {
    #expect(AuditDates.spread(3, over: [10, 20, 30, 40, 50], before: 99) == [10, 30, 50])
    #expect(AuditDates.spread(1, over: [10, 20, 30], before: 99) == [20])
    #expect(AuditDates.spread(5, over: [0, 40], before: 60) == [0, 10, 20, 30, 40])
    #expect(AuditDates.spread(9, over: [0, 2], before: 4) == [0, 1, 2])
    #expect(AuditDates.spread(2, over: [0], before: 4) == [0, 2])
    #expect(AuditDates.spread(9, over: [], before: 4).isEmpty)
  }

  @Test("A date before the first known label, and a source that is not there, are refused")
  func refusals() throws {
    #expect(throws: AuditError.self) { try AuditMarket().audit(dates: ["2001-01-01"]) }
    var market = AuditMarket()
    market.audit = #"{"recorded":[{"source":"report","day":"filed"}]}"#
    do {
      _ = try market.audit()
      Issue.record("accepted")
    } catch AuditError.compile(.configuration(let error)) {
      #expect(error.parameter == "audit.recorded[0].source")
      #expect(error.accepted.contains("reports"))
    }
    market.audit = #"{"recorded":[{"source":"reports","day":"cash"}]}"#
    #expect(throws: AuditError.self) { try market.audit() }
    market.audit = #"{"priceLevels":["no_such"]}"#
    #expect(throws: AuditError.self) { try market.audit() }
  }

  @Test("A date after which nothing comes, and a source that is never changed, fail the audit")
  func nothingPoisoned() throws {
    var market = AuditMarket()
    let sources: Set = ["reports", "events", "delistings", "prices"]
    // An open link may end on any day.
    #expect(try market.audit(dates: ["2030-01-01"]).names(.nothingPoisoned) == sources)
    market.audit = #"{"undated":["identifiers"]}"#
    let late = try market.audit(dates: ["2030-01-01"])
    #expect(late.names(.nothingPoisoned) == sources.union(["2030-01-01"]))
    let almost = try AuditMarket().audit(dates: ["2016-09-30"])
    #expect(almost.names(.nothingPoisoned) == ["delistings"])
    market.audit = #"{"undated":["delistings"]}"#
    #expect(try market.audit(dates: ["2016-09-30"]).isClean)
  }
}
