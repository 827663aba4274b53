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
  /// Where each column lies, -1 for `other`, or `nil` where they lie in order.
  private let places: [Int]?
  /// The values of columns that were replaced.
  private let other: ArrayFile<Float>

  private init(
    _ values: ArrayFile<Float>, rowCount: Int, columnCount: Int, columnStride: Int, places: [Int]?,
    other: ArrayFile<Float>
  ) {
    self.values = values
    self.other = other
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.columnStride = columnStride
    self.places = places
  }

  /// Wraps column-major values; `values.count` must be `columnCount * columnStride`.
  package init(_ values: ArrayFile<Float>, rowCount: Int, columnCount: Int, columnStride: Int) {
    precondition(rowCount >= 0 && columnCount >= 0 && columnStride >= rowCount)
    precondition(values.count == columnCount * columnStride)
    self.values = values
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.columnStride = columnStride
    places = nil
    other = values
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
    let place = places.map { $0[index] } ?? index
    if place < 0 { return other.span.extracting(0..<rowCount) }
    let start = place * columnStride
    return values.span.extracting(start..<start + rowCount)
  }

  /// The same matrix cut to its first `count` rows, without a copy.
  public func prefix(rows count: Int) -> FeatureMatrix {
    precondition(count >= 0 && count <= rowCount)
    return FeatureMatrix(
      values, rowCount: count, columnCount: columnCount, columnStride: columnStride, places: places,
      other: other)
  }

  /// The matrix of some columns in an order of their own, without a copy.
  public func selecting(columns: [Int]) -> FeatureMatrix {
    precondition(columns.allSatisfy { $0 >= 0 && $0 < columnCount })
    return FeatureMatrix(
      values, rowCount: rowCount, columnCount: columns.count, columnStride: columnStride,
      places: columns.map { places?[$0] ?? $0 }, other: other)
  }

  /// The matrix with other values in one column; the others are not copied.
  ///
  /// - Parameters:
  ///   - column: no column may have been replaced before.
  ///   - replacement: one value for each row.
  package func replacing(column: Int, with replacement: [Float]) -> FeatureMatrix {
    precondition(column >= 0 && column < columnCount && replacement.count == rowCount)
    var places = places ?? Array(0..<columnCount)
    precondition(places.allSatisfy { $0 >= 0 }, "a column was replaced before")
    places[column] = -1
    return FeatureMatrix(
      values, rowCount: rowCount, columnCount: columnCount, columnStride: columnStride,
      places: places, other: ArrayFile(replacement))
  }
}
