/// The records of one source as they stand in its table, neither ordered nor deduplicated.
///
/// These are the kept lines with a firm and a period end, each with the day from which it may be
/// used.
struct RecordColumns: Sendable {
  /// For each record a place in `firmNames`.
  var firm: [Int32] = []
  /// Distinct firms, in no particular order.
  var firmNames: [String] = []
  /// Last day of the record's period, in days since 1970-01-01.
  var periodEnd: [Int32] = []
  /// First day on which the record may be used; never before the period end.
  var available: [Int32] = []
  /// Bits of `PointInTimeRisk`.
  var flags: [UInt8] = []
  /// 1…4, or 0 where unknown.
  var fiscalQuarter: [UInt8] = []
  /// Whether the record amends an earlier one.
  var isAmendment: [Bool] = []
  /// Row of the table.
  var tableRow: [Int32] = []
  /// What was dropped so far.
  var drops = DropTally()
  /// Rows of the table.
  var rowsIn = 0

  /// Reads the records of a table.
  init(
    _ table: RawTable, source: FundamentalsSource, map: IdentifierMap?
  ) throws(CompileError) {
    rowsIn = table.rowCount
    let rows = try table.rows(keeping: source.table.keep, drops: &drops)
    let firms = try table.textColumn(source.firm)
    let resolver = FirmResolver(firms.values, map: map)
    firmNames = resolver.names
    let ends = try RecordColumns.periodEnds(table, source)
    let dates = try source.available.map { (name) throws(CompileError) in
      try table.dateColumn(name)
    }
    let quarters = try RecordColumns.quarters(table, source)
    let amendments = try RecordColumns.amendments(table, source)
    for row in rows.map(Int.init) {
      let end = ends[row]
      guard end != .min else {
        drops.add("missingPeriodEnd")
        continue
      }
      switch resolver.firm(code: firms.codes[row], on: end) {
      case .missing:
        drops.add("missingFirm")
        continue
      case .unmapped:
        drops.add("unmappedFirm")
        continue
      case .firm(let name):
        firm.append(name)
      }
      var flag: PointInTimeRisk = []
      var day = dates?[row] ?? .min
      if day == .min {
        flag = .assumedAvailability
        day = end + Int32(source.safeLagDays)
      } else if day < end {
        // Nothing can be filed before its period is over, so the date is a mistake.
        flag = .impossibleAvailability
        day = end + Int32(source.safeLagDays)
      }
      periodEnd.append(end)
      available.append(day)
      flags.append(flag.rawValue)
      fiscalQuarter.append(quarters?[row] ?? 0)
      isAmendment.append(amendments?[row] ?? false)
      tableRow.append(Int32(row))
    }
  }

  private static func periodEnds(
    _ table: RawTable, _ source: FundamentalsSource
  ) throws(CompileError) -> [Int32] {
    if let column = source.periodEnd { return try table.dateColumn(column) }
    guard let column = source.fiscalYear else { return [] }
    return try table.decoded(column, missing: .min, accepted: "a year such as 2012") { text in
      RecordColumns.year(text).map { year in
        let month = year * 12 + source.fiscalYearEndMonth - 1
        return CalendarDate.lastDay(ofMonthOrdinal: month).daysSinceEpoch
      }
    }
  }

  /// A year written as `2012` or `2012.0`, as pandas writes a column with gaps.
  private static func year(_ text: String) -> Int? {
    let digits = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    guard let year = Int(digits), (1...9999).contains(year) else { return nil }
    return year
  }

  private static func quarters(
    _ table: RawTable, _ source: FundamentalsSource
  ) throws(CompileError) -> [UInt8]? {
    guard let name = source.fiscalQuarter else { return nil }
    return try table.decoded(name, missing: 0, accepted: "Q1, Q2, Q3, Q4, FY or 1 to 4") { text in
      switch text.uppercased() {
      case "Q1", "1", "1.0": 1
      case "Q2", "2", "2.0": 2
      case "Q3", "3", "3.0": 3
      case "Q4", "4", "4.0", "FY": 4
      default: nil
      }
    }
  }

  private static func amendments(
    _ table: RawTable, _ source: FundamentalsSource
  ) throws(CompileError) -> [Bool]? {
    guard let name = source.amendment else { return nil }
    return try table.decoded(name, missing: false, accepted: ColumnType.boolean.accepted) { text in
      switch text.lowercased() {
      case "true", "t", "yes", "y", "1", "1.0": true
      case "false", "f", "no", "n", "0", "0.0": false
      default: nil
      }
    }
  }
}
