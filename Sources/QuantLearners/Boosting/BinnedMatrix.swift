public import QuantCore

/// The features of a window as codes of bins: what `GradientBoosting` prepares.
///
/// Columns stand in the order of their names, in blocks of 16; a block holds its rows one after the
/// other, 16 bytes each, so that one row of a block is one load. Labels and rows outside of the window
/// are not looked at.
public struct BinnedMatrix: Sendable {
  /// Columns of a block.
  static let blockWidth = 16

  /// The window that was looked at.
  public let window: TrainingWindow
  /// Columns of the matrix in ascending order of their names.
  let order: [Int]
  /// The bins of each column, in the order of the names.
  let mappers: [BinMapper]
  /// Codes of each block: row after row, 16 bytes a row; columns beyond the last are 0.
  let blocks: [[UInt8]]

  /// Cuts every feature into at most 255 bins and codes every row of the window.
  ///
  /// - Throws: `LearnerError.empty` without rows or columns, `.invalid` for an infinite feature.
  /// - Complexity: O(rows x columns) on `threads` threads; one byte a value, and 8 bytes a row and
  ///   thread while it runs.
  init(_ window: TrainingWindow, threads: Int) throws(LearnerError) {
    guard !window.rows.isEmpty, !window.featureNames.isEmpty else {
      throw .empty(
        "a window of \(window.rows.count) rows and \(window.featureNames.count) features")
    }
    let order = FeatureScales.order(of: window.featureNames)
    let width = Self.blockWidth
    let blocks = try ParallelFor.map(count: (order.count + width - 1) / width, threads: threads) {
      (block) throws(LearnerError) in
      let columns = order[block * width..<min((block + 1) * width, order.count)]
      return try Block(Array(columns), in: window)
    }
    self.window = window
    self.order = order
    self.blocks = blocks.map(\.codes)
    mappers = blocks.flatMap(\.mappers)
  }

  private struct Block: Sendable {
    var mappers: [BinMapper] = []
    var codes: [UInt8] = []

    init(_ columns: [Int], in window: TrainingWindow) throws(LearnerError) {
      var scratch = BinMapper.Scratch()
      for column in columns {
        let values = window.features.column(column)
        guard let mapper = BinMapper(values, rows: window.rows, scratch: &scratch) else {
          let row = window.rows.first { values[$0].isInfinite } ?? window.rows.lowerBound
          throw .invalid(
            what: "feature \(window.featureNames[column])", row: row, value: "\(values[row])",
            accepted: "a finite number, or NaN for missing")
        }
        mappers.append(mapper)
      }
      codes = Self.encode(columns, mappers.map { CodeTable($0.boundaries) }, in: window)
    }

    private static func encode(
      _ columns: [Int], _ tables: [CodeTable], in window: TrainingWindow
    ) -> [UInt8] {
      var codes = [UInt8](repeating: 0, count: window.rows.count * BinnedMatrix.blockWidth)
      // Chunks of rows keep the lines that 16 columns write to in the cache.
      let chunk = 4_096
      var target = codes.mutableSpan
      var start = 0
      while start < window.rows.count {
        let rows = start..<min(start + chunk, window.rows.count)
        for (place, column) in columns.enumerated() {
          tables[place].encode(
            window.features.column(column).extracting(window.rows), rows: rows,
            into: &target, place: place)
        }
        start = rows.upperBound
      }
      return codes
    }
  }
}
