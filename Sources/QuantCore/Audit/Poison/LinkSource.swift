/// The dated map from identifiers to firms: a link is known from its first day, its end when it comes.
///
/// Changes keep the map free of contradictions: no identifier leads to two firms on one day.
struct LinkSource: PoisonableSource {
  let name = "identifiers"
  let oracle: String
  let table: RawTable
  let source: IdentifierSource
  let isKept: [Bool]
  private let identifiers: TextColumn
  private let firms: TextColumn
  private let from: [Int32]
  private let to: [Int32]

  init(_ table: RawTable, source: IdentifierSource, isKept: [Bool]) throws(CompileError) {
    self.table = table
    self.source = source
    self.isKept = isKept
    identifiers = try table.textColumn(source.identifier)
    firms = try table.textColumn(source.firm)
    let missing = [Int32](repeating: .min, count: table.rowCount)
    if let name = source.from { from = try table.dateColumn(name) } else { from = missing }
    if let name = source.to { to = try table.dateColumn(name) } else { to = missing }
    oracle =
      [source.from, source.to].compactMap { $0 }.joined(separator: ", ") + " of the map itself"
  }

  var isIndependent: Bool { false }
  var recordCount: Int { isKept.count { $0 } }
  var lastDay: Int32? {
    let last = max(from.max() ?? .min, to.max() ?? .min)
    return last == .min ? nil : last
  }

  func apply(_ poison: Poison, to world: inout AuditWorld) throws(CompileError) -> PoisonCount {
    var count = PoisonCount(poison)
    guard poison.mutation != .rescaled else { return count }
    var edited = try EditableTable(world.tables.tables[.identifiers] ?? table)
    if poison.mutation == .added {
      add(poison, &count, &edited)
    } else {
      change(poison, &count, &edited)
    }
    world.tables.tables[.identifiers] = edited.table
    return count
  }

  private func change(
    _ poison: Poison, _ count: inout PoisonCount, _ edited: inout EditableTable
  ) {
    let isRemoval = poison.mutation == .removed
    // Without ends, an earlier link goes on beside the later one and must lead to the same firm. And
    // all links of an identifier to a firm change together, because they may overlap.
    let canChangeFirms =
      source.to != nil && firms.values.count > 1 && poison.places == 0..<Int.max
    var later: [Int] = []
    var open: [Int] = []
    for row in isKept.indices where isKept[row] {
      let isLater = from[row] > poison.cut
      let mayEnd = to[row] > poison.cut || (to[row] == .min && source.to != nil && !isRemoval)
      guard isLater ? canChangeFirms || isRemoval : mayEnd else { continue }
      guard count.takes("\(source.table.file) line \(table.line(ofRow: row))") else { continue }
      if isLater { later.append(row) } else { open.append(row) }
    }
    edited.editDays(source.to) { cells in
      // The link may go on for ever, or end on the day itself.
      for row in open { cells[row] = isRemoval ? .min : poison.cut }
    }
    if isRemoval {
      var isRemoved = [Bool](repeating: false, count: table.rowCount)
      for row in later { isRemoved[row] = true }
      edited.remove(isRemoved)
      return
    }
    edited.editTexts(source.firm) { column in
      for row in later where firms.codes[row] >= 0 {
        let key = Int(identifiers.codes[row]) << 32 | Int(firms.codes[row])
        column.exchange(row, poison.bits(key, 60))
      }
    }
  }

  /// Adds, for every identifier without a link after the cut, one that begins on the next day.
  private func add(
    _ poison: Poison, _ count: inout PoisonCount, _ edited: inout EditableTable
  ) {
    guard source.from != nil, firms.values.count > 1 else { return }
    var isFree = [Bool](repeating: true, count: identifiers.values.count)
    var model = [Int](repeating: -1, count: identifiers.values.count)
    for row in isKept.indices where isKept[row] && identifiers.codes[row] >= 0 {
      let code = Int(identifiers.codes[row])
      model[code] = row
      if to[row] == .min || to[row] > poison.cut { isFree[code] = false }
    }
    let chosen = model.indices.filter {
      isFree[$0] && model[$0] >= 0
        && count.takes("a later link of identifier \(identifiers.values[$0])")
    }
    let first = edited.rowCount
    edited.append(copiesOf: chosen.map { model[$0] })
    let rows = first..<first + chosen.count
    edited.editDays(source.from) { cells in for row in rows { cells[row] = poison.cut + 1 } }
    edited.editDays(source.to) { cells in for row in rows { cells[row] = .min } }
    edited.editTexts(source.firm) { column in
      for row in rows { column.exchange(row, poison.bits(row, 61)) }
    }
  }
}
