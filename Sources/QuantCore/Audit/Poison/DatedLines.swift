/// Events or delistings: lines whose days are themselves what becomes known.
///
/// A day counts as known when it comes. Where the day of recording is stated apart, the whole line is
/// unknown until then.
struct DatedLines: PoisonableSource {
  let name: String
  let oracle: String
  let role: InputRole
  /// The file as the configuration names it.
  let file: String
  let table: RawTable
  /// The column of the firm or its identifier.
  let firmColumn: String
  /// Columns of days; the first is that of the event.
  let dayColumns: [String]
  /// For each line whether keep rules leave it.
  let isKept: [Bool]
  /// For each line the day on which it was recorded, `Int32.min` where that is not stated; empty where
  /// it is stated for none.
  let recorded: [Int32]
  /// Firms or identifiers for which events are invented.
  let candidates: [String]
  private let cells: [[Int32]]

  init(
    name: String, oracle: String, role: InputRole, file: String, table: RawTable,
    firmColumn: String,
    dayColumns: [String], isKept: [Bool], recorded: [Int32], candidates: [String]
  ) throws(CompileError) {
    self.name = name
    self.oracle = oracle
    self.role = role
    self.file = file
    self.table = table
    self.firmColumn = firmColumn
    self.dayColumns = dayColumns
    self.isKept = isKept
    self.recorded = recorded
    self.candidates = candidates
    var cells: [[Int32]] = []
    for name in dayColumns { cells.append(try table.dateColumn(name)) }
    self.cells = cells
  }

  var isIndependent: Bool { !recorded.isEmpty }
  var recordCount: Int { isKept.count { $0 } }
  var lastDay: Int32? {
    var last = Int32.min
    for row in isKept.indices where isKept[row] {
      last = max(last, day(row), cells.reduce(.min) { max($0, $1[row]) })
    }
    return last == .min ? nil : last
  }

  /// The day on which a line became known.
  private func day(_ row: Int) -> Int32 {
    let own = recorded.isEmpty ? .min : recorded[row]
    return own == .min ? cells[0][row] : own
  }

  func apply(_ poison: Poison, to world: inout AuditWorld) throws(CompileError) -> PoisonCount {
    var count = PoisonCount(poison)
    guard poison.mutation != .rescaled else { return count }
    var edited = try EditableTable(world.tables.tables[role] ?? table)
    if poison.mutation == .added {
      add(poison, &count, &edited)
    } else {
      change(poison, &count, &edited)
    }
    world.tables.tables[role] = edited.table
    return count
  }

  private func change(
    _ poison: Poison, _ count: inout PoisonCount, _ edited: inout EditableTable
  ) {
    var whole: [Int] = []
    var parts: [Int] = []
    for row in isKept.indices where isKept[row] {
      let isUnknown = day(row) > poison.cut
      guard isUnknown || cells.contains(where: { $0[row] > poison.cut }) else { continue }
      guard count.takes("\(file) line \(table.line(ofRow: row))") else { continue }
      if isUnknown { whole.append(row) } else { parts.append(row) }
    }
    let isRemoval = poison.mutation == .removed
    for (place, name) in dayColumns.enumerated() {
      edited.editDays(name) { cells in
        for row in parts where cells[row] > poison.cut {
          // An end that has not come may never come.
          cells[row] =
            isRemoval || poison.bits(row, 40) % 4 == 0
            ? .min : poison.laterDay(row, 41 + UInt64(place), within: 400, not: cells[row])
        }
        for row in whole where !isRemoval && cells[row] != .min {
          if isIndependent {
            // Nothing of the line is known, so its days may lie before the cut as well.
            let shift = Int32(poison.bits(row, 50) % 240) - 120
            cells[row] += shift == 0 ? 120 : shift
          } else if cells[row] > poison.cut {
            cells[row] = poison.laterDay(row, 41 + UInt64(place), within: 400, not: cells[row])
          }
        }
      }
    }
    if isRemoval {
      var isRemoved = [Bool](repeating: false, count: table.rowCount)
      for row in whole { isRemoved[row] = true }
      edited.remove(isRemoved)
    } else {
      edited.editTexts(firmColumn) { column in
        for row in whole { column.exchange(row, poison.bits(row, 42)) }
      }
    }
  }

  /// Adds an event after the cut for every firm, and a copy of every unknown line for another firm.
  private func add(
    _ poison: Poison, _ count: inout PoisonCount, _ edited: inout EditableTable
  ) {
    guard let model = isKept.firstIndex(of: true) else { return }
    var copies: [Int] = []
    for row in isKept.indices where isKept[row] && day(row) > poison.cut {
      if count.takes("a copy of \(file) line \(table.line(ofRow: row)) for another firm") {
        copies.append(row)
      }
    }
    let invented = candidates.filter { count.takes("\(name): an event of \($0) after the date") }
    let first = edited.rowCount
    edited.append(
      copiesOf: copies + [Int](repeating: model, count: invented.count))
    edited.editTexts(firmColumn) { column in
      let known = column.values.count
      for row in first..<first + copies.count where known > 1 {
        column.exchange(row, poison.bits(row, 43))
      }
      var codes: [String: Int32] = [:]
      for (code, text) in column.values.enumerated() { codes[text] = Int32(code) }
      for (place, text) in invented.enumerated() {
        if codes[text] == nil {
          codes[text] = Int32(column.values.count)
          column.values.append(text)
        }
        column.codes[first + copies.count + place] = codes[text] ?? -1
      }
    }
    for (place, name) in dayColumns.enumerated() {
      edited.editDays(name) { cells in
        for row in first + copies.count..<first + copies.count + invented.count {
          cells[row] =
            place == 0 ? poison.laterDay(row, 44, within: 300, not: .min) : .min
        }
      }
    }
  }
}
