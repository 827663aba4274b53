/// A table of company records: one line for each firm, period end and version.
public struct FundamentalsSource: Codable, Hashable, Sendable {
  /// Prefix of the source's columns where two sources share a name.
  public var name: String
  /// The file.
  public var table: TableFormat
  /// Column of the firm, or of an identifier that `identifiers` maps to it.
  public var firm: String
  /// Whether `firm` is an identifier to be mapped, at the period end.
  public var isMapped: Bool
  /// Step of the records.
  public var frequency: Frequency
  /// Column of the last day of the record's period, or `nil` where `fiscalYear` is given.
  public var periodEnd: String?
  /// Column of the fiscal year, for tables without a date.
  public var fiscalYear: String?
  /// Month in which such a fiscal year ends.
  public var fiscalYearEndMonth: Int
  /// Column of the day on which the record became available, such as the filing date.
  public var available: String?
  /// Days from period end to availability where there is no such column or value.
  public var safeLagDays: Int
  /// Column that says whether the record amends an earlier one (`true`, `1`, `Y`).
  public var amendment: String?
  /// Column of the fiscal quarter: `Q1`…`Q4`, `1`…`4`, or `FY` for the fourth.
  public var fiscalQuarter: String?
  /// Columns that count from the start of the fiscal year.
  public var yearToDate: [String]
  /// Columns that hold one quarter in the first three and the whole year in the fourth.
  public var quarterThenYear: [String]
  /// Numeric columns.
  public var values: [String]
  /// Text columns carried along as metadata keys, such as `cik`.
  public var keys: [String]
  /// Which version of a record is used.
  public var restatements: RestatementRule
  /// What becomes of different records with one firm, period end and availability.
  public var conflicts: ConflictRule

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    name = try reader.string("name", "prefix of the columns where two sources share a name")
    table = try TableFormat(from: &reader)
    firm = try reader.string("firm", "column of the firm, or of an identifier of it")
    isMapped = try reader.bool(
      "isMapped", default: false, "whether the firm column goes through the identifier map")
    frequency = try reader.choice("frequency", default: Frequency.quarterly, "step of the records")
    periodEnd = try reader.optionalString("periodEnd", "column of the last day of the period")
    fiscalYear = try reader.optionalString("fiscalYear", "column of the fiscal year, without dates")
    fiscalYearEndMonth = try reader.integer(
      "fiscalYearEndMonth", default: 12, "month in which such a fiscal year ends", in: 1...12)
    available = try reader.optionalString(
      "available", "column of the day on which the record became available")
    safeLagDays = try reader.integer(
      "safeLagDays", default: 90, "days from period end to availability where no date says it",
      in: 0...3650)
    amendment = try reader.optionalString("amendment", "column that marks amended records")
    fiscalQuarter = try reader.optionalString("fiscalQuarter", "column of the fiscal quarter")
    yearToDate = try reader.strings(
      "yearToDate", default: [], "columns that count from the start of the fiscal year")
    quarterThenYear = try reader.strings(
      "quarterThenYear", default: [], "columns with single quarters, and the year in the fourth")
    values = try reader.strings("values", "numeric columns")
    for (index, column) in values.enumerated() where values.firstIndex(of: column) != index {
      throw reader.error("values[\(index)]", "'\(column)' again", accepted: "each column once")
    }
    keys = try reader.strings("keys", default: [], "text columns kept as metadata keys")
    restatements = try reader.choice(
      "restatements", default: RestatementRule.latestKnown, "which version of a record is used")
    conflicts = try reader.choice(
      "conflicts", default: ConflictRule.refuse,
      "different records of a firm for one period, available on one day: refuse the table, or drop "
        + "them all")
    if !reader.isDescribing {
      if (periodEnd == nil) == (fiscalYear == nil) {
        throw reader.error(
          "periodEnd", periodEnd == nil ? "missing" : "given beside fiscalYear",
          accepted: "one of periodEnd and fiscalYear")
      }
      if fiscalQuarter == nil, !yearToDate.isEmpty || !quarterThenYear.isEmpty {
        throw reader.error(
          "fiscalQuarter", "missing", accepted: "a column, for yearToDate and quarterThenYear")
      }
      for column in yearToDate + quarterThenYear where !values.contains(column) {
        throw reader.error(
          "values", "lacks '\(column)'", accepted: "every column of yearToDate and quarterThenYear")
      }
    }
  }
}

/// Which version of a restated record is used at a decision date.
public enum RestatementRule: String, Codable, Hashable, Sendable, CaseIterable {
  /// The latest version that is available by the decision date.
  case latestKnown
  /// The first version, whatever came later.
  case firstReported
}

/// What becomes of different records with one firm, period end and availability, none or several of
/// which are amendments.
public enum ConflictRule: String, Codable, Hashable, Sendable, CaseIterable {
  /// The compile stops and names their lines.
  case refuse
  /// None of them is used, because nothing says which is right; they are counted.
  case drop
}
