/// What becomes of a feature that is infinite, or exceeds `Float`.
public enum InfiniteFeatures: String, Sendable, CaseIterable {
  /// It is an error that names row and column.
  case refuse = "error"
  /// It counts as missing.
  case missing
}

/// Why an array gave no features.
public enum FeatureArrayError: Error, Hashable, Sendable {
  /// The first infinite value, by row and then by column, both counted from 0.
  case infinite(path: String, row: Int, column: Int, value: Double)
  /// A file could not be read, or the temporary one not written.
  case storage(StorageError)
}

extension FeatureMatrix {
  /// The features of an array, and how many infinite values were taken for missing.
  ///
  /// `Float` in column order is used where it lies in the file. Everything else is turned into columns
  /// tile by tile, through a temporary file in `TMPDIR`: it takes page cache, which can be given back,
  /// and 8 MB of memory for each thread.
  ///
  /// - Throws: `FeatureArrayError`; rows and columns must not be 0.
  /// - Complexity: O(rows x columns).
  public static func columns(
    of array: NumericArray, infinite: InfiniteFeatures, threads: Int
  ) throws(FeatureArrayError) -> (features: FeatureMatrix, infiniteCount: Int) {
    if let features = try inPlace(array, infinite: infinite, threads: threads) {
      return (features, 0)
    }
    let scratch: ScratchMatrix
    do throws(StorageError) {
      scratch = try ScratchMatrix(
        rowCount: array.rowCount, columnCount: array.columnCount)
    } catch {
      throw .storage(error)
    }
    let height = tileHeight(columns: array.columnCount)
    let tiles = (array.rowCount + height - 1) / height
    let counts = try ParallelFor.map(count: tiles, threads: threads) {
      (index) throws(FeatureArrayError) in
      let rows = index * height..<min((index + 1) * height, array.rowCount)
      let (tile, count) = try array.tile(rows: rows, infinite: infinite)
      do throws(StorageError) {
        try scratch.write(tile.span, rows: rows)
      } catch {
        throw .storage(error)
      }
      return count
    }
    do throws(StorageError) {
      return (try scratch.matrix(), counts.reduce(0, +))
    } catch {
      throw .storage(error)
    }
  }

  /// The features of an array where they lie in the file, or `nil` where they must be copied.
  ///
  /// They must be where they are not `Float` in column order, or where infinite ones count as missing.
  ///
  /// - Throws: `FeatureArrayError`.
  /// - Complexity: O(rows x columns), because infinite values are looked for.
  public static func inPlace(
    _ array: NumericArray, infinite: InfiniteFeatures, threads: Int
  ) throws(FeatureArrayError) -> FeatureMatrix? {
    guard array.isInPlace else { return nil }
    let features: FeatureMatrix
    do throws(StorageError) { features = try array.inPlace() } catch { throw .storage(error) }
    guard let first = features.firstInfinite(threads: threads) else { return features }
    if infinite == .missing { return nil }
    throw .infinite(
      path: array.path, row: first.row, column: first.column,
      value: Double(features.column(first.column)[first.row]))
  }

  /// Some rows of an array as a matrix in memory, and how many infinite values were taken for missing.
  ///
  /// - Throws: `FeatureArrayError.infinite`.
  /// - Complexity: O(rows x columns).
  public static func tile(
    of array: NumericArray, rows: Range<Int>, infinite: InfiniteFeatures
  ) throws(FeatureArrayError) -> (features: FeatureMatrix, infiniteCount: Int) {
    let (tile, count) = try array.tile(rows: rows, infinite: infinite)
    return (
      FeatureMatrix(
        ArrayFile(tile), rowCount: rows.count, columnCount: array.columnCount,
        columnStride: rows.count), count
    )
  }

  /// Rows of a tile: of about 8 MB, and not so few that writing them is slow.
  static func tileHeight(columns: Int) -> Int { max(512, 2_000_000 / max(1, columns)) }

  /// The first infinite value by row and then by column.
  ///
  /// - Complexity: O(rows x columns).
  package func firstInfinite(threads: Int) -> (row: Int, column: Int)? {
    let rows = ParallelFor.map(count: columnCount, threads: threads) { index -> Int in
      let values = column(index)
      var isInfinite = false
      for row in values.indices { isInfinite = isInfinite || values[row].isInfinite }
      guard isInfinite else { return Int.max }
      return values.indices.first { values[$0].isInfinite } ?? Int.max
    }
    guard let row = rows.min(), row < Int.max else { return nil }
    return rows.firstIndex(of: row).map { (row, $0) }
  }
}

extension NumericArray {
  private func fill(_ tile: inout [Float], rows: Range<Int>) -> Bool {
    var span = tile.mutableSpan
    return copy(rows: rows, into: &span)
  }

  fileprivate func tile(
    rows: Range<Int>, infinite: InfiniteFeatures
  ) throws(FeatureArrayError) -> (values: [Float], infiniteCount: Int) {
    var tile = [Float](repeating: 0, count: rows.count * columnCount)
    let isInfinite = fill(&tile, rows: rows)
    if !isInfinite { return (tile, 0) }
    var count = 0
    for row in 0..<rows.count {
      for column in 0..<columnCount where tile[column * rows.count + row].isInfinite {
        guard infinite == .missing else {
          throw .infinite(
            path: path, row: rows.lowerBound + row, column: column,
            value: value(row: rows.lowerBound + row, column: column))
        }
        tile[column * rows.count + row] = .nan
        count += 1
      }
    }
    return (tile, count)
  }
}
