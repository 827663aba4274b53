/// A table that says when firms left the market.
public struct DelistingSource: Codable, Hashable, Sendable {
  /// The file.
  public var table: TableFormat
  /// Column of the firm, or of an identifier that `identifiers` maps to it.
  public var firm: String
  /// Whether `firm` is an identifier to be mapped, at the delisting.
  public var isMapped: Bool
  /// Column of the last day of listing.
  public var date: String

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    table = try TableFormat(from: &reader)
    firm = try reader.string("firm", "column of the firm, or of an identifier of it")
    isMapped = try reader.bool(
      "isMapped", default: false, "whether the firm column goes through the identifier map")
    date = try reader.string("date", "column of the last day of listing")
  }
}
