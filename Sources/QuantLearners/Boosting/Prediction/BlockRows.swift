internal import QuantCore

/// Rows to predict, read a block at a time.
protocol BlockRows: Sendable {
  /// The number of rows.
  var count: Int { get }

  /// Copies the values of one feature for some of the rows to `values`, from place `first` on.
  func read(
    _ feature: Int, _ rows: Range<Int>, into values: inout MutableSpan<Float>, at first: Int)

  /// Writes the codes of a source for some of the rows without a look at values.
  ///
  /// - Returns: whether that was possible.
  func encode(_ source: CodeSource, _ rows: Range<Int>, into codes: inout [UInt8]) -> Bool
}

extension BlockRows {
  func encode(_ source: CodeSource, _ rows: Range<Int>, into codes: inout [UInt8]) -> Bool {
    false
  }
}

/// Rows of a matrix of columns.
struct MatrixRows: BlockRows {
  private let matrix: FeatureMatrix
  private let rows: [Int32]
  /// Whether each row follows the one before.
  private let isRun: Bool

  init(_ matrix: FeatureMatrix, _ rows: Span<Int32>) {
    self.matrix = matrix
    self.rows = rows.indices.map { rows[$0] }
    let first = Int(rows.isEmpty ? 0 : rows[0])
    isRun = rows.indices.allSatisfy { Int(rows[$0]) == first + $0 }
  }

  var count: Int { rows.count }

  func read(
    _ feature: Int, _ range: Range<Int>, into values: inout MutableSpan<Float>, at first: Int
  ) {
    let column = matrix.column(feature)
    if isRun {
      let start = Int(rows[range.lowerBound])
      let part = column.extracting(start..<start + range.count)
      for index in part.indices { values[first + index] = part[index] }
    } else {
      let part = rows.span.extracting(range)
      for index in part.indices { values[first + index] = column[Int(part[index])] }
    }
  }
}

/// Rows that lie one after the other.
struct RowMajorRows: BlockRows {
  private let matrix: FeatureRows
  private let rows: Range<Int>

  init(_ matrix: FeatureRows, _ rows: Range<Int>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= matrix.rowCount)
    self.matrix = matrix
    self.rows = rows
  }

  var count: Int { rows.count }

  func read(
    _ feature: Int, _ range: Range<Int>, into values: inout MutableSpan<Float>, at first: Int
  ) {
    let width = matrix.columnCount
    let source = matrix.values.span
    var place = (rows.lowerBound + range.lowerBound) * width + feature
    for index in 0..<range.count {
      values[first + index] = source[place]
      place += width
    }
  }
}
