/// For each row of a panel the record behind it and the firm's keys.
public struct PanelMetadata: Sendable {
  /// Last day of the period of the row's record, in days since 1970-01-01.
  public let periodEnd: ArrayFile<Int64>
  /// First day on which the record might be used, in days since 1970-01-01.
  public let available: ArrayFile<Int64>
  /// Days from the period end of the record to the decision date.
  public let ageDays: ArrayFile<Int32>
  /// Further key columns, such as `cik`, by name; missing is the empty text.
  public let keys: [String: KeyColumn]
}
