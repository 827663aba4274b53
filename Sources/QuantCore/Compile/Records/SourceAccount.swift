/// A conservation account: rows in = rows used + the sum of drops.
public struct SourceAccount: Codable, Hashable, Sendable {
  /// The source.
  public var source: String
  /// Rows that came in.
  public var rowsIn: Int
  /// Rows that were used.
  public var rowsUsed: Int
  /// Rows that were dropped, by reason, sorted by reason.
  public var dropped: [DropCount]
  /// Whether nothing was lost.
  public var isConserved: Bool {
    var rest = rowsIn
    for count in [rowsUsed] + dropped.map(\.count) {
      // Counts of a file could be anything, so none may lead below 0 or beyond the numbers.
      guard count >= 0, count <= rest else { return false }
      rest -= count
    }
    return rest == 0
  }

  /// Creates an account.
  public init(source: String, rowsIn: Int, rowsUsed: Int, dropped: [DropCount]) {
    self.source = source
    self.rowsIn = rowsIn
    self.rowsUsed = rowsUsed
    self.dropped = dropped
  }
}
