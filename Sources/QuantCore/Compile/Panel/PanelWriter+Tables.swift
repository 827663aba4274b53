// The small tables of a panel: what was dropped, and what became of the events.
extension PanelWriter {
  /// Writes `drops.csv`, `coverage.csv` and `dropped_deals.csv`.
  func writeTables() throws(StorageError) {
    try writeDrops()
    try writeCoverage()
    try writeDroppedDeals()
  }

  /// One line for each source and outcome: `in`, `used`, and each reason.
  private func writeDrops() throws(StorageError) {
    var file = CSVWriter(columns: ["source", "outcome", "rows"])
    func line(_ source: String, _ outcome: String, _ rows: Int) {
      file.text(source)
      file.text(outcome)
      file.integer(rows)
      file.endRow()
    }
    for account in content.accounts + [content.rows.account] {
      line(account.source, "in", account.rowsIn)
      line(account.source, "used", account.rowsUsed)
      for drop in account.dropped { line(account.source, drop.reason, drop.count) }
    }
    try file.write(to: directory + "/" + PanelFiles.drops)
  }

  private func writeCoverage() throws(StorageError) {
    let reasons = DealDrop.allCases.map { "dropped_" + $0.columnName }
    var file = CSVWriter(columns: ["scope", "period", "events", "used"] + reasons + ["rate"])
    for line in content.dealCoverage?.lines ?? [] {
      file.text(line.scope)
      file.text(line.period)
      file.integer(line.events)
      file.integer(line.used)
      for count in line.dropped { file.integer(count) }
      file.number(line.rate ?? .nan)
      file.endRow()
    }
    try file.write(to: directory + "/" + PanelFiles.coverage)
  }

  /// The deals without use, by announcement, identifier and line.
  private func writeDroppedDeals() throws(StorageError) {
    var file = CSVWriter(
      columns: ["line", "identifier", "firm", "announced", "completed", "withdrawn", "reason"])
    let deals = content.dealCoverage?.deals ?? []
    let names = content.deals?.identifiers ?? []
    let lines = content.deals?.lines ?? []
    let order = deals.indices.filter { deals[$0].dropReason != nil }.sorted { left, right in
      if deals[left].announced != deals[right].announced {
        return deals[left].announced < deals[right].announced
      }
      if names[left] != names[right] {
        return names[left].precedesByBytes(names[right])
      }
      return lines[left] < lines[right]
    }
    func day(_ day: Int32) -> CalendarDate? {
      day == .min ? nil : CalendarDate(daysSinceEpoch: day)
    }
    for index in order {
      let deal = deals[index]
      file.integer(lines[index])
      file.text(names[index])
      file.text(deal.firm < 0 ? nil : content.firms.keys[Int(deal.firm)])
      file.date(day(deal.announced))
      file.date(day(deal.completed))
      file.date(day(deal.withdrawn))
      file.text(deal.dropReason?.rawValue)
      file.endRow()
    }
    try file.write(to: directory + "/" + PanelFiles.droppedDeals)
  }
}

extension DealDrop {
  /// The reason as part of a column name.
  var columnName: String {
    switch self {
    case .missingIdentifier: "missing_identifier"
    case .unmappedIdentifier: "unmapped_identifier"
    case .missingAnnouncement: "missing_announcement"
    case .duplicate: "duplicate"
    case .outsideGrid: "outside_grid"
    case .neverCandidate: "never_candidate"
    }
  }
}
