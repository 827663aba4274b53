internal import QuantCore
internal import QuantFormats

extension OutputFile {
  /// Writes numbers, one a row, and publishes the file: an array of Float64, or a table of one column.
  consuming func finish(_ values: [Double], column: String) throws {
    switch DataFile(path) {
    case .array:
      var bytes = NPY.header(type: .float64, shape: [values.count])
      bytes.append(copying: values.span.numberBytes)
      try finish(bytes)
    case .table(let delimiter):
      var writer = CSVWriter(columns: [column], delimiter: delimiter)
      for value in values {
        writer.number(value)
        writer.endRow()
      }
      try finish(writer.bytes)
    case .parquet:
      try finish([(ParquetColumn(column, .double), .doubles(values))])
    }
  }

  /// Writes numbers of features, the largest first in a table, and publishes the file.
  consuming func finish(_ list: FeatureList) throws {
    let (columns, order) = (list.columns, list.order)
    switch DataFile(path) {
    case .array:
      var bytes = NPY.header(
        type: .float64,
        shape: columns.count == 1 ? [list.names.count] : [list.names.count, columns.count])
      let values = list.names.indices.flatMap { place in columns.map { $0.values[place] } }
      bytes.append(copying: values.span.numberBytes)
      try finish(bytes)
    case .table(let delimiter):
      var writer = CSVWriter(columns: ["feature"] + columns.map(\.name), delimiter: delimiter)
      for place in order {
        writer.text(list.names[place])
        for column in columns { writer.number(column.values[place]) }
        writer.endRow()
      }
      try finish(writer.bytes)
    case .parquet:
      let names = TextColumn(order.map { list.names[$0] })
      try finish(
        [(ParquetColumn("feature", .string), .texts(names))]
          + columns.map { column in
            (ParquetColumn(column.name, .double), .doubles(order.map { column.values[$0] }))
          })
    }
  }
}
