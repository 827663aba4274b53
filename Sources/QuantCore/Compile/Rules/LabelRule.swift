/// What is predicted, and when it becomes known.
public struct LabelRule: Codable, Hashable, Sendable {
  /// Lengths of the label window in months, ascending.
  public var horizons: [Horizon]
  /// Days after the end of a label window until the source has recorded its events.
  public var recordingLagDays: Int
  /// Days that must lie between the day a training label is known and the decision date.
  public var embargoDays: Int
  /// A 0/1 column of the first fundamentals table that says whether the event followed.
  ///
  /// It takes the place of a table of events; the one horizon then counts from the record's period
  /// end.
  public var column: String?
  /// What is accepted for both numbers of days.
  static let lagDays = 0...3650

  /// Reads `compile.labels`.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    let months = try reader.integers(
      "horizons", default: [3, 6, 12], "lengths of the label window in months", in: 1...120)
    recordingLagDays = try reader.integer(
      "recordingLagDays", default: 0,
      "days after the end of a label window until the source has recorded its events",
      in: LabelRule.lagDays)
    embargoDays = try reader.integer(
      "embargoDays", default: 0,
      "days between the day a training label is known and the decision date that may use it",
      in: LabelRule.lagDays)
    column = try reader.optionalString(
      "column", "0/1 column of the first fundamentals table, in place of a table of events")
    horizons = months.map { Horizon(months: $0) }.sorted()
    if Set(months).count != months.count || months.isEmpty {
      throw reader.error(
        "horizons", "\(months)", accepted: "at least one length, each given once")
    }
    if column != nil, horizons.count != 1 {
      throw reader.error(
        "horizons", "\(months)", accepted: "one length where labels.column is given")
    }
  }
}
