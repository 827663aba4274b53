public import QuantCore

/// A read-only matrix of `Float32` features, stored row by row, as NumPy does by default.
///
/// Shape (`rowCount`, `columnCount`); element (row, column) lies at `row * columnCount + column`. A
/// missing value is NaN. The values live in memory or in a mapped file and are not copied.
public struct FeatureRows: Sendable {
  /// Number of rows.
  public let rowCount: Int
  /// Number of columns (features).
  public let columnCount: Int
  /// All values.
  public let values: ArrayFile<Float>

  /// Wraps values; there must be `rowCount * columnCount` of them.
  public init(_ values: ArrayFile<Float>, rowCount: Int, columnCount: Int) {
    precondition(rowCount >= 0 && columnCount >= 0)
    precondition(values.count == rowCount * columnCount, "not as many values as the shape says")
    self.values = values
    self.rowCount = rowCount
    self.columnCount = columnCount
  }
}
