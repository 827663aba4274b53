internal import QuantCore

/// Values that belong to rows, one each: labels, weights, groups or keys in a file of their own.
struct RowValues {
  /// The file.
  let path: String
  /// What the values are, in the singular.
  let what: String

  init(_ path: String, _ what: String) {
    self.path = path
    self.what = what
  }

  // MARK: - Numbers

  /// The numbers, of which there must be `count`.
  func numbers(count: Int, of features: String) throws -> [Float] {
    if let file = TableFile(path) {
      let name = try onlyColumn(file)
      let table = try file.read([name], as: .float32, threads: 1)
      try check(table.rowCount, count, features)
      return try table.float32(name)
    }
    let array = try vector()
    try check(array.rowCount, count, features)
    let values = array.floats()
    for (row, value) in values.enumerated() where value.isInfinite {
      let exact = array.value(row: row, column: 0)
      if exact.isFinite { throw invalid(row, "\(exact)", "a number within Float32") }
    }
    return values
  }

  /// Labels: finite numbers.
  func labels(count: Int, of features: String) throws -> [Float] {
    let values = try numbers(count: count, of: features)
    try RowValues.checkLabels(values, path: path)
    return values
  }

  /// Weights: finite numbers that are not negative and not all 0.
  func weights(count: Int, of features: String) throws -> [Float] {
    let values = try numbers(count: count, of: features)
    for (row, value) in values.enumerated() where !(value.isFinite && value >= 0) {
      throw invalid(row, "\(value)", "a finite number of at least 0")
    }
    if values.allSatisfy({ $0 == 0 }) {
      throw CommandFailure(
        .invalidTraining, "\(path): all \(values.count) weights are 0; accepted: one above 0")
    }
    return values
  }

  static func checkLabels(_ values: [Float], path: String) throws {
    for (row, value) in values.enumerated() where !value.isFinite {
      throw RowValues(path, "label").invalid(row, "\(value)", "a finite number")
    }
  }

  // MARK: - Groups and keys

  /// The group of each row, numbered in ascending order of what stands in the file.
  ///
  /// As many numbers as rows name the group of each; fewer that add up to the rows are sizes of groups
  /// of neighbours.
  func groups(count: Int, of features: String) throws -> [Int32] {
    if let words = try words() {
      if words.count == count { return RowValues.numbered(words.map { Int64(bitPattern: $0) }) }
      var groups: [Int32] = []
      for (index, size) in words.enumerated() {
        guard size > 0, size <= UInt64(count - groups.count) else { break }
        groups += [Int32](repeating: Int32(index), count: Int(size))
      }
      if groups.count == count, groups.last.map({ Int($0) + 1 == words.count }) ?? false {
        return groups
      }
      throw CommandFailure(
        .lengths,
        "\(path): \(words.count) groups, \(features) has \(count) rows; accepted: "
          + "one group a row, or sizes that add up to the rows")
    }
    let texts = try texts()
    try check(texts.count, count, features)
    return RowValues.numbered(texts)
  }

  /// The key of each row.
  func keys(count: Int, of features: String) throws -> [UInt64] {
    if let words = try words() {
      try check(words.count, count, features)
      return words
    }
    let texts = try texts()
    try check(texts.count, count, features)
    return texts.map { XXH64.hash($0) }
  }

  /// Whole numbers of an array, or `nil` where the file holds texts.
  private func words() throws -> [UInt64]? {
    if DataFile(path).isTable { return nil }
    let header = try NPYHeader(parsing: MappedFile(path: path).bytes, path: path)
    switch header.type {
    case .text, .unicode: return nil
    default: break
    }
    guard let words = try vector().words() else {
      throw StorageError.foreign(
        path: path, found: "elements of type '\(header.type.rawValue)'",
        accepted: "whole numbers, or texts such as '|S8' or '<U8'")
    }
    return words
  }

  private func texts() throws -> [String] {
    if let file = TableFile(path) {
      let name = try onlyColumn(file)
      let table = try file.read([name], as: .text, threads: 1)
      let column = try table.text(name)
      return try (0..<table.rowCount).map { row in
        guard let text = column[row] else { throw invalid(row, "missing", "a text") }
        return text
      }
    }
    let texts = try TextArray(path: path)
    return try (0..<texts.count).map { row in
      guard let text = texts[row] else { throw invalid(row, "no Unicode", "texts in Unicode") }
      return text
    }
  }

  /// Dense numbers of values in ascending order.
  private static func numbered<Value: Comparable & Hashable>(_ values: [Value]) -> [Int32] {
    var places: [Value: Int32] = [:]
    for (index, value) in Set(values).sorted().enumerated() { places[value] = Int32(index) }
    return values.map { places[$0] ?? 0 }
  }

  // MARK: - Checks

  private func vector() throws -> NumericArray {
    let array = try NumericArray(path: path)
    guard array.columnCount == 1 else {
      throw StorageError.foreign(
        path: path, found: "shape \(array.header.shape)", accepted: "one \(what) a row")
    }
    return array
  }

  private func onlyColumn(_ file: TableFile) throws -> String {
    let names = try file.columnNames()
    guard names.count == 1 else {
      throw CommandFailure(
        .fieldCount, "\(path): \(names.count) columns; accepted: one column with the \(what)s")
    }
    return names[0]
  }

  private func check(_ found: Int, _ count: Int, _ features: String) throws {
    if found == count { return }
    throw CommandFailure(
      .lengths,
      "\(path): \(found) \(what)s, \(features) has \(count) rows; accepted: one \(what) a row")
  }

  private func invalid(_ row: Int, _ value: String, _ accepted: String) -> CommandFailure {
    CommandFailure(
      .invalidTraining, "\(path): \(what) of row \(row) is \(value); accepted: \(accepted)")
  }
}
