/// What the leak audit is told beyond what the compile is told: the `audit` section of a configuration.
///
/// Nothing of it touches a panel. Its purpose is a second opinion: `recorded` names, for a source, the
/// day on which each line stood in the source, whatever the compile takes for its availability.
public struct AuditRule: Codable, Hashable, Sendable {
  /// How many dates are audited where the caller names none.
  public var dates: Int
  /// Days on which lines or columns were recorded, stated apart from the compile's own rules.
  public var recorded: [RecordedRule]
  /// Sources without any day in them, which are therefore left as they are.
  public var undated: [String]
  /// Features that may depend on the unit of prices, because the closes are raw.
  public var priceLevels: [String]
  /// A feature whose area under the ROC curve reaches this is suspected of knowing the outcome.
  public var outcomeArea: Double
  /// Days between period end and availability below which the median of a source is implausible.
  public var reportingDays: Int

  /// The defaults: 20 dates, availability as the compile has it.
  public init() {
    dates = 20
    recorded = []
    undated = []
    priceLevels = []
    outcomeArea = 0.95
    reportingDays = 10
  }

  /// Reads `audit`.
  ///
  /// - Throws: `ConfigurationError` for a field that is unknown or out of range.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    let defaults = AuditRule()
    dates = try reader.integer(
      "dates", default: defaults.dates, "how many dates are audited where none is named",
      in: 1...10_000)
    recorded = try reader.objects(
      "recorded", "when lines or columns of a source were recorded, apart from the compile's rules"
    ) { (r) throws(ConfigurationError) in try RecordedRule(from: &r) }
    undated = try reader.strings(
      "undated", default: [], "sources without days, which the audit leaves as they are")
    priceLevels = try reader.strings(
      "priceLevels", default: [], "features that may depend on the unit of prices")
    outcomeArea = try reader.number(
      "outcomeArea", default: defaults.outcomeArea,
      "area under the ROC curve from which a single feature is suspected to be an outcome",
      accepted: "0.5 < x ≤ 1"
    ) { $0 > 0.5 && $0 <= 1 }
    reportingDays = try reader.integer(
      "reportingDays", default: defaults.reportingDays,
      "least median of days from period end to availability that is plausible", in: 0...3650)
  }
}

/// The day on which the lines of a source, or some of its columns, were recorded.
public struct RecordedRule: Codable, Hashable, Sendable {
  /// The source: the name of a fundamentals table, `events`, `delistings` or `prices`.
  public var source: String
  /// Columns of a fundamentals table that were recorded on that day; empty for whole lines.
  public var columns: [String]
  /// The column of the day, in the file of the source; a line without one follows the compile.
  public var day: String
  /// Days to add to it.
  public var lagDays: Int

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    source = try reader.string(
      "source", "a fundamentals table by name, events, delistings or prices")
    columns = try reader.strings(
      "columns", default: [], "columns that were recorded on that day; default: whole lines")
    day = try reader.string("day", "column of the day, in the file of the source")
    lagDays = try reader.integer("lagDays", default: 0, "days to add to it", in: 0...3650)
  }
}
