import Testing

@testable import QuantCore

@Suite("Records: availability, versions, duplicates")
struct RecordRulesTests {
  private func records(
    _ lines: String, fields: String = "", header: String = "gvkey,datadate,rdq,assets,amend"
  ) throws -> (RecordSet, FirmIndex) {
    let fixture = try CompileFixture(
      """
      {"fundamentals":[{"name":"f","file":"f.csv","firm":"gvkey","periodEnd":"datadate",
        "values":["assets"]\(fields)}],
       "labels":{"column":"x","horizons":[3]},"features":[{"recipe":"level","of":["assets"]}]}
      """, ["f.csv": header + "\n" + lines + "\n"])
    let compiler = try fixture.compiler()
    let source = compiler.configuration.fundamentals[0]
    let table = try CSVReader(threads: 1).read(
      fixture.folder + "/f.csv", schema: try source.schema(labelColumn: nil))
    let columns = try RecordColumns(table, source: source, map: nil)
    let firms = FirmIndex(columns.firm.map { columns.firmNames[Int($0)] })
    return (
      try RecordSet(columns, table: table, source: source, firms: firms, labelColumn: nil), firms
    )
  }

  private func day(_ text: String) throws -> Int32 {
    try #require(CalendarDate(text)).daysSinceEpoch
  }

  @Test(
    "without a date of availability the safe lag counts from the period end", arguments: [60, 90])
  func safeLag(lag: Int) throws {
    let (set, _) = try records(
      "1,2015-03-31,,5,", fields: #","available":"rdq","safeLagDays":\#(lag)"#)
    let end = try day("2015-03-31")
    #expect(set.available == [end + Int32(lag)])
    #expect(set.latestGroup(of: 0, on: end + Int32(lag)) == 0)
    // One day less and the record is not there.
    #expect(set.latestGroup(of: 0, on: end + Int32(lag) - 1) == -1)
    #expect(PointInTimeRisk(rawValue: set.flags[0]) == .assumedAvailability)
  }

  @Test("an availability before the period end is impossible: safe lag and flag")
  func impossible() throws {
    let (set, _) = try records("1,2015-03-31,2015-03-30,5,", fields: #","available":"rdq""#)
    #expect(set.available == [try day("2015-06-29")])
    #expect(PointInTimeRisk(rawValue: set.flags[0]) == .impossibleAvailability)
    let (same, _) = try records("1,2015-03-31,2015-03-31,5,", fields: #","available":"rdq""#)
    #expect(same.available == [try day("2015-03-31")])
    #expect(same.flags == [0])
  }

  @Test("the version in use is the latest that is known, or the first")
  func versions() throws {
    let lines = "1,2015-03-31,2015-05-01,5,\n1,2015-03-31,2015-08-01,6,\n1,2015-03-31,2015-09-01,6,"
    let (latest, _) = try records(lines, fields: #","available":"rdq""#)
    #expect(latest.groupMonth.count == 1)
    #expect(latest.record(inGroup: 0, on: try day("2015-04-30")) == -1)
    #expect(latest.record(inGroup: 0, on: try day("2015-07-31")) == 0)
    #expect(latest.record(inGroup: 0, on: try day("2015-08-01")) == 1)
    #expect(latest.record(inGroup: 0, on: try day("2016-08-01")) == 2)
    #expect(latest.flags == [0, 1, 1])
    let (first, _) = try records(
      lines, fields: #","available":"rdq","restatements":"firstReported""#)
    #expect(first.record(inGroup: 0, on: try day("2016-08-01")) == 0)
  }

  @Test("a version that repeats its values is no restatement")
  func repeated() throws {
    let (set, _) = try records(
      "1,2015-03-31,2015-05-01,5,\n1,2015-03-31,2015-08-01,5,", fields: #","available":"rdq""#)
    #expect(set.flags == [0, 0])
  }

  @Test("copies are dropped, amendments win, and what remains is refused or dropped")
  func duplicates() throws {
    let fields = #","available":"rdq","amendment":"amend""#
    let (copies, _) = try records(
      "1,2015-03-31,2015-05-01,5,0\n1,2015-03-31,2015-05-01,5.0,0", fields: fields)
    #expect(copies.count == 1)
    #expect(copies.drops["duplicate"] == 1)
    let (amended, _) = try records(
      "1,2015-03-31,2015-05-01,7,Y\n1,2015-03-31,2015-05-01,5,", fields: fields)
    #expect(amended.values["assets"] == [7])
    #expect(amended.drops["amendedSameDay"] == 1)
    #expect(PointInTimeRisk(rawValue: amended.flags[0]).contains(.restated))
    let different =
      "1,2015-03-31,2015-05-01,7,\n1,2014-12-31,2015-03-01,5,\n1,2015-03-31,2015-05-01,5,"
    #expect {
      try records(different, fields: fields)
    } throws: { error in
      guard case CompileError.duplicateRecord("f", "1", let end, let lines) = error else {
        return false
      }
      return end.description == "2015-03-31" && lines == [2, 4]
    }
    let (dropped, _) = try records(different, fields: fields + #","conflicts":"drop""#)
    #expect(dropped.count == 1)
    #expect(dropped.drops["conflict"] == 2)
  }

  @Test("fiscal periods are nearest month ends; lags bridge a month but not more")
  func fiscalMonths() throws {
    // A 52/53-week calendar that ends on the last Friday, once on 3 July.
    let (set, _) = try records(
      "1,2014-12-26,2015-02-01,1,\n1,2015-03-27,2015-05-01,2,\n1,2015-07-03,2015-08-01,3,\n"
        + "1,2015-10-30,2015-12-01,4,\n1,2016-03-31,2016-05-01,5,",
      fields: #","available":"rdq""#)
    let late = try day("2016-12-31")
    func value(_ base: Int, _ lag: Int) -> Float? {
      let record = set.record(of: 0, base: base, lag: lag, on: late)
      return record < 0 ? nil : set.values["assets"]?[Int(record)]
    }
    #expect(value(2, 1) == 2)
    #expect(value(2, 2) == 1)
    // October is a month late: July 2015 is two months before, June one month off is exact.
    #expect(value(3, 1) == 3)
    // March 2016 looks for December 2015 and finds neither it nor a neighbour.
    #expect(value(4, 1) == nil)
    #expect(value(4, 3) == 3)
  }

  @Test("an exact month that is not yet known does not hide its neighbour")
  func unknownExact() throws {
    let (set, _) = try records(
      "1,2015-02-28,2015-04-01,1,\n1,2015-03-31,2016-04-01,2,\n1,2015-06-30,2015-08-01,3,",
      fields: #","available":"rdq""#)
    let day = try day("2015-12-31")
    let record = set.record(of: 0, base: Int(set.latestGroup(of: 0, on: day)), lag: 1, on: day)
    #expect(set.values["assets"]?[Int(record)] == 1)
  }

  @Test("fiscal years without dates end in their month; other texts are refused with their line")
  func fiscalYears() throws {
    let fixture = try CompileFixture(
      """
      {"grid":{"frequency":"annual","first":"2012","last":"2014"},
       "fundamentals":[{"name":"f","file":"f.csv","firm":"id","fiscalYear":"fyear",
         "fiscalYearEndMonth":6,"frequency":"annual","values":["x"]}],
       "labels":{"column":"event","horizons":[12]},"features":[{"recipe":"level","of":["x"]}]}
      """, ["f.csv": "id,fyear,x,event\n1,2011,5,0\n1,2012.0,6,1\n1,2013,7,\n"])
    let panel = try fixture.compile().panel
    let table = try CompileFixture.table(panel)
    #expect(table["1 2012"]?["x"] == 6)
    #expect(try CompileFixture.labels(panel, 12) == ["1 2012": 1, "1 2013": 255])
    #expect(panel.metadata?.periodEnd[0] == Int64(try day("2012-06-30")))
    try fixture.write("f.csv", "id,fyear,x,event\n1,2011,5,0\n1,soon,6,1\n")
    #expect {
      try fixture.compile()
    } throws: { error in
      guard case CompileError.table(let table) = error else { return false }
      return table.line == 3 && table.column == "fyear" && table.reason == .value
    }
    try fixture.write("f.csv", "id,fyear,x,event\n1,2011,5,0\n1,2012,6,2\n")
    #expect {
      try fixture.compile()
    } throws: { error in
      guard case CompileError.table(let table) = error else { return false }
      return table.line == 3 && table.column == "event"
    }
  }
}
