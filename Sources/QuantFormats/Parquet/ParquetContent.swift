public import QuantCore

/// What a Parquet file says of itself: rows, groups and columns.
public struct ParquetContent: Sendable {
  /// One column.
  public struct Column: Hashable, Sendable {
    /// The name and type; the type has no meaning where there is a `refusal`.
    public var column: ParquetColumn
    /// Missing values, where every row group says how many.
    public var missing: Int?
    /// Why the column cannot be read, or `nil`.
    public var refusal: String?
  }

  /// The number of rows.
  public let rows: Int
  /// The number of row groups.
  public let rowGroups: Int
  /// The columns in order; those inside of others are listed too.
  public let columns: [Column]

  /// Reads the footer of a file.
  ///
  /// - Throws: `StorageError` for a file that is missing, damaged or no Parquet file.
  /// - Complexity: O(size of the footer).
  public init(of path: String) throws(StorageError) {
    let file = try MappedFile(path: path)
    let footer = try ParquetFooter(file.bytes, path: path)
    rows = footer.rows
    rowGroups = footer.rowGroups.count
    columns = footer.leaves.enumerated().map { index, leaf in
      let counts = footer.rowGroups.map { leaf.column.isNullable ? $0.chunks[index].nulls : 0 }
      let missing = counts.contains(nil) ? nil : counts.reduce(0) { $0 + ($1 ?? 0) }
      return Column(column: leaf.column, missing: missing, refusal: leaf.refusal)
    }
  }
}

extension ParquetType: CustomStringConvertible {
  /// The name of the type.
  public var description: String {
    switch self {
    case .boolean: "boolean"
    case .int32: "int32"
    case .int64: "int64"
    case .float: "float32"
    case .double: "float64"
    case .string: "text"
    case .date: "date"
    case .timestamp(let units):
      units == 1_000 ? "timestamp[ms]" : units == 1_000_000 ? "timestamp[us]" : "timestamp[ns]"
    }
  }
}
