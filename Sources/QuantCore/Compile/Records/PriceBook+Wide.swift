extension PriceBook {
  /// Builds the book from wide matrices: a column for each firm or identifier.
  init(
    wide prices: WidePrices, source: PriceSource, map: IdentifierMap?, firms: FirmIndex,
    threads: Int
  ) throws(CompileError) {
    let resolver = FirmResolver(prices.names, map: map)
    let places = resolver.places(in: firms)
    // Several identifiers may lead to one firm over time, so entries are collected by firm.
    let byName = ParallelFor.map(count: prices.names.count, threads: threads) { name in
      NameEntries(prices.entries(of: name), name: name, resolver: resolver, places: places)
    }
    var byFirm = [[PriceEntry]](repeating: [], count: firms.count)
    var drops = DropTally()
    var rowsIn = 0
    for name in byName {
      rowsIn += name.rowsIn
      drops.add("unmappedFirm", name.unmapped)
      drops.add("unknownFirm", name.unknown)
      for (place, entries) in name.found { byFirm[Int(place)] += entries }
    }
    let collected = byFirm
    let rule: FirmPrices.ReturnRule = prices.hasTotals ? .totalReturn : .close
    let results = ParallelFor.map(count: firms.count, threads: threads) { firm in
      FirmPricesResult(
        collected[firm], rule: rule, hasVolume: prices.hasVolumes,
        maximumReturn: source.maximumReturn)
    }
    try self.init(results, rowsIn: rowsIn, drops: drops)
  }

  /// The entries of one wide column, by the firm that the name led to on the day.
  private struct NameEntries: Sendable {
    var rowsIn = 0
    var unmapped = 0
    var unknown = 0
    var found: [(place: Int32, entries: [PriceEntry])] = []

    init(_ entries: [PriceEntry], name: Int, resolver: FirmResolver, places: [Int32]) {
      rowsIn = entries.count
      for entry in entries {
        guard case .firm(let firm) = resolver.firm(code: Int32(name), on: entry.tick.day) else {
          unmapped += 1
          continue
        }
        let place = places[Int(firm)]
        if place < 0 {
          unknown += 1
        } else if found.last?.place == place {
          found[found.count - 1].entries.append(entry)
        } else {
          found.append((place, [entry]))
        }
      }
    }
  }
}
