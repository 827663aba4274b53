/// The rows of a panel: which firms are candidates at which decision dates.
struct PanelRows: Sendable {
  /// The periods of the grid, consecutive.
  let periods: [Period]
  /// The day of each decision, in days since 1970-01-01.
  let decisionDays: [Int32]
  /// The rows of each period, ascending and without gaps.
  let ranges: [Range<Int>]
  /// The firm of each row, ascending within a period.
  let firm: [Int32]
  /// Where every firm and decision date went.
  let account: SourceAccount

  /// The number of rows.
  var count: Int { firm.count }

  /// The index of the period of each row.
  var periodIndex: [Int32] {
    var index: [Int32] = []
    index.reserveCapacity(count)
    for (period, range) in ranges.enumerated() {
      index.append(contentsOf: repeatElement(Int32(period), count: range.count))
    }
    return index
  }

  /// The decision day of each row, in days since 1970-01-01.
  var days: [Int32] {
    var days: [Int32] = []
    days.reserveCapacity(count)
    for (day, range) in zip(decisionDays, ranges) {
      days.append(contentsOf: repeatElement(day, count: range.count))
    }
    return days
  }

  /// The first row of a firm in a period, or `nil`.
  func row(of firm: Int32, period: Int) -> Int? {
    var (low, high) = (ranges[period].lowerBound, ranges[period].upperBound)
    while low < high {
      let middle = (low + high) / 2
      if self.firm[middle] < firm { low = middle + 1 } else { high = middle }
    }
    return low < ranges[period].upperBound && self.firm[low] == firm ? low : nil
  }
}

extension PanelRows {
  /// Puts firms on the grid.
  ///
  /// A row exists where the first source has a record that is available by the decision date and
  /// nothing excludes the firm. Rows in of the account are all pairs of a firm of the first source
  /// and a period; each is a row or has one reason, the first that holds of noRecord, acquired,
  /// delisted, pendingDeal, staleRecord.
  ///
  /// - Throws: `CompileError.empty` where no row is left.
  init(
    records: RecordSet, grid: GridRule, rule: RowRule, deals: DealSet?, delistings: DelistingSet?,
    threads: Int
  ) throws(CompileError) {
    let periods = try PanelRows.periods(records, grid)
    let days = periods.map { grid.decisionDate(of: $0).daysSinceEpoch }
    let firms = (0..<records.firmStart.count - 1).filter { !records.groups(of: $0).isEmpty }
    let reasons = ParallelFor.map(count: firms.count, threads: threads) { place in
      PanelRows.reasons(
        firm: firms[place], days: days, records: records, rule: rule, deals: deals,
        delisted: delistings?.first[firms[place]] ?? .max)
    }
    var firmColumn: [Int32] = []
    var ranges: [Range<Int>] = []
    var counts: [ExclusionReason: Int] = [:]
    for period in periods.indices {
      let start = firmColumn.count
      for (place, firm) in firms.enumerated() {
        let reason = reasons[place][period]
        counts[reason, default: 0] += 1
        if reason == .none { firmColumn.append(Int32(firm)) }
      }
      ranges.append(start..<firmColumn.count)
    }
    var drops = DropTally()
    for reason in ExclusionReason.allCases where reason != .none {
      drops.add(reason.rawValue, counts[reason, default: 0])
    }
    self.periods = periods
    decisionDays = days
    self.ranges = ranges
    firm = firmColumn
    account = try drops.account(
      source: "grid", rowsIn: firms.count * periods.count, rowsUsed: firmColumn.count)
    if firmColumn.isEmpty { throw .empty(dropped: records.drops.sorted + drops.sorted) }
  }

  private static func reasons(
    firm: Int, days: [Int32], records: RecordSet, rule: RowRule, deals: DealSet?, delisted: Int32
  ) -> [ExclusionReason] {
    let own = deals?.deals(of: firm) ?? []
    return days.map { day in
      let group = records.latestGroup(of: firm, on: day)
      guard group >= 0 else { return .noRecord }
      var isPending = false
      for index in own {
        guard let deal = deals?.deals[Int(index)] else { continue }
        switch DealState(deal, on: day, pendingDays: rule.pendingDays) {
        case .absent: break
        case .pending: isPending = true
        case .completed: return .acquired
        }
      }
      if delisted < day { return .delisted }
      if isPending { return .pendingDeal }
      let record = Int(records.record(inGroup: Int(group), on: day))
      return Int(day) - Int(records.periodEnd[record]) > rule.maximumAgeDays ? .staleRecord : .none
    }
  }

  /// The periods from the first with an available record to the last that ends within the data,
  /// where the configuration does not say others.
  ///
  /// The data end with the last day on which a record became available, by a date of the source
  /// where it has any (an assumed lag reaches into the future); a period that ends up to
  /// a week later counts as within, because nothing is filed on the last days of some quarters.
  private static func periods(
    _ records: RecordSet, _ grid: GridRule
  ) throws(CompileError) -> [Period] {
    let guessed: PointInTimeRisk = [.assumedAvailability, .impossibleAvailability]
    let dated = zip(records.available, records.flags)
      .filter { PointInTimeRisk(rawValue: $1).isDisjoint(with: guessed) }.map(\.0)
    guard let firstDay = records.available.min(),
      let lastDay = dated.max() ?? records.available.max()
    else { throw .empty(dropped: records.drops.sorted) }
    // Estimate from the calendar, then step to the exact period.
    func start(_ day: Int32) -> Period {
      Period(
        grid.frequency,
        containing: CalendarDate(daysSinceEpoch: day).addingMonths(-grid.offsetMonths))
    }
    var first = start(firstDay)
    while grid.decisionDate(of: first.advanced(by: -1)).daysSinceEpoch >= firstDay {
      first = first.advanced(by: -1)
    }
    while grid.decisionDate(of: first).daysSinceEpoch < firstDay { first = first.advanced(by: 1) }
    let end = lastDay + 7
    var last = start(end)
    while grid.decisionDate(of: last.advanced(by: 1)).daysSinceEpoch <= end {
      last = last.advanced(by: 1)
    }
    while grid.decisionDate(of: last).daysSinceEpoch > end { last = last.advanced(by: -1) }
    first = grid.first ?? first
    last = grid.last ?? last
    guard first <= last else {
      throw .empty(dropped: records.drops.sorted)
    }
    guard first.distance(to: last) < 100_000 else {
      throw .configuration(
        ConfigurationError(
          parameter: "compile.grid", value: "\(first) to \(last)",
          accepted: "at most 100,000 periods; check the dates of the first source"))
    }
    return Array(first...last)
  }
}
