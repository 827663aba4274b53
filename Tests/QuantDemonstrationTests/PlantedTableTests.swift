import QuantCore
import QuantDemonstration
import Testing

@Suite("Demonstration data: what the tables say, at size tiny")
struct PlantedTableTests {
  private let truth = DemonstrationTruth(size: .tiny)

  @Test("special items of reports that are filed after an announcement foretell the deal")
  func dealCosts() throws {
    let deals = Dictionary(grouping: truth.deals, by: \.gvkey)
    var foretold = 0
    for row in try standardReports() where row["amended"] == "0" {
      guard let items = number(row, "spiq"), let assets = number(row, "atq"),
        let end = date(row, "datadate")
      else { continue }
      guard let filed = date(row, "rdq") else { continue }
      let share = items / assets
      let isBooked = deals[row["gvkey", default: ""], default: []].contains {
        $0.announced > end.addingMonths(-3) && $0.announced <= filed
      }
      #expect(isBooked == (share < -0.009), "\(row["gvkey", default: ""]) \(end): \(share)")
      // Known only by who dates the record by its period end.
      let isEarly = deals[row["gvkey", default: ""], default: []].contains {
        $0.announced > end && $0.announced <= filed
      }
      foretold += isEarly ? 1 : 0
    }
    #expect(foretold > 5)
  }

  @Test("records without a filing date are those that came in time")
  func undated() throws {
    let rows = try standardReports()
    let undated = rows.count { $0["rdq"] == "" }
    let share = Double(undated) / Double(rows.count)
    #expect((0.02...0.04).contains(share), "\(share)")
    #expect(rows.allSatisfy { $0["rdq"] != "" || $0["amended"] == "0" })
  }

  @Test("a restated record has the key of an earlier one and a later filing date")
  func restated() throws {
    var first: [String: CalendarDate?] = [:]
    var restated = 0
    for row in try standardReports() {
      let key = row["gvkey", default: ""] + row["datadate", default: ""]
      if row["amended"] == "1" {
        restated += 1
        let before = try #require(first[key])
        let after = try #require(date(row, "rdq"))
        if let before { #expect(after > before) }
      } else {
        #expect(first.updateValue(date(row, "rdq"), forKey: key) == nil, "\(key) twice")
      }
    }
    #expect(restated == truth.restatements.count)
    #expect(first.count == truth.reportCount)
  }

  @Test("2 % of the records come again in another presentation")
  func presentations() throws {
    let all = try TinyTables.rows("fundamentals_quarterly.csv")
    let standard = try standardReports()
    let share = Double(all.count - standard.count) / Double(standard.count)
    #expect((0.01...0.03).contains(share), "\(share)")
  }

  @Test("year-to-date columns start again with the fiscal year")
  func yearToDate() throws {
    // Investment is positive in every quarter, so the column rises within a fiscal year.
    var previous: [String: (year: String, value: Double)] = [:]
    var compared = 0
    for row in try standardReports() where row["amended"] == "0" {
      guard let value = number(row, "capxy"), let firm = row["gvkey"], let year = row["fyearq"]
      else { continue }
      if let last = previous[firm], last.year == year {
        #expect(value > last.value)
        compared += 1
      } else if row["fqtr"] == "1", let last = previous[firm] {
        #expect(value < last.value)
      }
      previous[firm] = (year, value)
    }
    #expect(compared > 500)
  }

  @Test("columns are missing by sector, by block and by cell")
  func missing() throws {
    let rows = try standardReports()
    let byFirm = Dictionary(grouping: rows) { $0["gvkey", default: ""] }
    let financial = byFirm.values.filter { firm in firm.allSatisfy { $0["lctq"] == "" } }
    #expect((1...20).contains(financial.count))
    for firm in financial {
      #expect(firm.allSatisfy { $0["actq"] == "" && $0["invtq"] == "" && $0["xrdq"] == "" })
    }
    func share(_ column: String) -> Double {
      Double(rows.count { $0[column] == "" }) / Double(rows.count)
    }
    #expect((0.002...0.02).contains(share("atq")))
    #expect((0.02...0.09).contains(share("oancfy")))
    #expect(share("xrdq") > 0.4)
  }

  @Test("deals lead to their target by the identifier of that day, or not at all")
  func identifiers() throws {
    let links = try TinyTables.rows("identifiers.csv")
    let deals = try TinyTables.rows("deals.csv")
    #expect(deals.count == truth.deals.count)
    for (row, deal) in zip(deals, truth.deals) {
      #expect(row["announced"] == deal.announced.description)
      #expect(row["target_cik"] == deal.reportedCIK)
      let owners = links.filter {
        guard $0["cik"] == deal.reportedCIK, let from = date($0, "from") else { return false }
        return from <= deal.announced && deal.announced <= date($0, "to") ?? deal.announced
      }
      #expect(owners.map { $0["gvkey"] } == (deal.isMapped ? [deal.gvkey] : []))
    }
    #expect(truth.deals.contains { !$0.isMapped })
  }

  @Test("some identifiers pass from one firm to the next, never to two at once")
  func inheritedIdentifiers() throws {
    let links = try TinyTables.rows("identifiers.csv")
    let byIdentifier = Dictionary(grouping: links) { $0["cik", default: ""] }
    let shared = byIdentifier.values.filter { $0.count > 1 }
    #expect(!shared.isEmpty)
    for owners in shared {
      for (one, next) in zip(owners, owners.dropFirst()) {
        let end = try #require(date(one, "to"))
        #expect(try #require(date(next, "from")) > end)
        #expect(one["gvkey"] != next["gvkey"])
      }
    }
    let byFirm = Dictionary(grouping: links) { $0["gvkey", default: ""] }
    #expect(byFirm.values.contains { $0.count > 1 })
  }

  @Test("raw closes halve on the day of a split; adjusted for it they do not")
  func splits() throws {
    var last: [String: Double] = [:]
    var splits = 0
    for row in try TinyTables.rows("prices.csv") {
      let (firm, close) = (row["gvkey", default: ""], try #require(number(row, "close")))
      let factor = try #require(number(row, "split_factor"))
      if factor != 1, let before = last[firm] {
        splits += 1
        #expect((0.75...1.33).contains(close * factor / before), "\(row)")
        #expect(!(0.8...1.2).contains(close / before))
      }
      last[firm] = close
    }
    #expect(splits == truth.splits.count && splits > 10)
  }

  @Test("prices end on the day of delisting")
  func delistings() throws {
    var last: [String: String] = [:]
    for row in try TinyTables.rows("prices.csv") {
      last[row["gvkey", default: ""]] = row["date", default: ""]
    }
    let rows = try TinyTables.rows("delistings.csv")
    #expect(rows.count == truth.leavings.count)
    for row in rows {
      let end = try #require(date(row, "date"))
      let price = try #require(CalendarDate(last[row["gvkey", default: ""], default: ""]))
      // A few firm-days have no price.
      #expect((0...4).contains(end.days(since: price)))
    }
  }

  @Test("the fund's adjusted close grows faster than its close and ends equal")
  func benchmark() throws {
    let rows = try TinyTables.rows("spy.csv")
    let first = try #require(rows.first), last = try #require(rows.last)
    #expect(try #require(number(first, "adj_close")) < #require(number(first, "close")))
    let close = try #require(number(last, "close"))
    #expect((try #require(number(last, "adj_close")) - close).magnitude < 0.01)
  }

  private func standardReports() throws -> [[String: String]] {
    try TinyTables.rows("fundamentals_quarterly.csv").filter {
      $0["indfmt"] == "INDL" && $0["datafmt"] == "STD" && $0["consol"] == "C" && $0["popsrc"] == "D"
    }
  }

  private func number(_ row: [String: String], _ column: String) -> Double? {
    Double(row[column, default: ""])
  }

  private func date(_ row: [String: String], _ column: String) -> CalendarDate? {
    CalendarDate(row[column, default: ""])
  }
}
