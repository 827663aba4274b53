extension PriceBook {
  /// Builds the book from a long table: one line for each firm and day.
  init(
    long table: RawTable, source: PriceSource, map: IdentifierMap?, firms: FirmIndex, threads: Int
  ) throws(CompileError) {
    var drops = DropTally()
    let kept = try table.rows(keeping: source.table.keep, drops: &drops)
    let texts = try table.textColumn(source.firm ?? "")
    let days = try table.dateColumn(source.date)
    func column(_ name: String?) throws(CompileError) -> [Float]? {
      try name.map { (name) throws(CompileError) in try table.floatColumn(name) }
    }
    let closes = try column(source.close)
    let totals = try column(source.totalReturn)
    let adjusted = try column(source.adjustedClose)
    let splits = try column(source.splitFactor)
    let dividends = try column(source.dividend)
    let volumes = try column(source.volume)
    let rule: FirmPrices.ReturnRule =
      totals != nil ? .totalReturn : adjusted != nil ? .adjustedClose : .close

    let owners = PriceBook.owners(
      kept, codes: texts.codes, days: days, resolver: FirmResolver(texts.values, map: map),
      firms: firms, drops: &drops)
    let ranks = PriceBook.ranks(texts.values)
    let codes = texts.codes
    let results = ParallelFor.map(count: firms.count, threads: threads) { firm in
      let entries = owners.rows[owners.starts[firm]..<owners.starts[firm + 1]].map { row in
        let row = Int(row)
        return PriceEntry(
          tick: FirmPrices.Tick(
            day: days[row], close: closes?[row] ?? .nan, totalReturn: totals?[row] ?? .nan,
            adjustedClose: adjusted?[row] ?? .nan, split: splits?[row] ?? .nan,
            dividend: dividends?[row] ?? .nan, volume: volumes?[row] ?? .nan),
          rank: ranks[Int(codes[row])])
      }
      return FirmPricesResult(
        entries, rule: rule, hasVolume: volumes != nil, maximumReturn: source.maximumReturn)
    }
    try self.init(results, rowsIn: table.rowCount, drops: drops)
  }

  /// The rows of each firm: those of firm `f` are `rows[starts[f]..<starts[f + 1]]`.
  private static func owners(
    _ kept: [Int32], codes: [Int32], days: [Int32], resolver: FirmResolver, firms: FirmIndex,
    drops: inout DropTally
  ) -> (rows: [Int32], starts: [Int]) {
    let places = resolver.places(in: firms)
    var owner = [Int32](repeating: -1, count: kept.count)
    var starts = [Int](repeating: 0, count: firms.count + 1)
    var (missingDate, missingFirm, unmapped, unknown) = (0, 0, 0, 0)
    for (index, row) in kept.enumerated() {
      let day = days[Int(row)]
      if day == .min {
        missingDate += 1
        continue
      }
      switch resolver.firm(code: codes[Int(row)], on: day) {
      case .missing: missingFirm += 1
      case .unmapped: unmapped += 1
      case .firm(let name):
        let place = places[Int(name)]
        if place < 0 {
          unknown += 1
        } else {
          owner[index] = place
          starts[Int(place) + 1] += 1
        }
      }
    }
    drops.add("missingDate", missingDate)
    drops.add("missingFirm", missingFirm)
    drops.add("unmappedFirm", unmapped)
    drops.add("unknownFirm", unknown)
    for firm in 0..<firms.count { starts[firm + 1] += starts[firm] }
    var next = starts
    var rows = [Int32](repeating: 0, count: starts[firms.count])
    for (index, row) in kept.enumerated() where owner[index] >= 0 {
      let firm = Int(owner[index])
      rows[next[firm]] = row
      next[firm] += 1
    }
    return (rows, starts)
  }
}
