// Ordering the records of a source, and settling which of several records of one day counts.
extension RecordSet {
  private struct Entry {
    var firm: Int32
    var month: Int32
    var available: Int32
    var periodEnd: Int32
    var index: Int32
    static func isBefore(_ left: Entry, _ right: Entry) -> Bool {
      (left.firm, left.month, left.available, left.periodEnd, left.index)
        < (right.firm, right.month, right.available, right.periodEnd, right.index)
    }
    func isSameRecord(as other: Entry) -> Bool {
      firm == other.firm && available == other.available && periodEnd == other.periodEnd
    }
  }

  /// Orders the records of a table by firm, fiscal month and availability.
  ///
  /// Records of firms that the panel does not have are dropped (`unknownFirm`).
  /// Of several records with one firm, period end and availability exact copies are dropped
  /// (`duplicate`), and an amendment beats what it amends (`amendedSameDay`).
  ///
  /// What remains different is a conflict, which the source's rule refuses or drops.
  ///
  /// - Throws: `CompileError.duplicateRecord` where conflicts are refused.
  init(
    _ columns: RecordColumns, table: RawTable, source: FundamentalsSource, firms: FirmIndex,
    labelColumn: String?
  ) throws(CompileError) {
    let places = columns.firmNames.map { firms.place(of: $0) ?? -1 }
    var entries: [Entry] = []
    entries.reserveCapacity(columns.firm.count)
    var drops = columns.drops
    for index in columns.firm.indices {
      let place = places[Int(columns.firm[index])]
      guard place >= 0 else {
        drops.add("unknownFirm")
        continue
      }
      let end = CalendarDate(daysSinceEpoch: columns.periodEnd[index])
      entries.append(
        Entry(
          firm: place, month: Int32(end.nearestMonthEndOrdinal),
          available: columns.available[index], periodEnd: columns.periodEnd[index],
          index: Int32(index)))
    }
    entries.sort(by: Entry.isBefore)
    let content = try RecordContent(table, source: source, labelColumn: labelColumn)
    let kept = try RecordSet.settled(
      entries, columns: columns, content: content, table: table, source: source, firms: firms,
      drops: &drops)

    var firmStart = [Int32](repeating: 0, count: firms.count + 1)
    var groupMonth: [Int32] = []
    var groupStart: [Int32] = []
    var flags: [UInt8] = []
    var isRestated = false
    for (place, entry) in kept.enumerated() {
      let index = Int(entry.index)
      let previous = place > 0 ? kept[place - 1] : nil
      let isVersion = previous.map { $0.firm == entry.firm && $0.month == entry.month } ?? false
      if isVersion, let previous {
        let row = Int(columns.tableRow[index])
        let before = Int(columns.tableRow[Int(previous.index)])
        isRestated = isRestated || !content.hasEqualValues(row, before)
      } else {
        isRestated = false
        groupMonth.append(entry.month)
        groupStart.append(Int32(place))
        firmStart[Int(entry.firm) + 1] += 1
      }
      var risk = PointInTimeRisk(rawValue: columns.flags[index])
      if isRestated || columns.isAmendment[index] { risk.insert(.restated) }
      flags.append(risk.rawValue)
    }
    groupStart.append(Int32(kept.count))
    for firm in 0..<firms.count { firmStart[firm + 1] += firmStart[firm] }

    self.source = source
    self.firmStart = firmStart
    self.groupMonth = groupMonth
    self.groupStart = groupStart
    self.flags = flags
    self.drops = drops
    rowsIn = columns.rowsIn
    available = kept.map(\.available)
    periodEnd = kept.map(\.periodEnd)
    fiscalQuarter = kept.map { columns.fiscalQuarter[Int($0.index)] }
    let rows = kept.map { columns.tableRow[Int($0.index)] }
    tableRow = rows
    // Adding zero turns -0 into 0, so that equal numbers have equal bytes.
    values = Dictionary(
      uniqueKeysWithValues: content.values.map { name, column in
        (name, rows.map { column[Int($0)] + 0 })
      })
    keys = Dictionary(
      uniqueKeysWithValues: content.keys.map { name, column in
        (name, TextColumn(codes: rows.map { column.codes[Int($0)] }, values: column.values))
      })
    labels = content.labels.map { column in rows.map { column[Int($0)] } }
  }

  private static func settled(
    _ entries: [Entry], columns: RecordColumns, content: RecordContent, table: RawTable,
    source: FundamentalsSource, firms: FirmIndex, drops: inout DropTally
  ) throws(CompileError) -> [Entry] {
    var kept: [Entry] = []
    kept.reserveCapacity(entries.count)
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].isSameRecord(as: entries[start]) { end += 1 }
      if end == start + 1 {
        kept.append(entries[start])
        start = end
        continue
      }
      var distinct: [Entry] = []
      for entry in entries[start..<end] {
        let row = Int(columns.tableRow[Int(entry.index)])
        let isCopy = distinct.contains { other in
          content.isEqual(row, Int(columns.tableRow[Int(other.index)]))
            && columns.isAmendment[Int(entry.index)] == columns.isAmendment[Int(other.index)]
        }
        if isCopy { drops.add("duplicate") } else { distinct.append(entry) }
      }
      if distinct.count > 1 {
        let amendments = distinct.filter { columns.isAmendment[Int($0.index)] }
        if amendments.count != 1, source.conflicts == .drop {
          drops.add("conflict", distinct.count)
          start = end
          continue
        }
        guard amendments.count == 1 else {
          throw .duplicateRecord(
            source: source.name, firm: firms.keys[Int(entries[start].firm)],
            periodEnd: CalendarDate(daysSinceEpoch: entries[start].periodEnd),
            lines: distinct.map { table.line(ofRow: Int(columns.tableRow[Int($0.index)])) })
        }
        drops.add("amendedSameDay", distinct.count - 1)
        distinct = amendments
      }
      kept += distinct
      start = end
    }
    return kept
  }
}
