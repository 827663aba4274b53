/// Columns with one number for each row, computed on several threads.
enum RowColumns {
  /// Evaluates `value` for every row; the result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - zero: what the memory holds at first; every element is replaced.
  /// - Complexity: O(rows).
  static func make<Element: BitwiseCopyable & Sendable>(
    count: Int, threads: Int, zero: Element, _ value: @Sendable (Int) -> Element
  ) -> [Element] {
    guard count > 0 else { return [] }
    let ranges = ParallelFor.ranges(of: count, parts: max(1, min(threads * 4, count / 4096 + 1)))
    let cells = DisjointSlices(repeating: zero, count: count, ranges: ranges)
    ParallelFor.run(count: ranges.count, threads: threads) { part in
      cells.withSlice(part) { slice, range in
        for row in range { slice[row - range.lowerBound] = value(row) }
      }
    }
    return cells.take()
  }
}

extension RecipeContext {
  /// A feature whose value in each row is a function of the row.
  func rowValues(_ value: @Sendable (Int) -> Float) -> [Float] {
    RowColumns.make(count: rowCount, threads: threads, zero: .nan, value)
  }
}

extension FeatureEngine {
  /// A column whose value in each row is a function of the row.
  func rowValues(_ value: @Sendable (Int) -> Float) -> [Float] {
    RowColumns.make(count: rows.count, threads: threads, zero: .nan, value)
  }
}
