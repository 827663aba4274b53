/// Looks for records that are dated before they can have been there.
///
/// The compile's own rule cannot show that it is wrong. Two things can: a column of days in the same
/// file that lies after the day in use, and a day in use so close to the period end that nobody could
/// have reported by then. Sources whose days are stated in the audit are judged by these instead.
struct AvailabilityScreen {
  let tables: InputTables
  let rule: AuditRule
  /// A column of days counts as one of reporting where so many of its days follow the period end.
  static let leastShare = 0.9
  /// And where they follow it by so many days at most, in the median.
  static let longestReporting = 150

  /// Judges a source.
  func findings(
    _ source: FundamentalsSource, _ columns: RecordColumns
  ) throws(CompileError) -> [LeakFinding] {
    if rule.recorded.contains(where: { $0.source == source.name && $0.columns.isEmpty }) {
      return []
    }
    var findings = try laterDays(source, columns)
    if let finding = implausible(source, columns) { findings.append(finding) }
    return findings
  }

  private func implausible(
    _ source: FundamentalsSource, _ columns: RecordColumns
  ) -> LeakFinding? {
    // Monthly tables are mostly of market data, which are complete at once.
    guard source.frequency != .monthly, !columns.available.isEmpty else { return nil }
    let median = AvailabilityScreen.median(
      zip(columns.available, columns.periodEnd).map { Int($0) - Int($1) })
    guard median < rule.reportingDays else { return nil }
    return finding(
      source,
      "\(source.name): half of the records are used within \(median) days of their period end, when "
        + "hardly anybody has reported; accepted: a filing date in compile.fundamentals.available, a "
        + "safeLagDays that covers late filers, or audit.recorded for \(source.name)")
  }

  private func laterDays(
    _ source: FundamentalsSource, _ columns: RecordColumns
  ) throws(CompileError) -> [LeakFinding] {
    var findings: [LeakFinding] = []
    let path = InputTables.path(source.table.file, in: tables.baseDirectory)
    let names: [String]
    do throws(TableReadError) {
      names = try tables.reader.columnNames(path, delimiter: source.table.delimiterByte)
    } catch {
      throw CompileError(error)
    }
    let own = [source.available, source.periodEnd, source.firm].compactMap { $0 }
    for name in names where !own.contains(name) && !source.values.contains(name) {
      // A column that does not read as days is none; that is how they are told apart.
      let schema = TableSchema(
        columns: [ColumnSchema(name, .date)], delimiter: source.table.delimiterByte,
        missing: source.table.missing)
      guard !name.isEmpty, let table = try? tables.reader.read(path, schema: schema),
        let days = try? table.dates(name)
      else { continue }
      if let finding = judge(name, days, source, columns) { findings.append(finding) }
    }
    return findings
  }

  private func judge(
    _ name: String, _ days: [Int32], _ source: FundamentalsSource, _ columns: RecordColumns
  ) -> LeakFinding? {
    var gaps: [Int] = []
    var (after, early) = (0, 0)
    for (index, row) in columns.tableRow.enumerated() where days[Int(row)] != .min {
      let day = days[Int(row)]
      gaps.append(Int(day) - Int(columns.periodEnd[index]))
      if day >= columns.periodEnd[index] { after += 1 }
      if columns.available[index] < day { early += 1 }
    }
    guard early > 0, gaps.count * 2 >= columns.tableRow.count,
      Double(after) >= AvailabilityScreen.leastShare * Double(gaps.count)
    else { return nil }
    let median = AvailabilityScreen.median(gaps)
    guard (1...AvailabilityScreen.longestReporting).contains(median) else { return nil }
    return finding(
      source,
      "\(source.name): \(early) of \(gaps.count) records are used before '\(name)', a day \(median) "
        + "days after the period end in the median; accepted: '\(name)' in "
        + "compile.fundamentals.available, or audit.recorded for \(source.name)")
  }

  private func finding(_ source: FundamentalsSource, _ explanation: String) -> LeakFinding {
    LeakFinding(
      kind: .availability, name: source.name, source: source.name, explanation: explanation)
  }

  private static func median(_ values: [Int]) -> Int {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}
