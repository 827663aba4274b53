/// Days on which firms left the market.
struct DelistingSet: Sendable {
  /// For each firm the earliest delisting, or `Int32.max`.
  ///
  /// Earliest, because on any day only delistings before it are known.
  let first: [Int32]
  /// Where the rows of the table went.
  let account: SourceAccount

  /// Reads a table of delistings.
  init(
    _ table: RawTable, source: DelistingSource, map: IdentifierMap?, firms: FirmIndex
  ) throws(CompileError) {
    var drops = DropTally()
    let rows = try table.rows(keeping: source.table.keep, drops: &drops)
    let texts = try table.textColumn(source.firm)
    let resolver = FirmResolver(texts.values, map: map)
    let places = resolver.places(in: firms)
    let dates = try table.dateColumn(source.date)
    var first = [Int32](repeating: .max, count: firms.count)
    var used = 0
    for row in rows.map(Int.init) {
      guard dates[row] != .min else {
        drops.add("missingDate")
        continue
      }
      switch resolver.firm(code: texts.codes[row], on: dates[row]) {
      case .missing: drops.add("missingFirm")
      case .unmapped: drops.add("unmappedFirm")
      case .firm(let name):
        let place = Int(places[Int(name)])
        guard place >= 0 else {
          drops.add("unknownFirm")
          continue
        }
        used += 1
        first[place] = min(first[place], dates[row])
      }
    }
    self.first = first
    account = try drops.account(source: "delistings", rowsIn: table.rowCount, rowsUsed: used)
  }
}
