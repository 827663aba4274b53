/// A matrix in the making that lies in a temporary file (`ScratchFile`).
///
/// Tiles of rows may be written from several threads at once.
package final class ScratchMatrix: Sendable {
  private let rowCount: Int
  private let columnCount: Int
  private let file: ScratchFile

  /// Opens a temporary file.
  ///
  /// - Parameters:
  ///   - rowCount: rows, at least 1.
  ///   - columnCount: columns, at least 1.
  ///   - directory: the folder of the file.
  /// - Throws: `StorageError.unwritable`.
  package init(
    rowCount: Int, columnCount: Int, directory: String = ScratchFile.standardDirectory
  ) throws(StorageError) {
    precondition(rowCount > 0 && columnCount > 0)
    self.rowCount = rowCount
    self.columnCount = columnCount
    file = try ScratchFile(directory: directory)
  }

  /// Writes some rows of every column; `tile` holds column after column, each of `rows.count` values.
  ///
  /// - Throws: `StorageError.unwritable`, with `isNoSpace` where space ran out.
  package func write(_ tile: Span<Float>, rows: Range<Int>) throws(StorageError) {
    precondition(tile.count == rows.count * columnCount && rows.upperBound <= rowCount)
    for column in 0..<columnCount {
      let values = tile.extracting(column * rows.count..<(column + 1) * rows.count)
      try file.write(values.numberBytes, at: 4 * (column * rowCount + rows.lowerBound))
    }
  }

  /// Maps what was written; every row must have been.
  ///
  /// - Throws: `StorageError.truncated` where the last row is missing, `.unreadable`.
  package func matrix() throws(StorageError) -> FeatureMatrix {
    FeatureMatrix(
      try file.array(of: Float.self, count: rowCount * columnCount), rowCount: rowCount,
      columnCount: columnCount, columnStride: rowCount)
  }
}
