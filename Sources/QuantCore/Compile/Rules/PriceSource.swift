/// Daily prices, as one long table or as wide matrices with a column for each firm.
public struct PriceSource: Codable, Hashable, Sendable {
  /// How the files are laid out.
  public enum Layout: String, Codable, Hashable, Sendable, CaseIterable {
    /// One line for each firm and day.
    case long
    /// One line for each day and a column for each firm; one file for each quantity.
    case wide
  }

  /// How the files are laid out.
  public var layout: Layout
  /// The long table, or the wide matrix of closes.
  public var table: TableFormat
  /// Long: column of the firm or of its identifier.
  public var firm: String?
  /// Whether the firm (or the name of a wide column) is an identifier to be mapped.
  public var isMapped: Bool
  /// Column of the day.
  public var date: String
  /// Long: column of the raw close, in currency units.
  public var close: String?
  /// Long: column of the daily total return, as a fraction.
  public var totalReturn: String?
  /// Long: column of the close adjusted for splits and dividends; used as ratios only.
  public var adjustedClose: String?
  /// Long: column of the split factor of the day (2 for two new shares for one old).
  public var splitFactor: String?
  /// Long: column of the cash dividend of the day per share.
  public var dividend: String?
  /// Long: column of the number of shares traded.
  public var volume: String?
  /// Wide: the matrix of daily total returns, as fractions.
  public var totalReturnFile: String?
  /// Wide: the matrix of shares traded.
  public var volumeFile: String?
  /// Daily returns above this are taken as bad ticks, and counted; a fraction.
  public var maximumReturn: Double

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    layout = try reader.choice("layout", default: Layout.long, "long table or wide matrices")
    table = try TableFormat(from: &reader)
    firm = try reader.optionalString("firm", "long: column of the firm or of its identifier")
    isMapped = try reader.bool(
      "isMapped", default: false, "whether firms go through the identifier map")
    date = try reader.string("date", default: "date", "column of the day")
    close = try reader.optionalString("close", "long: column of the raw close")
    totalReturn = try reader.optionalString("totalReturn", "long: column of the daily total return")
    adjustedClose = try reader.optionalString(
      "adjustedClose", "long: column of the adjusted close; used as ratios only")
    splitFactor = try reader.optionalString("splitFactor", "long: column of the day's split factor")
    dividend = try reader.optionalString("dividend", "long: column of the day's dividend per share")
    volume = try reader.optionalString("volume", "long: column of the shares traded")
    totalReturnFile = try reader.optionalString(
      "totalReturnFile", "wide: matrix of daily total returns")
    volumeFile = try reader.optionalString("volumeFile", "wide: matrix of shares traded")
    maximumReturn = try reader.number(
      "maximumReturn", default: 10, "daily returns above this are bad ticks: ignored and counted",
      accepted: "x > 0"
    ) { $0 > 0 }
    if !reader.isDescribing, layout == .long {
      if firm == nil {
        throw reader.error("firm", "missing", accepted: "a column, in a long table")
      }
      if close == nil {
        throw reader.error("close", "missing", accepted: "a column, in a long table")
      }
    }
  }
}
