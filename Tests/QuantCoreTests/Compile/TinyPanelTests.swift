import Testing

@testable import QuantCore

@Suite("A panel of three firms and four quarters")
struct TinyPanelTests {
  @Test("rows, features and labels are those worked out by hand")
  func literal() throws {
    let fixture = try TinyPanel.fixture()
    let outcome = try fixture.compile()
    let panel = outcome.panel
    #expect(!outcome.isCacheHit)
    #expect(panel.featureNames == ["assets", "cash"])
    let table = try CompileFixture.table(panel)
    // 002 is pending at 2015Q3 and acquired at 2015Q4.
    #expect(
      table.keys.sorted() == [
        "001 2015Q1", "001 2015Q2", "001 2015Q3", "001 2015Q4", "002 2015Q1", "002 2015Q2",
        "003 2015Q1", "003 2015Q2", "003 2015Q3",
      ])
    #expect(table["001 2015Q1"]?["assets"] == 100)
    #expect(table["001 2015Q4"]?["assets"] == 130)
    #expect(table["003 2015Q3"]?["cash"]?.isNaN == true)
    let labels = try CompileFixture.labels(panel, 3)
    #expect(labels["002 2015Q2"] == 1)
    #expect(labels["002 2015Q1"] == 0)
    #expect(labels["001 2015Q3"] == 0)
    #expect(labels["003 2015Q3"] == 1)
    #expect(panel.manifest.grid.rowsIn == 12)
    #expect(
      panel.manifest.grid.dropped == [
        DropCount(reason: "acquired", count: 1), DropCount(reason: "pendingDeal", count: 2),
      ])
    #expect(try fixture.compile().isCacheHit)
  }
}
