import Testing

@testable import QuantCore

@Suite("Leak audit: recipes and learners that look ahead")
struct InjectedLeakTests {
  private func market(_ recipe: String) -> AuditMarket {
    var market = AuditMarket()
    market.recipes = .leaking
    market.features = #"{"recipe":"level","of":["cash"]},{"recipe":"\#(recipe)"}"#
    return market
  }

  @Test("A recipe that ignores availability is caught, with the record that moves it")
  func ignoredAvailability() throws {
    let report = try market("foreseeing").audit()
    #expect(report.names(.moved) == ["newest_cash"])
    #expect(report.sources(moving: "newest_cash") == ["reports"])
    #expect(Set(report.findings.compactMap(\.mutation)) == [.values, .added, .removed])
    // It stops after three dates with leaks.
    #expect(report.dates.count == 3 && report.skippedDates.count == 1)
    let finding = try #require(report.findings.first { $0.mutation == .values })
    let move = try #require(finding.move)
    #expect(finding.subject == .feature && finding.date == report.dates[0])
    #expect(move.firm == "F00" && move.period == Period("2013Q3") && move.old != move.new)
    // Line 22 is the last record of the first firm: 17 quarters, four of them restated.
    #expect(finding.record?.contains("reports.csv line 22, known on 2017-") == true, "\(finding)")
    #expect(finding.description.contains("feature newest_cash at 2013Q3 firm F00 was "))
    #expect(report.targets.first { $0.name == "cash" }?.moved == 0)
  }

  @Test("A cross-section that mixes decision dates is caught")
  func mixedDates() throws {
    let report = try market("mixedDates").audit()
    #expect(report.names(.moved) == ["cash_centered"])
    #expect(report.sources(moving: "cash_centered").isSuperset(of: ["decisions", "reports"]))
  }

  @Test("A price level is caught by its unit alone: no later line moves it")
  func priceLevel() throws {
    let report = try market("priceLevel").audit()
    #expect(report.names(.moved) == ["price_level"])
    #expect(report.findings.map(\.mutation) == [.rescaled])
    #expect(report.sources(moving: "price_level") == ["prices"])
    var allowed = market("priceLevel")
    allowed.audit = #"{"priceLevels":["price_level"]}"#
    #expect(try allowed.audit().isClean)
  }

  @Test("Raw prices on both sides of a split are caught, with a split table and without")
  func priceAcrossSplits() throws {
    let report = try market("priceAcrossSplits").audit()
    #expect(report.names(.moved) == ["raw_return"])
    #expect(report.findings.map(\.mutation) == [.rescaled])
  }

  @Test("Returns from adjusted closes do not depend on their unit; levels of them do")
  func adjustedCloses() throws {
    var honest = AuditMarket()
    honest.prices = #""close":"close","adjustedClose":"adjusted","volume":"volume""#
    #expect(try honest.audit(dates: ["2015-06-30"]).isClean)
    var leaking = market("priceLevel")
    leaking.prices = #""close":"adjusted""#
    let report = try leaking.audit(dates: ["2015-06-30"])
    #expect(report.names(.moved) == ["price_level"])
  }

  @Test("Predictions that look at later rows are caught")
  func peekingPredictions() throws {
    let peeking = AuditedPredictions(learner: "peeking") { period, _, panel in
      let features = try panel.features(upTo: panel.rowCount)
      let last = features.column(0)[panel.rowCount - 1]
      return (panel.rows(of: period) ?? 0..<0).map { Double(features.column(0)[$0] - last) }
    }
    let report = try AuditMarket().audit(predictions: peeking)
    #expect(Set(report.findings.compactMap(\.subject)) == [.predictions])
    #expect(report.names(.moved) == ["6m"])
  }

  @Test("Other training rows give another digest")
  func splitDigests() throws {
    let fixture = try CompileFixture(AuditMarket().compile, AuditMarket.files)
    defer { fixture.keep() }
    let compiler = try fixture.compiler()
    let content = try compiler.content(of: HeldTables()) { _ in }
    func digests(_ embargoDays: Int) throws -> [SplitDigest] {
      let panel = CompiledPanel(inMemory: content, embargoDays: embargoDays, recordingLagDays: 20)
      return TaskComparison(rule: SplitRule(), excludingRisky: false, predictions: nil)
        .splits(panel, upTo: .max)
    }
    let tasks = TaskComparison(rule: SplitRule(), excludingRisky: false, predictions: nil)
    let same = tasks.compare(try digests(0), try digests(0))
    #expect(same.moved == 0 && same.values > 1000)
    let other = tasks.compare(try digests(0), try digests(100))
    #expect(other.moved > 5 && other.first?.old != other.first?.new)
  }
}
