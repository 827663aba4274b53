import Testing

@testable import QuantCore

@Suite("Leak audit: leaks by configuration, which compile and verify without complaint")
struct ConfiguredLeakTests {
  private let recorded = #"{"recorded":[{"source":"reports","day":"filed"}]}"#

  @Test(
    "Records that count from their period end are caught by the filing date in the file",
    arguments: [
      #""safeLagDays":0,"amendment":"amended""#, #""available":"end","amendment":"amended""#,
      #""safeLagDays":45,"amendment":"amended""#,
      #""safeLagDays":0,"amendment":"amended","restatements":"firstReported""#,
    ])
  func datesByPeriodEnd(availability: String) throws {
    var market = AuditMarket()
    market.availability = availability
    let screened = try market.audit(dates: ["2015-06-30"])
    #expect(screened.names(.availability) == ["reports"])
    #expect(screened.findings.contains { $0.explanation.contains("before 'filed'") })
    #expect(screened.names(.moved).isEmpty, "the compile's own days cannot show their mistake")
    // With the day stated apart, the same is proven value by value.
    market.audit = recorded
    let proven = try market.audit(dates: ["2015-06-30"])
    #expect(proven.names(.moved).isSuperset(of: ["cash", "cash_to_assets", "cash_rank"]))
    #expect(proven.sources(moving: "cash") == ["reports"])
    #expect(proven.names(.availability).isEmpty)
    #expect(proven.sources.first { $0.name == "reports" }?.isIndependent == true)
  }

  @Test("A date that is right passes with the day stated apart as well")
  func honestDates() throws {
    var market = AuditMarket()
    market.audit = recorded
    let report = try market.audit()
    #expect(report.isClean, "\(report.findings)")
    // A lag that covers every late filer is right, too; the look at the file must not cry wolf.
    market.audit = "{}"
    market.availability = #""safeLagDays":260,"amendment":"amended","conflicts":"drop""#
    #expect(try market.audit(dates: ["2015-06-30"]).isClean)
  }

  @Test("A column that was filled in later is caught by what it foretells, and by its day")
  func outcomeColumn() throws {
    var market = AuditMarket()
    market.values += #","status""#
    market.features += #",{"recipe":"level","of":["status"]}"#
    let suspected = try market.audit(dates: ["2015-06-30"])
    #expect(suspected.names(.outcome) == ["status"])
    #expect(suspected.names(.moved).isEmpty)
    market.audit = """
      {"recorded":[{"source":"reports","columns":["status"],"day":"status_day"}],"outcomeArea":1}
      """
    let proven = try market.audit(dates: ["2015-06-30"])
    #expect(proven.names(.moved) == ["status"])
    #expect(proven.names(.outcome).isEmpty)
  }

  @Test("A keep rule on such a column selects rows by their future")
  func outcomeKeepRule() throws {
    var market = AuditMarket()
    market.keep = #"{"column":"status","values":["1"]}"#
    #expect(try market.audit(dates: ["2015-06-30"]).names(.moved).isEmpty)
    market.audit = """
      {"recorded":[{"source":"reports","columns":["status"],"day":"status_day"}]}
      """
    let report = try market.audit(dates: ["2015-06-30"])
    #expect(report.names(.moved).contains("rows") || report.names(.moved).contains("metadata"))
    #expect(report.findings.contains { $0.source == "reports" })
  }

  @Test("A table of features that is the table of events was written when its deals were over")
  func eventsAsFeatures() throws {
    var market = AuditMarket()
    market.moreFundamentals = #"""
      ,{"name":"terms","file":"deals.csv","firm":"firm","periodEnd":"announced","safeLagDays":12,
        "frequency":"monthly","values":["price"]}
      """#
    market.features += #",{"recipe":"level","of":["price"]}"#
    let report = try market.audit()
    #expect(report.names(.moved) == ["price"])
    #expect(report.sources(moving: "price") == ["terms"])
  }

  @Test("Deals that are entered after their labels are taken for known move these labels")
  func lateEvents() throws {
    var market = AuditMarket()
    market.audit = #"{"recorded":[{"source":"events","day":"entered"}]}"#
    let early = try market.audit()
    #expect(early.names(.moved).isSuperset(of: ["y_6m", "rows"]))
    #expect(early.sources(moving: "y_6m") == ["events"])
    // Candidates are still chosen by deals that nobody knew; labels that wait are right.
    market.recordingLagDays = 140
    let late = try market.audit()
    #expect(late.names(.moved).contains("rows") && !late.names(.moved).contains("y_6m"))
  }
}
