@testable import QuantCore

/// A small market with everything that can leak: restatements, a column that is filled in later, deals
/// that are entered late, identifiers that change hands, splits, and a firm that leaves.
struct AuditMarket {
  static let firms = 12
  /// The `compile` section, in parts that a test may replace.
  var availability = #""available":"filed","amendment":"amended""#
  var values = #""cash","assets""#
  var keep = ""
  var moreFundamentals = ""
  var prices = #""close":"close","splitFactor":"split","dividend":"dividend","volume":"volume""#
  var recordingLagDays = 20
  var features = AuditMarket.standardFeatures
  var audit = "{}"
  var recipes = RecipeRegistry.standard

  static let standardFeatures = #"""
    {"recipe":"level","of":["cash"]},
    {"recipe":"ratio","numerators":["cash"],"denominators":["assets"]},
    {"recipe":"growth","of":["assets"],"periods":[1,4]},
    {"recipe":"change","of":["cash_to_assets"],"periods":[1]},
    {"recipe":"winsorize","of":["assets_growth*"]},
    {"recipe":"rank","of":["cash"]},{"recipe":"zscore","of":["cash_to_assets"]},
    {"recipe":"momentum","days":[20],"skip":2},{"recipe":"volatility","days":[20]},
    {"recipe":"drawdown","days":[20]},{"recipe":"dollarVolume","days":[10]},
    {"recipe":"recordAge"}
    """#

  var compile: String {
    """
    {"name":"audited","grid":{"first":"2013Q3","last":"2016Q3"},
     "fundamentals":[{"name":"reports","file":"reports.csv","firm":"firm","periodEnd":"end",
       \(availability),"values":[\(values)],"keep":[\(keep)]}\(moreFundamentals)],
     "identifiers":{"file":"ids.csv","identifier":"cik","firm":"firm","from":"from","to":"to"},
     "events":{"file":"deals.csv","firm":"cik","isMapped":true,"announced":"announced",
       "withdrawn":"withdrawn","coveredFrom":"2013-01-01","coveredTo":"2017-03-31"},
     "delistings":{"file":"left.csv","firm":"firm","date":"day"},
     "prices":{"file":"prices.csv","firm":"firm","date":"day",\(prices),"maximumReturn":3},
     "labels":{"horizons":[6],"recordingLagDays":\(recordingLagDays)},
     "features":[\(features)]}
    """
  }

  /// The audit of the market, in a folder of its own.
  func audit(
    dates: [String] = [], threads: Int = 1, predictions: AuditedPredictions? = nil
  ) throws -> LeakAuditReport {
    let fixture = try CompileFixture(compile, AuditMarket.files)
    defer { fixture.keep() }
    var reader = try ConfigurationReader(
      JSONValue(parsing: Array(audit.utf8), source: "test"), path: "audit")
    var rule = try AuditRule(from: &reader)
    try reader.finish()
    rule.dates = min(rule.dates, 4)
    var split = SplitRule()
    split.stopPeriods = 2
    split.minimumEvents = 2
    return try LeakAudit(
      try fixture.compiler(threads: threads, recipes: recipes), rule: rule, split: split,
      predictions: predictions, dates: dates.compactMap { CalendarDate($0) }
    ).run()
  }

  static let files: [String: String] = [
    "reports.csv": reports, "deals.csv": deals, "ids.csv": identifiers, "left.csv": delistings,
    "prices.csv": pricesTable,
  ]

  private static func name(_ firm: Int) -> String { firm < 10 ? "F0\(firm)" : "F\(firm)" }

  /// The days on which deals of a firm are announced: every 14 months, at other times for each firm.
  private static func announcements(_ firm: Int) -> [CalendarDate] {
    let first = CalendarDate(year: 2013, month: 10, day: 20).addingDays(31 * firm)
    return (0..<4).map { first.addingDays(425 * $0) }.filter {
      $0 < CalendarDate(year: 2017, month: 3, day: 1)
    }
  }

  /// `status` says whether a deal followed within 227 days, and was filled in on `status_day`.
  private static let reports: String = {
    var random = SplitMix64(seed: 11)
    var text = "firm,end,filed,amended,cash,assets,status,status_day\n"
    for firm in 0..<firms {
      for quarter in 0..<17 {
        let end = Period(.quarterly, ordinal: 2012 * 4 + 3 + Int32(quarter)).lastDay
        let filed = end.addingDays(25 + (firm * 7 + quarter * 5) % 40)
        let isTarget = announcements(firm).contains {
          $0 > filed && $0 <= filed.addingDays(227)
        }
        func line(_ day: CalendarDate, _ amended: Int) -> String {
          "\(name(firm)),\(end),\(day),\(amended),\(10 + random.next() % 90),"
            + "\(200 + random.next() % 300),\(isTarget ? 1 : 0),\(filed.addingDays(227))\n"
        }
        text += line(filed, 0)
        if (firm + quarter) % 5 == 0 { text += line(filed.addingDays(150), 1) }
      }
    }
    return text
  }()

  /// `price` is known when a deal ends, `entered` when it was put into the table.
  private static let deals: String = {
    var text = "cik,firm,announced,withdrawn,entered,price\n"
    for firm in 0..<firms {
      for day in announcements(firm) {
        let isRenamed = firm == 0 && day >= CalendarDate(year: 2015, month: 1, day: 1)
        text +=
          "\(isRenamed ? "c00b" : "c\(firm)"),\(name(firm)),\(day),\(day.addingDays(100)),\(day.addingDays(130)),"
        text += "\(10 + firm)\n"
      }
    }
    return text
  }()

  /// Firm 0 has another identifier from 2015 on; the old one goes to nobody.
  private static let identifiers: String = {
    var text = "cik,firm,from,to\nc0,F00,2000-01-01,2014-12-31\nc00b,F00,2015-01-01,\n"
    for firm in 1..<firms { text += "c\(firm),\(name(firm)),2000-01-01,\n" }
    return text
  }()

  private static let delistings = "firm,day\nF11,2016-02-10\nF10,2016-08-15\n"

  /// A close every week, halved by a split about every 70 weeks.
  private static let pricesTable: String = {
    var random = SplitMix64(seed: 12)
    var text = "firm,day,close,split,dividend,volume,adjusted\n"
    for firm in 0..<firms {
      var value = 64.0
      var units = 1.0
      for week in 0..<250 {
        let day = CalendarDate(year: 2012, month: 6, day: 8).addingDays(7 * week)
        value *= 0.95 + 0.1 * random.unit()
        let isSplit = (week + 6 * firm) % 70 == 69
        if isSplit { units *= 2 }
        let dividend = week % 13 == 5 ? "0.25" : ""
        text += "\(name(firm)),\(day),\(Float(value / units)),\(isSplit ? "2" : ""),\(dividend),"
        text += "\(1000 + random.next() % 500),\(Float(value / 16))\n"
      }
    }
    return text
  }()
}

extension LeakAuditReport {
  /// The findings of a kind, by the name of what they are about.
  func names(_ kind: LeakFinding.Kind) -> Set<String> {
    Set(findings.filter { $0.kind == kind }.map(\.name))
  }

  /// The sources whose changes moved something of a name.
  func sources(moving name: String) -> Set<String> {
    Set(findings.filter { $0.kind == .moved && $0.name == name }.compactMap(\.source))
  }
}
