extension RecordSource {
  /// What an added line is made from.
  private struct Addition {
    enum Kind { case laterVersion, otherFirm, newFirm }
    var row: Int
    var kind: Kind
  }

  /// Adds lines that become known after the cut: a later version of the latest known record of every
  /// firm, a copy of every later line for another firm, and a firm that nobody knew.
  ///
  /// Where the day is stated apart from the compile's rules and these read no column, no later version
  /// can be made that the compile would not take for an old record; copies of real later lines remain.
  func add(
    _ poison: Poison, _ count: inout PoisonCount, _ edited: inout EditableTable
  ) throws(CompileError) {
    let firms = try table.textColumn(source.firm)
    var latest = [Int](repeating: -1, count: firms.values.count)
    var additions: [Addition] = []
    for row in days.indices where days[row] != .min && firms.codes[row] >= 0 {
      let code = Int(firms.codes[row])
      if days[row] > poison.cut {
        if count.takes(
          "a copy of \(source.table.file) line \(table.line(ofRow: row)) for another firm")
        {
          additions.append(Addition(row: row, kind: .otherFirm))
        }
      } else if latest[code] < 0 || days[latest[code]] <= days[row] {
        latest[code] = row
      }
    }
    if !isIndependent || source.available != nil {
      for row in latest where row >= 0 {
        if count.takes("a later version of \(source.table.file) line \(table.line(ofRow: row))") {
          additions.append(Addition(row: row, kind: .laterVersion))
        }
      }
      if let row = latest.first(where: { $0 >= 0 }), !source.isMapped, count.takes("a new firm") {
        additions.append(Addition(row: row, kind: .newFirm))
      }
    }
    let first = edited.rowCount
    edited.append(copiesOf: additions.map(\.row))
    let rows = Array(zip(first..<first + additions.count, additions))
    for (place, name) in source.values.enumerated() {
      edited.editNumbers(name) { values in
        let scale = PoisonedNumber.scale(values)
        for (row, _) in rows {
          values[row] = PoisonedNumber.other(
            than: values[row], scale: scale, poison.bits(row, 100 + UInt64(place)))
        }
      }
    }
    edited.editTexts(source.firm) { column in
      let stranger = column.code(of: "~unknown to the audit")
      for (row, addition) in rows {
        switch addition.kind {
        case .laterVersion: break
        case .otherFirm where firms.values.count > 1:
          column.codes[row] = TextColumn.other(
            than: column.codes[row], of: firms.values.count, poison.bits(row, 2))
        case .otherFirm, .newFirm: column.codes[row] = stranger
        }
      }
    }
    setDays(rows.map { ($0, $1.kind == .otherFirm) }, poison, &edited)
  }

  /// Makes added lines known after the cut.
  private func setDays(
    _ rows: [(row: Int, isCopy: Bool)], _ poison: Poison, _ edited: inout EditableTable
  ) {
    for name in shiftedColumns {
      edited.editDays(name) { cells in
        for (row, isCopy) in rows where !isCopy || cells[row] > poison.cut {
          cells[row] = poison.laterDay(row, 3, within: 200, not: cells[row])
        }
      }
    }
    guard shiftedColumns.isEmpty else { return }
    // The day follows from the period alone, so the period has to be a later one.
    let lag = source.available == nil ? source.safeLagDays : 0
    func end(_ row: Int) -> CalendarDate {
      let day = poison.cut - Int32(lag) + 1 + Int32(poison.bits(row, 4) % 120)
      return .lastDay(ofMonthOrdinal: CalendarDate(daysSinceEpoch: day).monthOrdinal)
    }
    edited.editDays(source.periodEnd) { cells in
      for (row, isCopy) in rows where !isCopy { cells[row] = end(row).daysSinceEpoch }
    }
    edited.editTexts(source.fiscalYear) { column in
      for (row, isCopy) in rows where !isCopy {
        // One year on, the last month of the fiscal year lies after that day in any case.
        column.codes[row] = column.code(of: String(end(row).components.year + 1))
      }
    }
  }
}
