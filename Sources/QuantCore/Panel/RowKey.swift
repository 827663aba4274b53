/// The key of a row: a hash of firm and decision date, the same wherever the row stands.
package enum RowKey {
  /// XXH64 of the firm's key, seeded with the day of the decision.
  package static func key(firm: String, decisionDate: CalendarDate) -> UInt64 {
    XXH64.hash(firm, seed: UInt64(bitPattern: Int64(decisionDate.daysSinceEpoch)))
  }
}
