/// Counts of dropped rows by reason.
struct DropTally: Sendable {
  private var counts: [String: Int] = [:]

  /// Adds rows that were dropped for one reason.
  mutating func add(_ reason: String, _ count: Int = 1) {
    if count > 0 { counts[reason, default: 0] += count }
  }

  /// Adds the counts of another tally.
  mutating func add(_ other: DropTally) {
    for (reason, count) in other.counts { add(reason, count) }
  }

  /// All dropped rows.
  var total: Int { counts.values.reduce(0, +) }

  /// How many rows were dropped for a reason.
  subscript(reason: String) -> Int { counts[reason, default: 0] }

  /// The counts, sorted by the bytes of the reason.
  var sorted: [DropCount] {
    counts.map { DropCount(reason: $0.key, count: $0.value) }
      .sortedByBytes(of: \.reason)
  }

  /// The account of a source, which must balance: rows in = rows used + rows dropped.
  ///
  /// - Throws: `CompileError.inconsistent` where it does not.
  func account(
    source: String, rowsIn: Int, rowsUsed: Int
  ) throws(CompileError) -> SourceAccount {
    let account = SourceAccount(
      source: source, rowsIn: rowsIn, rowsUsed: rowsUsed, dropped: sorted)
    guard account.isConserved else {
      throw .inconsistent(
        "\(source) has \(rowsIn) rows, of which \(rowsUsed) are used and \(total) dropped")
    }
    return account
  }
}
