import Testing

@testable import QuantCore

@Suite("Flows: single periods and trailing years")
struct FlowTests {
  private func table(_ kind: String, _ values: [String], _ quarters: [String]) throws
    -> [String: [String: Float]]
  {
    var lines = ["gvkey,datadate,fqtr,flow"]
    var end = try #require(Period("2014Q1"))
    for (value, quarter) in zip(values, quarters) {
      lines.append("1,\(end.lastDay),\(quarter),\(value)")
      end = end.advanced(by: 1)
    }
    let fixture = try CompileFixture(
      """
      {"grid":{"first":"2014Q1","last":"2016Q4","offsetMonths":3},
       "fundamentals":[{"name":"f","file":"f.csv","firm":"gvkey","periodEnd":"datadate",
         "fiscalQuarter":"fqtr","values":["flow"]\(kind)}],
       "events":{"file":"d.csv","firm":"gvkey","announced":"a","coveredFrom":"2014-01-01",
         "coveredTo":"2018-01-01"},
       "labels":{"horizons":[3]},
       "features":[{"recipe":"level","of":["flow"]},{"recipe":"trailingYear","of":["flow"]},
         {"recipe":"change","of":["flow"],"periods":[1]}]}
      """, ["f.csv": lines.joined(separator: "\n") + "\n", "d.csv": "gvkey,a\n"])
    return try fixture.table()
  }

  private let year = ["Q1", "Q2", "Q3", "FY", "Q1", "Q2", "Q3", "FY"]

  @Test("year-to-date columns become single quarters and trailing years")
  func yearToDate() throws {
    let rows = try table(
      #","yearToDate":["flow"]"#, ["1", "3", "6", "10", "2", "5", "9", "20"], year)
    let single: [Float] = [1, 2, 3, 4, 2, 3, 4, 11]
    let names = ["2014Q1", "2014Q2", "2014Q3", "2014Q4", "2015Q1", "2015Q2", "2015Q3", "2015Q4"]
    for (name, value) in zip(names, single) { #expect(rows["1 \(name)"]?["flow"] == value) }
    // 2015Q2: year to date 5 + last year 10 - year to date a year ago 3.
    #expect(rows["1 2015Q2"]?["flow_trailing_year"] == 12)
    #expect(rows["1 2014Q4"]?["flow_trailing_year"] == 10)
    #expect(rows["1 2014Q3"]?["flow_trailing_year"]?.isNaN == true)
    // A change unwinds both ends.
    #expect(rows["1 2015Q4"]?["flow_change_1"] == 7)
  }

  @Test("quarters with the year in the fourth")
  func quarterThenYear() throws {
    let rows = try table(
      #","quarterThenYear":["flow"]"#, ["1", "2", "3", "10", "2", "3", "4", "20"], year)
    #expect(rows["1 2014Q4"]?["flow"] == 4)
    #expect(rows["1 2015Q4"]?["flow"] == 11)
    #expect(rows["1 2015Q2"]?["flow_trailing_year"] == 12)
    #expect(rows["1 2015Q4"]?["flow_trailing_year"] == 20)
  }

  @Test("single quarters sum over four")
  func plain() throws {
    let rows = try table("", ["1", "2", "3", "4", "5", "6", "7", "8"], year)
    #expect(rows["1 2014Q3"]?["flow_trailing_year"]?.isNaN == true)
    #expect(rows["1 2014Q4"]?["flow_trailing_year"] == 10)
    #expect(rows["1 2015Q4"]?["flow_trailing_year"] == 26)
  }

  @Test("a missing or misplaced quarter gives missing values, not wrong ones")
  func gaps() throws {
    let rows = try table(
      #","yearToDate":["flow"]"#, ["1", "", "6", "10", "2", "5", "9", "20"],
      ["Q1", "Q2", "Q3", "FY", "Q1", "Q3", "Q3", "FY"])
    #expect(rows["1 2014Q2"]?["flow"]?.isNaN == true)
    #expect(rows["1 2014Q3"]?["flow"]?.isNaN == true)
    #expect(rows["1 2014Q4"]?["flow"] == 4)
    #expect(rows["1 2015Q2"]?["flow"]?.isNaN == true)
    #expect(rows["1 2015Q2"]?["flow_trailing_year"]?.isNaN == true)
  }
}
