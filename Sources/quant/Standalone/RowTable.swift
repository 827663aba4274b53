internal import QuantCore

/// Rows of numbers as the content of a file, part by part.
struct RowTable {
  private let form: Form
  let columns: [String]
  let rowCount: Int
  /// Whether numbers are whole: Int32 in arrays.
  let isInteger: Bool

  private enum Form {
    case array
    case text(delimiter: UInt8)
  }

  /// - Throws: `CommandFailure` for a file in columns, which is not written row by row.
  init(path: String, columns: [String], rowCount: Int, isInteger: Bool) throws {
    switch DataFile(path) {
    case .array: form = .array
    case .table(let delimiter): form = .text(delimiter: delimiter)
    case .parquet:
      throw CommandFailure(
        .conflict, "\(path): rows of contributions or leaves in Parquet; accepted: .npy, .csv, .tsv"
      )
    }
    self.columns = columns
    self.rowCount = rowCount
    self.isInteger = isInteger
  }

  /// What stands before the first row.
  var start: [UInt8] {
    switch form {
    case .array:
      NPY.header(type: isInteger ? .int32 : .float64, shape: [rowCount, columns.count])
    case .text(let delimiter):
      CSVWriter(columns: columns, delimiter: delimiter).bytes
    }
  }

  /// Some rows, one after the other.
  func rows(_ values: [Double]) -> [UInt8] {
    switch form {
    case .array:
      if isInteger {
        let whole = values.map { Int32($0) }
        return [UInt8](copying: whole.span.numberBytes)
      }
      return [UInt8](copying: values.span.numberBytes)
    case .text(let delimiter):
      var writer = CSVWriter(columns: columns, delimiter: delimiter)
      _ = writer.drain()
      for start in stride(from: 0, to: values.count, by: columns.count) {
        for value in values[start..<start + columns.count] {
          if isInteger { writer.integer(Int(value)) } else { writer.number(value) }
        }
        writer.endRow()
      }
      return writer.bytes
    }
  }
}
