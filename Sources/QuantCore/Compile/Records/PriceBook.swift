/// Daily prices of all firms of a panel.
struct PriceBook: Sendable {
  /// The prices of each firm, in the order of the panel's firms.
  let firms: [FirmPrices]
  /// Where the rows (wide: the cells that are not empty) went.
  let account: SourceAccount
}

extension PriceBook {
  /// Collects the firms of a book and closes its account.
  init(
    _ results: [FirmPricesResult], rowsIn: Int, drops: DropTally
  ) throws(CompileError) {
    var drops = drops
    for result in results {
      for (reason, count) in result.drops { drops.add(reason, count) }
    }
    firms = results.map(\.prices)
    account = try drops.account(
      source: "prices", rowsIn: rowsIn, rowsUsed: results.reduce(0) { $0 + $1.used })
  }

  /// For each text its place among all of them by bytes.
  static func ranks(_ texts: [String]) -> [Int32] {
    let order = texts.indices.sorted {
      texts[$0].precedesByBytes(texts[$1])
    }
    var ranks = [Int32](repeating: 0, count: texts.count)
    for (rank, index) in order.enumerated() { ranks[index] = Int32(rank) }
    return ranks
  }
}
