/// What the fields of a column are read as.
public enum ColumnType: String, Hashable, Sendable, CaseIterable {
  /// A decimal number, rounded once to Float32.
  case float32
  /// A day that exists, in one of the forms of `CalendarDate`.
  case date
  /// UTF-8 text, dictionary-coded.
  case text
  /// `true`/`false`, `t`/`f`, `yes`/`no`, `y`/`n` in any case, or `1`/`0`.
  case boolean
  /// A whole number that fits 64 bits.
  case integer

  /// What is accepted, in words, for error messages.
  public var accepted: String {
    switch self {
    case .float32: "a decimal number such as -12.5 or 3e-4"
    case .date: "a day that exists, such as 2015-06-30 or 20150630"
    case .text: "UTF-8 text"
    case .boolean: "true, false, yes, no, y, n, t, f, 1 or 0"
    case .integer: "a whole number of at most 64 bits"
    }
  }
}

/// The name of a column in the header, and its type.
public struct ColumnSchema: Hashable, Sendable {
  /// The name as it stands in the header.
  public var name: String
  /// What its fields are read as.
  public var type: ColumnType

  /// Creates a column.
  public init(_ name: String, _ type: ColumnType) {
    self.name = name
    self.type = type
  }
}

/// Which columns of a file are read and how the file is written.
///
/// Columns of the file that are not declared are skipped without being parsed.
///
/// ```swift
/// TableSchema(columns: [ColumnSchema("gvkey", .text), ColumnSchema("atq", .float32)])
/// ```
public struct TableSchema: Hashable, Sendable {
  /// The columns to read; their order has no meaning, the header decides the place.
  public var columns: [ColumnSchema]
  /// The byte between fields: one of `,`, `;`, `|` or a tab.
  public var delimiter: UInt8
  /// Spellings of a missing value besides the empty field; compared byte by byte.
  ///
  /// A quoted field of a text column is text, even where it is spelled like one of these.
  public var missing: [String]
  /// Whether `"` quotes a field; where not, it is a character like any other.
  public var isQuoted: Bool
  /// Whether infinite numbers, and those that exceed Float32, are read as infinite.
  public var acceptsInfinite: Bool

  /// Creates a schema.
  public init(
    columns: [ColumnSchema], delimiter: UInt8 = UInt8(ascii: ","),
    missing: [String] = TableSchema.usualMissing, isQuoted: Bool = true,
    acceptsInfinite: Bool = false
  ) {
    self.columns = columns
    self.delimiter = delimiter
    self.missing = missing
    self.isQuoted = isQuoted
    self.acceptsInfinite = acceptsInfinite
  }

  /// What pandas, R and Compustat write for a missing number.
  public static let usualMissing = [
    "NA", "NaN", "nan", "null", "NULL", ".", ".C", ".I", ".S", ".A",
  ]

  /// The delimiters that a reader and a writer accept.
  public static let delimiters = [",", ";", "|", "\t"].map { UInt8(ascii: $0) }
}
