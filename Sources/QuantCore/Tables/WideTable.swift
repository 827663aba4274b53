/// A matrix of numbers with a line for each day and a column for each name, such as daily prices.
///
/// Shape (`dates.count`, `names.count`), Float32, column-major; missing is NaN.
public struct WideTable: Sendable {
  /// The file that the table was read from, for messages.
  public let file: String
  /// The day of each row as days since 1970-01-01, in file order.
  public let dates: [Int32]
  /// The names of the value columns, in file order.
  public let names: [String]
  private let cells: DisjointSlices<Float>
  private let columnStride: Int
  private let lines: LineNumbers

  /// Creates a table in memory from its columns, each with one value for each date.
  package init(
    file: String, dates: [Int32], names: [String], columns: [[Float]],
    lines: LineNumbers = LineNumbers()
  ) {
    precondition(columns.count == names.count, "names and columns differ in number")
    precondition(columns.allSatisfy { $0.count == dates.count }, "columns differ in length")
    let ranges = columns.indices.map { $0 * dates.count..<($0 + 1) * dates.count }
    let cells = DisjointSlices(
      repeating: Float.nan, count: dates.count * names.count, ranges: ranges)
    for (index, column) in columns.enumerated() {
      cells.withSlice(index) { slice, _ in
        for row in column.indices { slice[row] = column[row] }
      }
    }
    self.init(
      file: file, dates: dates, names: names, cells: cells, columnStride: dates.count, lines: lines)
  }

  /// Takes column-major cells that nobody writes any more.
  package init(
    file: String, dates: [Int32], names: [String], cells: DisjointSlices<Float>,
    columnStride: Int, lines: LineNumbers
  ) {
    precondition(columnStride >= dates.count)
    self.file = file
    self.dates = dates
    self.names = names
    self.cells = cells
    self.columnStride = columnStride
    self.lines = lines
  }

  /// The number of rows.
  public var rowCount: Int { dates.count }

  /// The line of the file in which a row begins, counted from 1 with the header.
  public func line(ofRow row: Int) -> Int { lines[row] }

  /// A copy of the values of a column, one for each date; missing is NaN.
  ///
  /// - Complexity: O(rows).
  public func values(of column: Int) -> [Float] {
    withValues(of: column) { values in
      var copy: [Float] = []
      copy.reserveCapacity(values.count)
      for row in values.indices { copy.append(values[row]) }
      return copy
    }
  }

  /// Calls `body` with the values of a column, one for each date, without a copy.
  public func withValues<Result, Failure: Error>(
    of column: Int, _ body: (Span<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(names.indices.contains(column), "no such column")
    let start = column * columnStride
    let end = start + dates.count
    return try cells.withAll { (all) throws(Failure) in try body(all.extracting(start..<end)) }
  }
}
