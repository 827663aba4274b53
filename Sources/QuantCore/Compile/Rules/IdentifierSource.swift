/// A dated map from identifiers (CIK, CUSIP, ticker) to firms.
public struct IdentifierSource: Codable, Hashable, Sendable {
  /// The file.
  public var table: TableFormat
  /// Column of the identifier.
  public var identifier: String
  /// Column of the firm.
  public var firm: String
  /// Column of the first day on which the link holds, or `nil` for always.
  public var from: String?
  /// Column of the last day on which the link holds, or `nil` for always; empty is open.
  public var to: String?

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    table = try TableFormat(from: &reader)
    identifier = try reader.string("identifier", "column of the identifier")
    firm = try reader.string("firm", "column of the firm")
    from = try reader.optionalString("from", "column of the first day of the link")
    to = try reader.optionalString("to", "column of the last day of the link; empty is open")
  }
}
