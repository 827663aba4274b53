import Testing

@testable import QuantCore

@Suite("Identifiers: dated links to firms")
struct IdentifierTests {
  private func fixture(_ links: String) throws -> CompileFixture {
    let fixture = try TinyPanel.fixture(
      TinyPanel.configuration(
        rest:
          #","identifiers":{"file":"ids.csv","identifier":"cik","firm":"gvkey","from":"a","to":"b"}"#,
        events: #","isMapped":true"#))
    try fixture.write("ids.csv", "cik,gvkey,a,b\n" + links)
    return fixture
  }

  @Test("an identifier leads to the firm that had it on the day")
  func dated() throws {
    let fixture = try fixture("0000000077,001,2015-01-01,2015-06-30\n0000000077,003,2015-07-01,\n")
    try fixture.write(
      "deals.csv",
      "gvkey,announced,completed,withdrawn\n0000000077,2015-06-30,,2015-07-02\n0000000077,2015-07-01,,\n"
        + "0000000077,2014-12-31,,\n88,2015-09-30,,\n")
    let panel = try fixture.compile().panel
    let labels = try CompileFixture.labels(panel, 3)
    #expect(labels["001 2015Q1"] == 1)
    #expect(labels["003 2015Q1"] == 0)
    #expect(labels["003 2015Q2"] == 1)
    #expect(panel.manifest.coverage["mappedEvents"] == 0.5)
    let events = try #require(panel.manifest.sources.first { $0.source == "events" })
    #expect(events.dropped == [DropCount(reason: "unmappedIdentifier", count: 2)])
  }

  @Test("links to two firms on one day are refused, whatever the order; to one firm they merge")
  func overlaps() throws {
    let links = ["7,001,2015-01-01,2015-06-30\n", "7,003,2015-06-30,2015-12-31\n"]
    for order in [links, links.reversed()] {
      #expect {
        try fixture(order.joined()).compile()
      } throws: { error in
        guard
          case CompileError.ambiguousIdentifier("7", ["001", "003"], let day, _, [2, 3]) = error
        else { return false }
        return day.description == "2015-06-30"
      }
    }
    // A link inside another, seen through a third.
    #expect(throws: CompileError.self) {
      try fixture("7,001,,\n7,001,2015-02-01,2015-03-01\n7,003,2015-05-01,\n").compile()
    }
    let merged = try fixture(
      "7,001,2015-01-01,2015-06-30\n7,001,2015-03-01,\n7,002,2015-02-01,2015-01-01\n,001,,\n8,,,\n")
    let account = try merged.compile().panel.manifest.sources[0]
    #expect(account.source == "identifiers" && account.rowsUsed == 2)
    #expect(
      account.dropped == [
        DropCount(reason: "emptyInterval", count: 1), DropCount(reason: "missingFirm", count: 1),
        DropCount(reason: "missingIdentifier", count: 1),
      ])
  }

  @Test("a source that wants a map without one is refused")
  func missingMap() throws {
    let fixture = try TinyPanel.fixture(TinyPanel.configuration(events: #","isMapped":true"#))
    #expect {
      try fixture.compile()
    } throws: { error in
      guard case CompileError.configuration(let error) = error else { return false }
      return error.parameter == "compile.events.isMapped"
    }
  }

  @Test("zero padding belongs to the firm, and firms are sorted by bytes")
  func padding() throws {
    let fixture = try TinyPanel.fixture()
    try fixture.write(
      "fundq.csv",
      "gvkey,datadate,rdq,assets,cash\n10,2014-12-31,2015-02-15,1,1\n010,2014-12-31,2015-02-15,2,1\n"
        + "9,2014-12-31,2015-02-15,3,1\nB,2014-12-31,2015-02-15,4,1\na,2014-12-31,2015-02-15,5,1\n")
    let panel = try fixture.compile().panel
    let first = try #require(panel.manifest.periods.first)
    #expect(first.rows.map { panel.firmKeys[$0] } == ["010", "10", "9", "B", "a"])
  }
}
