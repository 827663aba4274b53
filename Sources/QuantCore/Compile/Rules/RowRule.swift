/// Which rows are kept.
public struct RowRule: Codable, Hashable, Sendable {
  /// Records older than this at the decision date are stale and give no row, in days since the
  /// period end of the record.
  public var maximumAgeDays: Int
  /// Days after a deal's announcement during which the firm is no candidate when the deal is
  /// neither completed nor withdrawn.
  public var pendingDays: Int

  /// Reads `compile.rows`.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    maximumAgeDays = try reader.integer(
      "maximumAgeDays", default: 400,
      "a record whose period ended longer ago than this gives no row", in: 1...10_000)
    pendingDays = try reader.integer(
      "pendingDays", default: 730,
      "a deal without an end counts as pending for this many days", in: 0...10_000)
  }
}
