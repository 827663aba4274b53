/// The wide matrices of a price source, on one calendar of days.
struct WidePrices: Sendable {
  /// All days of the matrices, ascending.
  let days: [Int32]
  /// All names of the matrices, sorted by bytes.
  let names: [String]
  private let closes: Part?
  private let totals: Part?
  private let volumes: Part?

  private struct Part: Sendable {
    let table: WideTable
    let rowOfDay: [Int32]
    let columnOfName: [Int32]

    init(_ table: WideTable, days: [Int32], names: [String]) throws(CompileError) {
      self.table = table
      var rows: [Int32: Int32] = [:]
      for (row, day) in table.dates.enumerated() where day != .min {
        if rows.updateValue(Int32(row), forKey: day) != nil {
          throw .table(
            TableError(
              .value, file: table.file, line: table.line(ofRow: row),
              value: "\(CalendarDate(daysSinceEpoch: day)) is given twice",
              accepted: "one line for each day"))
        }
      }
      rowOfDay = days.map { rows[$0] ?? -1 }
      var columns: [String: Int32] = [:]
      for (column, name) in table.names.enumerated() { columns[name] = Int32(column) }
      columnOfName = names.map { columns[$0] ?? -1 }
    }

    func values(of name: Int) -> [Float]? {
      let column = Int(columnOfName[name])
      if column < 0 { return nil }
      let cells = table.values(of: column)
      return rowOfDay.map { $0 < 0 ? .nan : cells[Int($0)] }
    }
  }

  /// Aligns the matrices.
  init(closes: WideTable?, totals: WideTable?, volumes: WideTable?) throws(CompileError) {
    let tables = [closes, totals, volumes].compactMap { $0 }
    let days = Set(tables.flatMap(\.dates)).filter { $0 != .min }.sorted()
    let names = Set(tables.flatMap(\.names)).sortedByBytes()
    func part(_ table: WideTable?) throws(CompileError) -> Part? {
      try table.map { (table) throws(CompileError) in
        try Part(table, days: days, names: names)
      }
    }
    self.closes = try part(closes)
    self.totals = try part(totals)
    self.volumes = try part(volumes)
    self.days = days
    self.names = names
  }

  /// Whether there is a matrix of total returns.
  var hasTotals: Bool { totals != nil }
  /// Whether there is a matrix of volumes.
  var hasVolumes: Bool { volumes != nil }

  /// The days of a name on which it has a close or a return.
  func entries(of name: Int) -> [PriceEntry] {
    let close = closes?.values(of: name)
    let total = totals?.values(of: name)
    let volume = volumes?.values(of: name)
    var entries: [PriceEntry] = []
    for index in days.indices {
      let tick = FirmPrices.Tick(
        day: days[index], close: close?[index] ?? .nan, totalReturn: total?[index] ?? .nan,
        volume: volume?[index] ?? .nan)
      if !tick.close.isNaN || !tick.totalReturn.isNaN {
        entries.append(PriceEntry(tick: tick, rank: Int32(name)))
      }
    }
    return entries
  }
}
