extension FeatureMatrix {
  /// Columns of numbers of a table as features, and how many infinite values were taken for missing.
  ///
  /// They go through a temporary file in `TMPDIR`, as those of an array do.
  ///
  /// - Parameters:
  ///   - table: a table that may hold infinite values where these count as missing.
  ///   - names: its columns in the order of the features; at least one.
  /// - Throws: `.table` for a column that is missing or no number, `.storage`.
  /// - Complexity: O(rows x columns).
  public static func columns(
    of table: RawTable, names: [String]
  ) throws(TableReadError) -> (features: FeatureMatrix, infiniteCount: Int) {
    var columns: [[Float]] = []
    do throws(TableError) {
      for name in names { columns.append(try table.float32(name)) }
    } catch {
      throw .table(error)
    }
    do throws(StorageError) {
      let scratch = try ScratchMatrix(
        rowCount: table.rowCount, columnCount: names.count)
      let height = tileHeight(columns: names.count)
      var count = 0
      var start = 0
      while start < table.rowCount {
        let rows = start..<min(start + height, table.rowCount)
        var tile: [Float] = []
        tile.reserveCapacity(rows.count * names.count)
        for column in columns {
          for row in rows {
            let value = column[row]
            if value.isInfinite { count += 1 }
            tile.append(value.isInfinite ? .nan : value)
          }
        }
        try scratch.write(tile.span, rows: rows)
        start = rows.upperBound
      }
      return (try scratch.matrix(), count)
    } catch {
      throw .storage(error)
    }
  }
}
