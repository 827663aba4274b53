@testable import QuantCore

/// Random sources with everything that is awkward in real ones: late and early filings, gaps,
/// restatements, deals of every kind, delistings and prices.
struct RandomTables {
  struct Record {
    var firm: Int
    var end: CalendarDate
    var filed: CalendarDate?
    var assets: Int
    var flow: Int?
    var quarter: Int
    /// The day from which the record may be used: filed, or 90 days after the end.
    var available: CalendarDate {
      guard let filed, filed >= end else { return end.addingDays(90) }
      return filed
    }
  }
  struct Deal {
    var firm: Int
    var announced: CalendarDate
    var completed: CalendarDate?
    var withdrawn: CalendarDate?
  }
  struct Price {
    var firm: Int
    var day: CalendarDate
    var close: Int
  }

  var records: [Record] = []
  var deals: [Deal] = []
  var delistings: [(firm: Int, day: CalendarDate)] = []
  var prices: [Price] = []

  static let firms = 8
  static let first = Period(.quarterly, ordinal: 2014 * 4)

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    for firm in 0..<Self.firms {
      for step in 0..<10 where below(8) > 0 {
        let period = Self.first.advanced(by: step)
        let end = period.lastDay.addingDays(below(5) == 0 ? below(9) - 4 : 0)
        func record(_ filed: CalendarDate?) -> Record {
          Record(
            firm: firm, end: end, filed: filed, assets: 1 + below(1000),
            flow: below(9) == 0 ? nil : below(100), quarter: step % 4 + 1)
        }
        let delay = 20 + below(100)
        records.append(record(below(6) == 0 ? nil : end.addingDays(below(12) == 0 ? -3 : delay)))
        // A safe lag is 90 days and a filing at most 120, so restatements never share a day.
        if below(3) == 0 { records.append(record(end.addingDays(121 + below(200)))) }
      }
      if below(2) == 0 {
        let day = Self.first.lastDay.addingDays(below(900))
        let kind = below(3)
        deals.append(
          Deal(
            firm: firm, announced: day,
            completed: kind == 0 ? day.addingDays(30 + below(200)) : nil,
            withdrawn: kind == 1 ? day.addingDays(30 + below(200)) : nil))
      }
      if below(5) == 0 {
        delistings.append((firm, Self.first.lastDay.addingDays(300 + below(600))))
      }
      for day in stride(from: 0, to: 900, by: 3) where below(10) > 0 {
        prices.append(
          Price(
            firm: firm, day: Self.first.lastDay.addingDays(day),
            close: below(200) == 0 ? 2000 : 90 + below(20)))
      }
    }
    deals.append(
      Deal(firm: 0, announced: Self.first.lastDay.addingDays(-60), withdrawn: Self.first.lastDay))
  }

  static let configuration = #"""
    {"name":"random","grid":{"first":"2014Q2","last":"2016Q2"},
     "fundamentals":[{"name":"f","file":"f.csv","firm":"firm","periodEnd":"end","available":"filed",
       "fiscalQuarter":"quarter","values":["assets","flow"],"yearToDate":["flow"],"keys":["note"]}],
     "events":{"file":"d.csv","firm":"firm","announced":"announced","completed":"completed",
       "withdrawn":"withdrawn","coveredTo":"2017-01-01"},
     "delistings":{"file":"x.csv","firm":"firm","date":"day"},
     "prices":{"file":"p.csv","firm":"firm","date":"day","close":"close","maximumReturn":3},
     "labels":{"horizons":[3,6],"embargoDays":5},"rows":{"pendingDays":60},
     "features":[{"recipe":"level","of":["assets","flow"]},
       {"recipe":"growth","of":["assets"],"periods":[1,4]},
       {"recipe":"change","of":["assets_growth_1"],"periods":[1]},
       {"recipe":"trailingYear","of":["flow"]},
       {"recipe":"ratio","numerators":["flow"],"denominators":["assets"]},
       {"recipe":"rank","of":["assets"]},
       {"recipe":"momentum","days":[20],"skip":2},{"recipe":"volatility","days":[10]},
       {"recipe":"recordAge"}]}
    """#

  private static func text(_ day: CalendarDate?) -> String { day?.description ?? "" }

  /// The files, with lines and columns in the order that `shuffle` gives them.
  func files(shuffledBy seed: UInt64? = nil) -> [String: String] {
    var random = SplitMix64(seed: seed ?? 0)
    func table(_ header: [String], _ rows: [[String]]) -> String {
      var columns = Array(header.indices)
      var lines = rows
      if seed != nil {
        columns.shuffle(using: &random)
        lines.shuffle(using: &random)
      }
      return ([header] + lines).map { line in columns.map { line[$0] }.joined(separator: ",") }
        .joined(separator: "\n") + "\n"
    }
    return [
      "f.csv": table(
        ["firm", "end", "filed", "quarter", "assets", "flow", "note", "unused"],
        records.map {
          [
            "F\($0.firm)", $0.end.description, Self.text($0.filed), "\($0.quarter)", "\($0.assets)",
            $0.flow.map(String.init) ?? "", "n\($0.assets % 3)", "x",
          ]
        }),
      "d.csv": table(
        ["firm", "announced", "completed", "withdrawn"],
        deals.map {
          [
            "F\($0.firm)", $0.announced.description, Self.text($0.completed),
            Self.text($0.withdrawn),
          ]
        }),
      "x.csv": table(
        ["firm", "day"], delistings.map { ["F\($0.firm)", $0.day.description] }),
      "p.csv": table(
        ["firm", "day", "close"],
        prices.map { ["F\($0.firm)", $0.day.description, "\($0.close)"] }),
    ]
  }

  func fixture(shuffledBy seed: UInt64? = nil) throws -> CompileFixture {
    try CompileFixture(RandomTables.configuration, files(shuffledBy: seed))
  }
}
