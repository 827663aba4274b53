internal import QuantCore

/// Numbers of each feature: as a table in descending order, or as an array in the order of the columns.
struct FeatureList {
  let names: [String]
  /// Names and values of the columns; the first one orders the table.
  let columns: [(name: String, values: [Double])]

  /// Places of the features, the largest first; ties by name.
  private var order: [Int] {
    let values = columns[0].values
    return names.indices.sorted {
      values[$0] != values[$1]
        ? values[$0] > values[$1] : names[$0].precedesByBytes(names[$1])
    }
  }

  /// The content of a file.
  func content(path: String) -> [UInt8] {
    switch DataFile(path) {
    case .array:
      var bytes = NPY.header(
        type: .float64,
        shape: columns.count == 1 ? [names.count] : [names.count, columns.count])
      let values = names.indices.flatMap { place in columns.map { $0.values[place] } }
      bytes.append(copying: values.span.numberBytes)
      return bytes
    case .table(let delimiter):
      var writer = CSVWriter(columns: ["feature"] + columns.map(\.name), delimiter: delimiter)
      for place in order {
        writer.text(names[place])
        for column in columns { writer.number(column.values[place]) }
        writer.endRow()
      }
      return writer.bytes
    }
  }

  /// The first features for reading.
  func text(top: Int, style: Style) -> String {
    var table = TextTable([.text("feature")] + columns.map { .number($0.name) })
    for place in order.prefix(top) {
      table.append(
        [names[place]] + columns.map { NumberText.significant($0.values[place]) })
    }
    let rest = names.count - min(top, names.count)
    return table.text(style: style) + (rest > 0 ? "and \(rest) more\n" : "")
  }

  /// For `--json`.
  var document: JSONValue {
    .array(
      order.map { place in
        var members: [String: JSONValue] = ["feature": .string(names[place])]
        for column in columns { members[column.name] = .number(column.values[place]) }
        return .object(members)
      })
  }
}

/// Rows of numbers as the content of a file, part by part.
struct RowTable {
  let path: String
  let columns: [String]
  let rowCount: Int
  /// Whether numbers are whole: Int32 in arrays.
  let isInteger: Bool

  /// What stands before the first row.
  var start: [UInt8] {
    switch DataFile(path) {
    case .array:
      NPY.header(type: isInteger ? .int32 : .float64, shape: [rowCount, columns.count])
    case .table(let delimiter):
      CSVWriter(columns: columns, delimiter: delimiter).bytes
    }
  }

  /// Some rows, one after the other.
  func rows(_ values: [Double]) -> [UInt8] {
    switch DataFile(path) {
    case .array:
      if isInteger {
        let whole = values.map { Int32($0) }
        return [UInt8](copying: whole.span.numberBytes)
      }
      return [UInt8](copying: values.span.numberBytes)
    case .table(let delimiter):
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
