import Testing

@testable import QuantCore

@Suite("Labels: windows, what is known, and where deals go")
struct LabelTests {
  private func fixture(
    _ deals: String, labels: String = #"{"horizons":[3]}"#, events: String = ""
  ) throws -> CompileFixture {
    let fixture = try TinyPanel.fixture(
      TinyPanel.configuration(labels: labels, events: events))
    try fixture.write("deals.csv", "gvkey,announced,completed,withdrawn\n" + deals)
    return fixture
  }

  @Test("the window is open at the decision date and closed at its end")
  func edges() throws {
    let fixture = try fixture(
      "001,2015-03-31,,2015-04-01\n002,2015-09-30,,\n003,2015-04-01,2015-05-02,\n001,2016-03-31,,\n"
    )
    let labels = try CompileFixture.labels(try fixture.compile().panel, 3)
    // Announced on the decision date itself: pending then, and not in the window after it.
    #expect(labels["001 2015Q1"] == nil)
    // On the last day of the window it is.
    #expect(labels["002 2015Q2"] == 1)
    // On the day after the decision it is.
    #expect(labels["003 2015Q1"] == 1)
    #expect(labels["002 2015Q1"] == 0)
    #expect(labels["001 2015Q4"] == 1)
  }

  @Test("a window past the end of the source is unknown, positives too")
  func unknown() throws {
    let deals = "001,2015-11-10,,\n002,2015-12-01,,\n"
    let panel = try fixture(deals).compile().panel
    let labels = try CompileFixture.labels(panel, 3)
    #expect(labels["001 2015Q3"] == 255)
    #expect(labels["003 2015Q3"] == 255)
    #expect(labels["003 2015Q2"] == 0)
    #expect(panel.manifest.coveredTo.description == "2015-12-01")
    // Covered to the very last day of the window it is known; one day of lag more and it is not.
    let known = try fixture(deals, events: #","coveredTo":"2015-12-31""#).compile().panel
    #expect(try CompileFixture.labels(known, 3)["001 2015Q3"] == 1)
    let late = try fixture(
      deals, labels: #"{"horizons":[3],"recordingLagDays":1}"#,
      events: #","coveredTo":"2015-12-31""#
    ).compile().panel
    #expect(try CompileFixture.labels(late, 3)["001 2015Q3"] == 255)
    let knownOn = try #require(late.labels(Horizon(months: 3))).knownOn
    #expect(CalendarDate(daysSinceEpoch: knownOn[0]).description == "2015-07-01")
  }

  @Test("a window that begins before the source does is unknown")
  func coveredFrom() throws {
    let fixture = try fixture("001,2015-08-10,,\n003,2015-12-31,,\n")
    fixture.configuration = fixture.configuration.replacing(
      #""coveredFrom":"2015-01-01""#, with: #""coveredFrom":null"#)
    let labels = try CompileFixture.labels(try fixture.compile().panel, 3)
    // The first announcement is in August, so the source counts from 1 August.
    #expect(labels["001 2015Q2"] == 255)
    #expect(labels["002 2015Q3"] == 0)
  }

  @Test("deals that end after the last announcement do not stretch what the source covers")
  func completionsAreNoCoverage() throws {
    let deals = "001,2015-08-10,2017-05-01,\n003,2015-09-30,,2017-06-01\n"
    let panel = try fixture(deals).compile().panel
    #expect(panel.manifest.coveredTo.description == "2015-09-30")
    let labels = try CompileFixture.labels(panel, 3)
    #expect(labels["002 2015Q2"] == 0)
    // Nobody collected the deals of the fourth quarter: the absence of one says nothing.
    #expect(labels["002 2015Q3"] == 255)
  }

  @Test("a firm that leaves within the window without a deal stays, with label 0")
  func competingRisk() throws {
    let fixture = try TinyPanel.fixture(
      TinyPanel.configuration(
        rest: #","delistings":{"file":"gone.csv","firm":"gvkey","date":"last"}"#))
    try fixture.write("gone.csv", "gvkey,last\n001,2015-07-20\n")
    let labels = try CompileFixture.labels(try fixture.compile().panel, 3)
    #expect(labels["001 2015Q2"] == 0)
    #expect(labels["001 2015Q3"] == nil)
  }

  @Test("a label from a column is unknown where its window is over by the decision date")
  func columnIsOver() throws {
    func labels(maximumAge: Int) throws -> [String: UInt8] {
      let fixture = try CompileFixture(
        #"""
        {"name":"years","grid":{"frequency":"annual","first":"2011","last":"2013",
           "offsetMonths":-11},
         "fundamentals":[{"name":"f","file":"f.csv","firm":"firm","frequency":"annual",
           "fiscalYear":"year","safeLagDays":31,"values":["x"]}],
         "labels":{"column":"fails","horizons":[12]},"rows":{"maximumAgeDays":\#(maximumAge)},
         "features":[{"recipe":"level","of":["x"]}]}
        """#,
        ["f.csv": "firm,year,x,fails\nA,2010,1,1\nB,2010,2,0\nB,2011,3,0\nB,2012,4,0\n"])
      return try CompileFixture.labels(try fixture.compile().panel, 12)
    }
    // On 31 January 2012 firm A still shows its record of 2010: it failed in 2011 and filed no other.
    // As an event it could be told by the age of its record alone.
    #expect(
      try labels(maximumAge: 400) == [
        "A 2011": 1, "A 2012": 255, "B 2011": 0, "B 2012": 0, "B 2013": 0,
      ])
    #expect(try labels(maximumAge: 100)["A 2012"] == nil)
  }

  @Test("a horizon that no window of the data covers is refused with the dates")
  func tooLong() throws {
    #expect {
      try fixture("001,2015-08-10,,\n", labels: #"{"horizons":[3,12]}"#).compile()
    } throws: { error in
      guard case CompileError.horizonTooLong(let horizon, let first, let last) = error else {
        return false
      }
      return horizon.months == 12 && first.description == "2015-03-31"
        && last.description == "2015-08-10"
    }
  }

  @Test("every deal is used or dropped for one reason, and the counts add up")
  func accounting() throws {
    let fixture = try fixture(
      """
      002,2015-08-10,2015-10-20,
      ,2015-08-11,,
      009,2015-08-12,,
      003,2015-12-31,,
      003,2015-12-31,,
      001,2014-02-01,,2014-03-01
      001,,,

      """)
    defer { fixture.keep() }
    let outcome = try fixture.compile()
    let events = try #require(outcome.panel.manifest.sources.first { $0.source == "events" })
    #expect(events.rowsIn == 7)
    #expect(events.rowsUsed == 2)
    #expect(
      events.dropped == [
        DropCount(reason: "duplicate", count: 1),
        DropCount(reason: "missingAnnouncement", count: 1),
        DropCount(reason: "missingIdentifier", count: 1),
        DropCount(reason: "neverCandidate", count: 1),
        DropCount(reason: "outsideGrid", count: 1),
      ])
    let coverage = String(
      decoding: try CompileFixture.bytes(outcome.directory + "/coverage.csv"), as: UTF8.self)
    #expect(
      coverage == """
        scope,period,events,used,dropped_missing_identifier,dropped_unmapped_identifier,\
        dropped_missing_announcement,dropped_duplicate,dropped_outside_grid,\
        dropped_never_candidate,rate
        quarter,2014Q1,1,0,0,0,0,0,1,0,0.0
        quarter,2015Q3,3,1,1,0,0,0,0,1,0.3333333333333333
        quarter,2015Q4,2,1,0,0,0,1,0,0,0.5
        quarter,unknown,1,0,0,0,1,0,0,0,0.0
        year,2014,1,0,0,0,0,0,1,0,0.0
        year,2015,5,2,1,0,0,1,0,1,0.4
        year,unknown,1,0,0,0,1,0,0,0,0.0
        total,all,7,2,1,0,1,1,1,1,0.2857142857142857

        """)
    let dropped = String(
      decoding: try CompileFixture.bytes(outcome.directory + "/dropped_deals.csv"), as: UTF8.self)
    #expect(
      dropped == """
        line,identifier,firm,announced,completed,withdrawn,reason
        8,001,001,,,,missingAnnouncement
        7,001,001,2014-02-01,,2014-03-01,outsideGrid
        3,,,2015-08-11,,,missingIdentifier
        4,009,,2015-08-12,,,neverCandidate
        6,003,003,2015-12-31,,,duplicate

        """)
    #expect(PanelVerification(of: outcome.directory).findings.isEmpty)
  }

  @Test("too few events with a firm fail the compile where a threshold says so")
  func threshold() throws {
    let fixture = try TinyPanel.fixture(
      TinyPanel.configuration(rest: #","coverage":{"mappedEvents":0.9}"#))
    try fixture.write(
      "deals.csv", "gvkey,announced,completed,withdrawn\n002,2015-08-10,,\n,2015-09-10,,\n")
    #expect {
      try fixture.compile()
    } throws: { error in
      guard case CompileError.coverage("mappedEvents", 0.5, 0.9) = error else { return false }
      return true
    }
    #expect(try FileTree.list(recursively: fixture.folder + "/store/panels").isEmpty)
  }
}
