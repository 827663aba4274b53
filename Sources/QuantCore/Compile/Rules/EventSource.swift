/// A table of events, one line for each deal.
public struct EventSource: Codable, Hashable, Sendable {
  /// The file.
  public var table: TableFormat
  /// Column of the firm, or of an identifier that `identifiers` maps to it.
  public var firm: String
  /// Whether `firm` is an identifier to be mapped, at the announcement.
  public var isMapped: Bool
  /// Column of the announcement; this is the event.
  public var announced: String
  /// Column of the completion.
  public var completed: String?
  /// Column of the withdrawal.
  public var withdrawn: String?
  /// First day that the source covers, or `nil` for the first of the month of its first
  /// announcement; a label whose window begins before it is unknown.
  public var coveredFrom: CalendarDate?
  /// Last day whose announcements the source covers, or `nil` for its last announcement.
  public var coveredTo: CalendarDate?

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    table = try TableFormat(from: &reader)
    firm = try reader.string("firm", "column of the firm, or of an identifier of it")
    isMapped = try reader.bool(
      "isMapped", default: false, "whether the firm column goes through the identifier map")
    announced = try reader.string("announced", "column of the announcement: the event")
    completed = try reader.optionalString("completed", "column of the completion")
    withdrawn = try reader.optionalString("withdrawn", "column of the withdrawal")
    coveredFrom = try reader.optionalDate("coveredFrom", "first day that the source covers")
    coveredTo = try reader.optionalDate("coveredTo", "last day that the source covers")
    if let coveredFrom, let coveredTo, coveredTo < coveredFrom {
      throw reader.error(
        "coveredTo", coveredTo.description, accepted: "a day from \(coveredFrom) on")
    }
  }
}

extension ConfigurationReader {
  /// A day that may be left out.
  mutating func optionalDate(
    _ name: String, _ help: String
  ) throws(ConfigurationError) -> CalendarDate? {
    guard let text = try optionalString(name, help) else { return nil }
    guard let date = CalendarDate(text) else {
      throw error(name, "'\(text)'", accepted: "a day that exists, such as 2015-06-30")
    }
    return date
  }
}
