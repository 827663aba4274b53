/// A table of company records, with the day on which each of its lines became known.
struct RecordSource: PoisonableSource {
  let name: String
  let oracle: String
  let isIndependent: Bool
  let role: InputRole
  let table: RawTable
  let source: FundamentalsSource
  /// The label column, which this table has where it is the first.
  let labelColumn: String?
  /// For each line the day on which it became known; `Int32.min` for lines that are no records.
  let days: [Int32]
  /// For each line the day on which its label is known; empty without a label column.
  let labelDays: [Int32]
  /// Columns with days of their own.
  let columns: [(names: Set<String>, days: [Int32])]
  /// The column whose days are shifted with the records, besides `source.available`.
  let recordedColumn: String?

  var recordCount: Int { days.count { $0 != .min } }
  var lastDay: Int32? {
    ([days, labelDays] + columns.map(\.days)).compactMap { $0.max() }.max().flatMap {
      $0 == .min ? nil : $0
    }
  }

  func apply(_ poison: Poison, to world: inout AuditWorld) throws(CompileError) -> PoisonCount {
    var count = PoisonCount(poison)
    var edited = try EditableTable(world.tables.tables[role] ?? table)
    switch poison.mutation {
    case .values: changeValues(poison, &count, &edited)
    case .removed: remove(poison, &count, &edited)
    case .added: try add(poison, &count, &edited)
    case .rescaled: return count
    }
    world.tables.tables[role] = edited.table
    return count
  }

  /// Lines of which something was not known on the cut, as far as the poison takes them.
  private func chosen(_ poison: Poison, _ count: inout PoisonCount) -> [Int] {
    days.indices.filter { row in
      let isLater =
        days[row] > poison.cut || (!labelDays.isEmpty && labelDays[row] > poison.cut)
        || columns.contains { $0.days[row] > poison.cut }
      return isLater && count.takes(describe(row))
    }
  }

  private func describe(_ row: Int) -> String {
    let day = days[row] == .min ? "" : ", known on \(CalendarDate(daysSinceEpoch: days[row]))"
    return "\(source.table.file) line \(table.line(ofRow: row))\(day)"
  }

  private func changeValues(
    _ poison: Poison, _ count: inout PoisonCount, _ edited: inout EditableTable
  ) {
    let rows = chosen(poison, &count)
    let whole = rows.filter { days[$0] > poison.cut }
    for (place, name) in source.values.enumerated() {
      changeNumbers(name, whole, poison, 100 + UInt64(place), &edited)
    }
    for (place, name) in (source.keys + [source.fiscalQuarter, source.amendment].compactMap { $0 })
      .enumerated() where name != source.firm
    {
      edited.editTexts(name) { column in
        for row in whole { column.exchange(row, poison.bits(row, 20 + UInt64(place))) }
      }
    }
    // An assumed availability has no cell to shift.
    for name in shiftedColumns {
      edited.editDays(name) { cells in
        for row in whole where cells[row] > poison.cut {
          cells[row] = poison.laterDay(row, 1, within: 400, not: cells[row])
        }
      }
    }
    changeColumns(rows, poison, &edited)
    flipLabels(rows, poison, &edited)
  }

  private func remove(
    _ poison: Poison, _ count: inout PoisonCount, _ edited: inout EditableTable
  ) {
    let rows = chosen(poison, &count)
    changeColumns(rows, poison, &edited)
    flipLabels(rows, poison, &edited)
    var isRemoved = [Bool](repeating: false, count: table.rowCount)
    for row in rows where days[row] > poison.cut { isRemoved[row] = true }
    edited.remove(isRemoved)
  }

  private func changeNumbers(
    _ name: String, _ rows: [Int], _ poison: Poison, _ purpose: UInt64,
    _ edited: inout EditableTable
  ) {
    edited.editNumbers(name) { values in
      let scale = PoisonedNumber.scale(values)
      for row in rows {
        values[row] = PoisonedNumber.other(
          than: values[row], scale: scale, poison.bits(row, purpose))
      }
    }
  }

  private func changeColumns(_ rows: [Int], _ poison: Poison, _ edited: inout EditableTable) {
    for (place, group) in columns.enumerated() {
      let own = rows.filter { group.days[$0] > poison.cut }
      for (index, name) in group.names.sortedByBytes().enumerated() {
        let purpose = 1000 + UInt64(place) * 1000 + UInt64(index)
        changeNumbers(name, own, poison, purpose, &edited)
        edited.editTexts(name) { column in
          for row in own { column.exchange(row, poison.bits(row, purpose)) }
        }
      }
    }
  }

  /// A label that is not known may be the other one.
  private func flipLabels(_ rows: [Int], _ poison: Poison, _ edited: inout EditableTable) {
    guard let labelColumn, !labelDays.isEmpty else { return }
    edited.editNumbers(labelColumn) { values in
      for row in rows where labelDays[row] > poison.cut || days[row] > poison.cut {
        values[row] = 1 - values[row]
      }
    }
  }

  /// Columns of days that are shifted together with a record.
  var shiftedColumns: [String] {
    let own = source.available == source.periodEnd ? nil : source.available
    return Array(Set([own, recordedColumn].compactMap { $0 })).sortedByBytes()
  }
}
