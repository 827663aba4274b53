/// The rows and features that training for one period may look at; no labels.
///
/// Determinism is keyed by row keys and feature names, not by places, so they ride along.
public struct TrainingWindow: Sendable {
  /// The features; it ends with the last row of the window.
  public let features: FeatureMatrix
  /// The rows of the window inside the matrix.
  public let rows: Range<Int>
  /// For each row of the matrix a key that depends on firm and decision date alone.
  public let rowKeys: ArrayFile<UInt64>
  /// Names of the columns.
  public let featureNames: [String]
  /// Columns whose numbers name categories and have no order, ascending.
  public let categoricalColumns: [Int]

  /// Creates a window; the matrix, keys and names must agree in size.
  public init(
    features: FeatureMatrix, rows: Range<Int>, rowKeys: ArrayFile<UInt64>, featureNames: [String],
    categoricalColumns: [Int] = []
  ) {
    precondition(categoricalColumns.allSatisfy { $0 >= 0 && $0 < features.columnCount })
    self.categoricalColumns = categoricalColumns
    precondition(rows.upperBound <= features.rowCount && rowKeys.count >= features.rowCount)
    precondition(featureNames.count == features.columnCount)
    self.features = features
    self.rows = rows
    self.rowKeys = rowKeys
    self.featureNames = featureNames
  }
}
