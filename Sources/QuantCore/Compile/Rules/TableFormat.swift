/// A rule that keeps rows whose text column has one of the given values.
public struct KeepRule: Codable, Hashable, Sendable {
  /// The column.
  public var column: String
  /// The values that are kept.
  public var values: [String]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    column = try reader.string("column", "the column")
    values = try reader.strings("values", "the values that are kept; compared as text")
  }
}

/// How the file of a source is written.
public struct TableFormat: Codable, Hashable, Sendable {
  /// Path of the file, relative to the configuration file; `.gz` is read through QuantFormats.
  public var file: String
  /// The character between fields: one of `,`, `;`, `|` or a tab.
  public var delimiter: String
  /// Spellings of a missing value besides the empty field.
  public var missing: [String]
  /// Rows that must have one of the given values; others are dropped and counted.
  public var keep: [KeepRule]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    file = try reader.string("file", "path of the table, relative to the configuration file")
    delimiter = try reader.string(
      "delimiter", default: ",", "character between fields: , ; | or tab")
    missing = try reader.strings(
      "missing", default: TableSchema.usualMissing, "spellings of a missing value besides empty")
    keep = try reader.objects("keep", "rows with other values are dropped and counted") {
      (r) throws(ConfigurationError) in try KeepRule(from: &r)
    }
    guard [",", ";", "|", "\t"].contains(delimiter) else {
      throw reader.error("delimiter", "'\(delimiter)'", accepted: "one of , ; | or a tab")
    }
  }
}
