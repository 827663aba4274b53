extension RunTables {
  /// Where every row of every source went, and the coverage rates: one row for each number.
  ///
  /// Columns: `section` (`source`, `grid` or `rate`), `source`, `measure` (`rows_in`, `rows_used`,
  /// `dropped`, or the name of a rate), `reason`, `value`.
  public static func coverage(_ manifest: CompileManifest) -> ResultTable {
    var table = ResultTable(["section", "source", "measure", "reason", "value"])
    func add(_ section: String, _ account: SourceAccount) {
      let start: [ResultTable.Cell] = [.text(section), .text(account.source)]
      table.append(start + [.text("rows_in"), .missing, .integer(account.rowsIn)])
      table.append(start + [.text("rows_used"), .missing, .integer(account.rowsUsed)])
      for drop in account.dropped {
        table.append(start + [.text("dropped"), .text(drop.reason), .integer(drop.count)])
      }
    }
    for account in manifest.sources { add("source", account) }
    add("grid", manifest.grid)
    let rates = manifest.coverage.sortedByBytes { $0.key }
    for (name, value) in rates {
      table.append([.text("rate"), .missing, .text(name), .missing, .number(value)])
    }
    return table
  }
}
