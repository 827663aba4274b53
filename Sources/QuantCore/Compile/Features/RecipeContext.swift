/// What a recipe may see of each row: records of its firm, prices and earlier features.
///
/// Records are as they were known at the row's decision date, prices are those up to that date. Rows
/// are sorted by (period, firm). Arrays have one element for each row.
public protocol RecipeContext: Sendable {
  /// Number of rows.
  var rowCount: Int { get }
  /// The rows of each decision date, ascending and without gaps.
  var periodRanges: [Range<Int>] { get }
  /// Number of threads a recipe may use.
  var threads: Int { get }
  /// Whether a name is a numeric column of a source (`column` or `source.column`).
  func isColumn(_ name: String) -> Bool
  /// Names of all features so far, in order.
  var featureNames: [String] { get }
  /// An earlier feature, or else a source column, `lag` fiscal periods before the row's latest
  /// record.
  ///
  /// A feature hides a column of the same name; `source.column` always reaches the column. Earlier
  /// values of a feature come from the inputs that its recipe saw, so that replacing one of them
  /// later (winsorizing) does not change them. NaN where there is no such record. Columns that count
  /// from the start of the fiscal year are unwound to single periods.
  ///
  /// - Throws: `CompileError.configuration` for an unknown name, and for a lag of a feature that has
  ///   none.
  func values(_ name: String, lag: Int) throws(CompileError) -> [Float]
  /// The sum of the last four quarters of a flow column (one value for annual sources).
  ///
  /// Uses `year to date + last fiscal year - year to date a year ago` where the column counts from
  /// the start of the fiscal year.
  func trailingYear(_ name: String, lag: Int) throws(CompileError) -> [Float]
  /// Days from the period end of the row's latest record to the decision date.
  func recordAgeDays(source: String?) throws(CompileError) -> [Float]
  /// Days from the availability of the row's latest record to the decision date.
  func availabilityAgeDays(source: String?) throws(CompileError) -> [Float]
  /// A statistic of the firm's daily prices in a window that ends at the decision date.
  func prices(_ statistic: PriceStatistic) throws(CompileError) -> [Float]
}

/// A statistic of daily prices in a window of trading days that ends at the decision date.
public enum PriceStatistic: Hashable, Sendable {
  /// Total return over `days` trading days, leaving out the last `skip`; a fraction.
  case momentum(days: Int, skip: Int)
  /// Standard deviation (n - 1) of daily total returns over `days` trading days; a fraction a day.
  case volatility(days: Int)
  /// Deepest fall of the total return index from an earlier high within `days`; a fraction, ≤ 0.
  case drawdown(days: Int)
  /// Mean of raw close times volume over `days`; currency units a day.
  case dollarVolume(days: Int)
  /// Raw close on the last trading day; currency units.
  case close
}
