import Testing

@testable import QuantCore

@Suite("Rows: which firms are candidates")
struct ExclusionTests {
  private func day(_ text: String) throws -> Int32 {
    try #require(CalendarDate(text)).daysSinceEpoch
  }

  private func deal(_ announced: String, _ completed: String?, _ withdrawn: String?) throws -> Deal
  {
    Deal(
      firm: 0, announced: try day(announced), completed: try completed.map(day) ?? .min,
      withdrawn: try withdrawn.map(day) ?? .min, tableRow: 0, dropReason: nil)
  }

  @Test("a deal is pending from its announcement until it ends, and then gone or free")
  func states() throws {
    func state(_ deal: Deal, _ on: String, _ pendingDays: Int = 730) throws -> DealState {
      DealState(deal, on: try day(on), pendingDays: pendingDays)
    }
    let completed = try deal("2015-03-31", "2015-06-30", nil)
    #expect(try state(completed, "2015-03-30") == .absent)
    #expect(try state(completed, "2015-03-31") == .pending)
    #expect(try state(completed, "2015-06-30") == .pending)
    #expect(try state(completed, "2015-07-01") == .completed)
    let withdrawn = try deal("2015-03-31", nil, "2015-06-30")
    #expect(try state(withdrawn, "2015-06-30") == .pending)
    #expect(try state(withdrawn, "2015-07-01") == .absent)
    let open = try deal("2015-03-31", nil, nil)
    #expect(try state(open, "2015-04-10", 10) == .pending)
    #expect(try state(open, "2015-04-11", 10) == .absent)
    // A completion in the future is not known: the deal counts as open, and no longer than one.
    let future = try deal("2015-03-31", "2018-01-01", nil)
    #expect(try state(future, "2015-04-11", 10) == .absent)
  }

  @Test("delisted, stale and not yet reporting firms give no row and are counted")
  func reasons() throws {
    let fixture = try TinyPanel.fixture(
      TinyPanel.configuration(
        rest:
          #","delistings":{"file":"gone.csv","firm":"gvkey","date":"last"},"rows":{"maximumAgeDays":100}"#
      ))
    try fixture.write("deals.csv", "gvkey,announced,completed,withdrawn\n001,2016-05-01,,\n")
    // 002 is listed on the decision date itself; a later delisting of the same firm changes nothing.
    try fixture.write(
      "gone.csv", "gvkey,last\n002,2015-06-30\n002,2015-12-01\n099,2015-01-01\n,2015-01-01\n003,\n")
    let text = TinyPanel.fundamentals.replacing("001,2015-06-30,2015-08-15,120,12\n", with: "")
    try fixture.write(
      "fundq.csv", text.replacing("003,2014-12-31,2015-02-25", with: "003,2014-12-31,2015-04-01"))
    let panel = try fixture.compile().panel
    let rows = try CompileFixture.table(panel).keys.sorted()
    #expect(
      rows == [
        "001 2015Q1", "001 2015Q2", "001 2015Q4", "002 2015Q1", "002 2015Q2", "003 2015Q2",
        "003 2015Q3", "003 2015Q4",
      ])
    #expect(panel.manifest.grid.rowsIn == 12)
    #expect(
      panel.manifest.grid.dropped == [
        DropCount(reason: "delisted", count: 2), DropCount(reason: "noRecord", count: 1),
        DropCount(reason: "staleRecord", count: 1),
      ])
    let delistings = try #require(panel.manifest.sources.first { $0.source == "delistings" })
    #expect(delistings.rowsUsed == 2)
    #expect(
      delistings.dropped == [
        DropCount(reason: "missingDate", count: 1), DropCount(reason: "missingFirm", count: 1),
        DropCount(reason: "unknownFirm", count: 1),
      ])
  }

  @Test("the standard keyset: rows with other values are dropped and counted by value")
  func keepRules() throws {
    let fixture = try TinyPanel.fixture(
      TinyPanel.configuration(
        fundamentals:
          #","keep":[{"column":"indfmt","values":["INDL"]},{"column":"consol","values":["C"]}]"#))
    try fixture.write(
      "fundq.csv",
      "gvkey,datadate,rdq,assets,cash,indfmt,consol\n001,2014-12-31,2015-02-15,1,1,INDL,C\n"
        + "001,2014-12-31,2015-02-15,2,1,FS,C\n001,2014-12-31,2015-02-15,3,1,INDL,P\n"
        + "001,2014-12-31,2015-02-15,4,1,,C\n,2014-12-31,2015-02-15,5,1,INDL,C\n"
        + "002,,2015-02-15,5,1,INDL,C\n002,2016-12-31,2017-02-15,5,1,INDL,C\n")
    let panel = try fixture.compile().panel
    #expect(try CompileFixture.table(panel)["001 2015Q1"]?["assets"] == 1)
    let account = panel.manifest.sources[0]
    #expect(account.rowsIn == 7 && account.rowsUsed == 1)
    #expect(
      account.dropped == [
        DropCount(reason: "keep consol=P", count: 1), DropCount(reason: "keep indfmt=", count: 1),
        DropCount(reason: "keep indfmt=FS", count: 1), DropCount(reason: "missingFirm", count: 1),
        DropCount(reason: "missingPeriodEnd", count: 1),
        DropCount(reason: "neverVisible", count: 1),
      ])
  }

  @Test("a grid without rows is refused with the reasons")
  func empty() throws {
    let fixture = try TinyPanel.fixture()
    try fixture.write(
      "fundq.csv", "gvkey,datadate,rdq,assets,cash\n001,2016-12-31,2017-02-15,1,1\n")
    #expect {
      try fixture.compile()
    } throws: { error in
      guard case CompileError.empty(let dropped) = error else { return false }
      return dropped == [DropCount(reason: "noRecord", count: 4)]
    }
  }

  @Test("without bounds the grid runs from the first record to the last quarter of the data")
  func bounds() throws {
    let fixture = try TinyPanel.fixture()
    fixture.configuration = fixture.configuration.replacing(
      #""grid":{"first":"2015Q1","last":"2015Q4"}"#, with: #""grid":{}"#)
    // Dated to 25 November, so the last quarter that ends within the data is the third.
    #expect(
      try fixture.compile().panel.periods.map(\.description) == ["2015Q1", "2015Q2", "2015Q3"])
  }
}
