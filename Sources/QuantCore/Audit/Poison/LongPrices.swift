/// A long table of daily prices: each line is known on its day.
struct LongPrices: PoisonableSource {
  let name = "prices"
  let oracle: String
  let table: RawTable
  let source: PriceSource
  let isKept: [Bool]
  /// For each line the day on which it was recorded, or its own.
  let known: [Int32]
  let isIndependent: Bool
  /// For each line its firm as a number, -1 where it has none; firms are those that names lead to.
  let owners: [Int32]
  private let days: [Int32]

  init(
    _ table: RawTable, source: PriceSource, isKept: [Bool], recorded: [Int32], oracle: String,
    owners: [Int32]
  ) throws(CompileError) {
    self.table = table
    self.source = source
    self.isKept = isKept
    self.oracle = oracle
    self.owners = owners
    isIndependent = !recorded.isEmpty
    let days = try table.dateColumn(source.date)
    self.days = days
    known = recorded.isEmpty ? days : zip(recorded, days).map { $0 == .min ? $1 : $0 }
  }

  var recordCount: Int { isKept.count { $0 } }
  var lastDay: Int32? { known.max().flatMap { $0 == .min ? nil : $0 } }

  func apply(_ poison: Poison, to world: inout AuditWorld) throws(CompileError) -> PoisonCount {
    var count = PoisonCount(poison)
    var edited = try EditableTable(world.tables.tables[.prices] ?? table)
    switch poison.mutation {
    case .values:
      disturb(chosen(poison, &count), poison, &edited)
    case .removed:
      var isRemoved = [Bool](repeating: false, count: table.rowCount)
      for row in chosen(poison, &count) { isRemoved[row] = true }
      edited.remove(isRemoved)
    case .added: add(poison, &count, &edited)
    case .rescaled: rescale(poison, &count, &edited)
    }
    world.tables.tables[.prices] = edited.table
    return count
  }

  private func chosen(_ poison: Poison, _ count: inout PoisonCount) -> [Int] {
    var rows: [Int] = []
    for row in known.indices where known[row] > poison.cut && isKept[row] {
      if count.takes("\(source.table.file) line \(table.line(ofRow: row))") { rows.append(row) }
    }
    return rows
  }

  /// Gives lines other prices; they stay positive, so that the lines stay in use.
  private func disturb(_ rows: [Int], _ poison: Poison, _ edited: inout EditableTable) {
    for (place, name) in [source.close, source.adjustedClose, source.volume, source.dividend]
      .enumerated()
    {
      edited.editNumbers(name) { values in
        for row in rows {
          values[row] *= PoisonedNumber.positiveFactor(poison.bits(row, 70 + UInt64(place)))
        }
      }
    }
    edited.editNumbers(source.totalReturn) { values in
      for row in rows { values[row] = Float(SplitMix64.unit(poison.bits(row, 75))) - 0.5 }
    }
    edited.editNumbers(source.splitFactor) { values in
      for row in rows where poison.bits(row, 76) % 16 == 0 { values[row] = 2 }
    }
  }

  /// Adds three days after the cut for every firm.
  private func add(
    _ poison: Poison, _ count: inout PoisonCount, _ edited: inout EditableTable
  ) {
    var model: [Int32: Int] = [:]
    for row in owners.indices where owners[row] >= 0 && isKept[row] {
      if model[owners[row]] == nil { model[owners[row]] = row }
    }
    var copies: [Int] = []
    for owner in model.keys.sorted() {
      guard let row = model[owner] else { continue }
      for _ in 0..<3 where count.takes("a later price like \(source.table.file) line \(row + 2)") {
        copies.append(row)
      }
    }
    let first = edited.rowCount
    edited.append(copiesOf: copies)
    let rows = Array(first..<first + copies.count)
    edited.editDays(source.date) { cells in
      for row in rows { cells[row] = poison.laterDay(row, 77, within: 60, not: .min) }
    }
    disturb(rows, poison, &edited)
  }

  /// Splits before and after the cut: earlier prices in other units, and the factors that say so.
  private func rescale(
    _ poison: Poison, _ count: inout PoisonCount, _ edited: inout EditableTable
  ) {
    let units = ShareUnits(
      days: days, owners: owners, poison: poison, hasPast: source.splitFactor != nil)
    var rows: [Int] = []
    for row in days.indices where owners[row] >= 0 && isKept[row] && days[row] <= poison.cut {
      if count.takes("\(source.table.file) line \(table.line(ofRow: row))") { rows.append(row) }
    }
    for name in [source.close, source.dividend] {
      edited.editNumbers(name) { values in
        for row in rows { values[row] *= units.factor(row, isInclusive: name == source.dividend) }
      }
    }
    // A provider restates the adjusted series as a whole.
    edited.editNumbers(source.adjustedClose) { values in
      for row in days.indices where owners[row] >= 0 { values[row] *= units.whole(row) }
    }
    edited.editNumbers(source.volume) { values in
      for row in rows { values[row] /= units.factor(row, isInclusive: false) }
    }
    edited.editNumbers(source.splitFactor) { values in
      for row in days.indices where owners[row] >= 0 {
        let factor = units.split(row)
        if factor != 1 { values[row] = (values[row] > 0 ? values[row] : 1) * factor }
      }
    }
  }
}
