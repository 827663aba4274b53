internal import QuantCore

/// Numbers of each feature: as a table in descending order, or as an array in the order of the columns.
struct FeatureList {
  let names: [String]
  /// Names and values of the columns; the first one orders the table.
  let columns: [(name: String, values: [Double])]

  /// Places of the features, the largest first; ties by name.
  var order: [Int] {
    let values = columns[0].values
    return names.indices.sorted {
      values[$0] != values[$1]
        ? values[$0] > values[$1] : names[$0].precedesByBytes(names[$1])
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
