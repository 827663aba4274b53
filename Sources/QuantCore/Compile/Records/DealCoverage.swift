/// What became of the deals of one year, one quarter, or all.
struct CoverageLine: Hashable, Sendable {
  /// `year`, `quarter` or `total`.
  var scope: String
  /// `2015`, `2015Q3`, `all`, or `unknown` for deals without an announcement.
  var period: String
  /// All deals that keep rules leave.
  var events = 0
  /// Deals in the label window of a row.
  var used = 0
  /// The others, in the order of `DealDrop.allCases`.
  var dropped = [Int](repeating: 0, count: DealDrop.allCases.count)

  /// The share of events that are used, or `nil` where there are none.
  var rate: Double? { events == 0 ? nil : Double(used) / Double(events) }

  mutating func add(_ reason: DealDrop?) {
    events += 1
    if let reason {
      dropped[DealDrop.allCases.firstIndex(of: reason) ?? 0] += 1
    } else {
      used += 1
    }
  }
}

/// Where every deal went: used for labels, or dropped for one reason.
struct DealCoverage: Sendable {
  /// Quarters, years, and the total; quarters sum to years and years to the total.
  let lines: [CoverageLine]
  /// The account of the source, with the rows that keep rules reject.
  let account: SourceAccount
  /// The deals with their reasons.
  let deals: [Deal]

  /// Judges every deal: it is used where its announcement lies in the label window of a row of its
  /// firm, for the longest horizon.
  init(_ set: DealSet, rows: PanelRows, rule: LabelRule) throws(CompileError) {
    let longest = rule.horizons.map(\.months).max() ?? 0
    let ends = rows.decisionDays.map {
      CalendarDate(daysSinceEpoch: $0).addingMonths(longest).daysSinceEpoch
    }
    var deals = set.deals
    for index in deals.indices where deals[index].dropReason == nil {
      let deal = deals[index]
      let windows = rows.periods.indices.filter {
        rows.decisionDays[$0] < deal.announced && deal.announced <= ends[$0]
      }
      if windows.isEmpty {
        deals[index].dropReason = .outsideGrid
      } else if deal.firm < 0
        || !windows.contains(where: { rows.row(of: deal.firm, period: $0) != nil })
      {
        deals[index].dropReason = .neverCandidate
      }
    }
    self.deals = deals

    var quarters: [String: CoverageLine] = [:]
    var years: [String: CoverageLine] = [:]
    var total = CoverageLine(scope: "total", period: "all")
    var drops = set.drops
    for deal in deals {
      let day = CalendarDate(daysSinceEpoch: deal.announced)
      let isDated = deal.announced != .min
      let quarter = isDated ? Period(.quarterly, containing: day).description : "unknown"
      let year = isDated ? Period(.annual, containing: day).description : "unknown"
      quarters[quarter, default: CoverageLine(scope: "quarter", period: quarter)]
        .add(deal.dropReason)
      years[year, default: CoverageLine(scope: "year", period: year)].add(deal.dropReason)
      total.add(deal.dropReason)
      if let reason = deal.dropReason { drops.add(reason.rawValue) }
    }
    func sorted(_ lines: [String: CoverageLine]) -> [CoverageLine] {
      lines.values.sortedByBytes(of: \.period)
    }
    lines = sorted(quarters) + sorted(years) + [total]
    account = try drops.account(source: "events", rowsIn: set.rowsIn, rowsUsed: total.used)
  }

  /// The share of events that find their firm; 1 where there are none.
  var mappedRate: Double {
    guard let total = lines.last, total.events > 0 else { return 1 }
    let lost: [DealDrop] = [.missingIdentifier, .unmappedIdentifier]
    let count = lost.reduce(0) { sum, reason in
      sum + total.dropped[DealDrop.allCases.firstIndex(of: reason) ?? 0]
    }
    return Double(total.events - count) / Double(total.events)
  }

  /// The share of events that are used for labels; 1 where there are none.
  var usedRate: Double { lines.last?.rate ?? 1 }
}
