internal import QuantCore

/// The rows of a sample, standardised and stored row by row, in groups of eight columns.
///
/// The panel is stored by column; descent visits rows. Only the rows of the sample are copied, never
/// the panel. Columns stand in the order of their names; the last group is padded with zeros. A
/// missing value is 0, which is the mean.
struct StandardizedRows: Sendable {
  /// Groups of eight columns in a row.
  let groups: Int
  /// Number of rows.
  let count: Int
  private let cells: DisjointSlices<SIMD8<Float>>

  init(
    _ scales: FeatureScales, _ features: FeatureMatrix, rows: [Int32], clip: Double, threads: Int
  ) {
    let groups = (scales.order.count + 7) / 8
    let parts = ParallelFor.ranges(of: rows.count, parts: 4 * max(1, threads))
    let cells = DisjointSlices(
      repeating: SIMD8<Float>(), count: rows.count * groups,
      ranges: parts.map { $0.lowerBound * groups..<$0.upperBound * groups })
    ParallelFor.run(count: parts.count, threads: threads) { part in
      cells.withSlice(part) { slice, _ in
        StandardizedRows.fill(
          &slice, scales: scales, features: features, rows: rows.span.extracting(parts[part]),
          clip: clip)
      }
    }
    self.groups = groups
    self.cells = cells
    count = rows.count
  }

  /// Calls `body` with all groups; row r starts at `r * groups`.
  func withCells<Result>(_ body: (Span<SIMD8<Float>>) -> Result) -> Result {
    cells.withAll(body)
  }

  private static func fill(
    _ slice: inout MutableSpan<SIMD8<Float>>, scales: FeatureScales, features: FeatureMatrix,
    rows: Span<Int32>, clip: Double
  ) {
    let groups = (scales.order.count + 7) / 8
    for (place, column) in scales.order.enumerated() {
      let values = features.column(column)
      let (mean, inverse) = (scales.means[column], scales.inverseDeviations[column])
      let (group, lane) = (place / 8, place % 8)
      if inverse == 0 { continue }
      for index in rows.indices {
        let value = values[Int(rows[index])]
        if value.isNaN { continue }
        let standard = min(max((Double(value) - mean) * inverse, -clip), clip)
        slice[index * groups + group][lane] = Float(standard)
      }
    }
  }
}
