/// A table as it stands in its file: declared columns, rows in file order, nothing interpreted.
///
/// ```swift
/// let table = try CSVReader(threads: 2).read("fundamentals.csv", schema: schema)
/// let assets = try table.float32("atq")      // one Float for each row, NaN where missing
/// ```
public struct RawTable: Sendable {
  /// The file that the table was read from, for messages.
  public let file: String
  /// The number of rows, without the header.
  public let rowCount: Int
  private let columns: [String: ColumnValues]
  private let lines: LineNumbers

  /// Creates a table in memory.
  ///
  /// - Parameters:
  ///   - file: The name that messages give.
  ///   - rowCount: The number of rows, without the header.
  ///   - columns: Name and values of each column; each must have `rowCount` values.
  ///   - lines: The line of each row; by default row 0 stands in line 2.
  package init(
    file: String, rowCount: Int, columns: [String: ColumnValues],
    lines: LineNumbers = LineNumbers()
  ) {
    precondition(columns.values.allSatisfy { $0.count == rowCount }, "columns differ in length")
    self.file = file
    self.rowCount = rowCount
    self.columns = columns
    self.lines = lines
  }

  /// The names of the columns, sorted by their bytes.
  public var columnNames: [String] {
    columns.keys.sortedByBytes()
  }

  /// The line of the file in which a row begins, counted from 1 with the header.
  public func line(ofRow row: Int) -> Int { lines[row] }

  /// The type of a column, or `nil` where the table has none of that name.
  public func type(of name: String) -> ColumnType? { columns[name]?.type }

  /// The numbers of a column; missing is NaN.
  ///
  /// - Throws: `.missingColumn`, or `.value` where the column has another type.
  public func float32(_ name: String) throws(TableError) -> [Float] {
    guard case .float32(let values) = try values(of: name) else { throw mismatch(name, .float32) }
    return values
  }

  /// The days of a column as days since 1970-01-01; missing is `Int32.min`.
  ///
  /// - Throws: `.missingColumn`, or `.value` where the column has another type.
  public func dates(_ name: String) throws(TableError) -> [Int32] {
    guard case .dates(let values) = try values(of: name) else { throw mismatch(name, .date) }
    return values
  }

  /// The texts of a column.
  ///
  /// - Throws: `.missingColumn`, or `.value` where the column has another type.
  public func text(_ name: String) throws(TableError) -> TextColumn {
    guard case .text(let column) = try values(of: name) else { throw mismatch(name, .text) }
    return column
  }

  /// The truth values of a column: 0, 1, or 255 for missing.
  ///
  /// - Throws: `.missingColumn`, or `.value` where the column has another type.
  public func booleans(_ name: String) throws(TableError) -> [UInt8] {
    guard case .booleans(let values) = try values(of: name) else { throw mismatch(name, .boolean) }
    return values
  }

  /// The whole numbers of a column; missing is `Int64.min`.
  ///
  /// - Throws: `.missingColumn`, or `.value` where the column has another type.
  public func integers(_ name: String) throws(TableError) -> [Int64] {
    guard case .integers(let values) = try values(of: name) else { throw mismatch(name, .integer) }
    return values
  }

  /// The values of a column, whatever its type.
  ///
  /// - Throws: `.missingColumn`, naming the nearest column there is.
  package func values(of name: String) throws(TableError) -> ColumnValues {
    if let values = columns[name] { return values }
    throw TableError(
      .missingColumn, file: file, column: name, value: "no such column",
      accepted: NearestName.accepted(for: name, among: columnNames))
  }

  private func mismatch(_ name: String, _ wanted: ColumnType) -> TableError {
    TableError(
      .value, file: file, column: name,
      value: "was read as \(columns[name]?.type.rawValue ?? "nothing")",
      accepted: "a column declared as \(wanted.rawValue)")
  }
}
