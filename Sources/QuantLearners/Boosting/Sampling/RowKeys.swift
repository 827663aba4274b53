internal import QuantCore

/// The keys of the rows of a sample, looked up in those of the matrix: copies would cost 8 bytes a row.
struct RowKeys: Sendable {
  /// The keys of all rows of the matrix.
  let all: ArrayFile<UInt64>
  /// The rows of the sample.
  let rows: [Int32]

  /// The key of a row of the sample.
  subscript(row: Int) -> UInt64 { all[Int(rows[row])] }
}
