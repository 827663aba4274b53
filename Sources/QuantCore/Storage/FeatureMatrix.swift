/// A read-only matrix of `Float32` features, stored column by column.
///
/// Shape (`rowCount`, `columnCount`); element (row, column) lies at `column * columnStride + row`.
/// A missing value is NaN; infinities do not occur in a compiled panel. The values live in memory or
/// in a mapped file and are never copied: a window of leading rows is the same storage.
public struct FeatureMatrix: Sendable {
  /// Number of rows.
  public let rowCount: Int
  /// Number of columns (features).
  public let columnCount: Int
  /// Elements from the start of one column to the start of the next; at least `rowCount`.
  public let columnStride: Int
  private let values: ArrayFile<Float>

  /// Wraps column-major values; `values.count` must be `columnCount * columnStride`.
  package init(_ values: ArrayFile<Float>, rowCount: Int, columnCount: Int, columnStride: Int) {
    precondition(rowCount >= 0 && columnCount >= 0 && columnStride >= rowCount)
    precondition(values.count == columnCount * columnStride)
    self.values = values
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.columnStride = columnStride
  }

  /// Builds a matrix in memory from its columns, all of equal length.
  public init(columns: [[Float]]) {
    let rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "columns differ in length")
    self.init(
      ArrayFile(columns.flatMap { $0 }), rowCount: rows, columnCount: columns.count,
      columnStride: rows)
  }

  /// The values of one feature, one for each row.
  @_lifetime(borrow self)
  public func column(_ index: Int) -> Span<Float> {
    precondition(index >= 0 && index < columnCount)
    let start = index * columnStride
    return values.span.extracting(start..<start + rowCount)
  }

  /// The same matrix cut to its first `count` rows, without a copy.
  public func prefix(rows count: Int) -> FeatureMatrix {
    precondition(count >= 0 && count <= rowCount)
    return FeatureMatrix(
      values, rowCount: count, columnCount: columnCount, columnStride: columnStride)
  }
}
