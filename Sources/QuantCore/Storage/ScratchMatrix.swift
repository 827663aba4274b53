/// A matrix in the making that lies in a temporary file, so that its pages can leave memory.
///
/// Tiles of rows may be written from several threads at once. The file has no name once the matrix is
/// there, and goes with it.
package final class ScratchMatrix: Sendable {
  private let rowCount: Int
  private let columnCount: Int
  private let path: String
  private let descriptor: Int32

  /// Opens a temporary file.
  ///
  /// - Parameters:
  ///   - rowCount: rows, at least 1.
  ///   - columnCount: columns, at least 1.
  ///   - directory: the folder of the file.
  /// - Throws: `StorageError.unwritable`.
  package init(
    rowCount: Int, columnCount: Int, directory: String
  ) throws(StorageError) {
    precondition(rowCount > 0 && columnCount > 0)
    self.rowCount = rowCount
    self.columnCount = columnCount
    TemporaryName.collectOrphans(in: directory)
    path = TemporaryName.next(in: directory)
    do throws(SystemCalls.Failure) {
      descriptor = try SystemCalls.open(writing: path, truncate: false)
    } catch {
      throw .writing(directory, error)
    }
  }

  deinit {
    SystemCalls.close(descriptor)
    try? SystemCalls.unlink(path)
  }

  /// The folder for temporary files: `TMPDIR`, or `/tmp`.
  package static var standardDirectory: String {
    guard let folder = SystemCalls.environment("TMPDIR"), !folder.isEmpty else { return "/tmp" }
    return folder
  }

  /// Writes some rows of every column; `tile` holds column after column, each of `rows.count` values.
  ///
  /// - Throws: `StorageError.unwritable`, with `isNoSpace` where space ran out.
  package func write(_ tile: Span<Float>, rows: Range<Int>) throws(StorageError) {
    precondition(tile.count == rows.count * columnCount && rows.upperBound <= rowCount)
    do throws(SystemCalls.Failure) {
      for column in 0..<columnCount {
        let values = tile.extracting(column * rows.count..<(column + 1) * rows.count)
        try SystemCalls.write(
          descriptor, values.numberBytes, at: 4 * (column * rowCount + rows.lowerBound))
      }
    } catch {
      throw .writing(path, error)
    }
  }

  /// Maps what was written; every row must have been.
  ///
  /// - Throws: `StorageError.truncated` where the last row is missing, `.unreadable`.
  package func matrix() throws(StorageError) -> FeatureMatrix {
    let file = try MappedFile(path: path)
    let count = rowCount * columnCount
    guard file.count == 4 * count else {
      throw .truncated(path: path, expected: 4 * count, actual: file.count)
    }
    return FeatureMatrix(
      ArrayFile(file, byteOffset: 0, count: count), rowCount: rowCount, columnCount: columnCount,
      columnStride: rowCount)
  }
}
