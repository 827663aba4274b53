internal import QuantCore

/// Features in a file, opened but not read: how many, and what they are called.
struct FeatureSource {
  /// The file.
  let path: String
  /// Names of the columns.
  let names: [String]
  /// Whether somebody gave the names; otherwise they are f0, f1 and so on.
  let hasNames: Bool
  /// Where the numbers are.
  let content: Content

  enum Content {
    case array(NumericArray)
    case table(TableFile)
  }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: an array or a table.
  ///   - names: a file with the names of the columns of an array.
  ///   - excluded: columns of a table that are no features.
  init(
    _ path: String, names namesPath: String?, excluding excluded: [String] = []
  ) throws {
    self.path = path
    if let table = TableFile(path) {
      if let namesPath {
        throw CommandFailure(
          .inconsistent, "\(namesPath): \(path) has names of its own; accepted: names for arrays")
      }
      let header = try table.columnNames()
      for name in excluded where !header.contains(name) {
        throw TableError(
          .missingColumn, file: path, line: table.headerLine, column: name, value: "no such column",
          accepted: NearestName.accepted(for: name, among: header))
      }
      names = header.filter { !excluded.contains($0) }
      hasNames = true
      content = .table(table)
      guard Set(names).count == names.count else {
        throw TableError(
          .duplicateColumn, file: path, line: table.headerLine, value: "a name twice",
          accepted: "names that differ")
      }
      if let place = names.firstIndex(of: "") {
        throw TableError(
          .missingColumn, file: path, line: table.headerLine,
          value: "column \(place + 1) has no name",
          accepted: "a name for every column")
      }
    } else {
      let array = try NumericArray(path: path)
      content = .array(array)
      hasNames = namesPath != nil
      names =
        try namesPath.map { try Self.names(in: $0, count: array.columnCount, of: path) }
        ?? Self.standardNames(array.columnCount)
      guard array.rowCount > 0 else { throw Self.empty(path, "0 rows", array.header.shape) }
    }
    if names.isEmpty {
      if case .array(let array) = content {
        throw Self.empty(path, "0 columns", array.header.shape)
      }
      throw CommandFailure(
        .emptyTraining, "\(path): no column besides the label; accepted: at least one feature")
    }
  }

  private static func empty(_ path: String, _ what: String, _ shape: [Int]) -> CommandFailure {
    CommandFailure(
      .emptyTraining,
      "\(path): \(what), shape \(shape); accepted: at least one row and one feature")
  }

  /// What columns are called where nobody says.
  static func standardNames(_ count: Int) -> [String] { (0..<count).map { "f\($0)" } }

  /// Whether names are those that programs give where nobody says.
  static func areStandard(_ names: [String]) -> Bool {
    for prefix in ["f", "Column_"] where names.first == prefix + "0" {
      return names.enumerated().allSatisfy { $0.element == prefix + String($0.offset) }
    }
    return false
  }

  /// The names in a JSON list.
  private static func names(in path: String, count: Int, of features: String) throws -> [String] {
    let accepted = "a JSON list of \(count) names that differ"
    func fail(_ what: String) -> ConfigurationError {
      ConfigurationError(parameter: path, value: what, accepted: accepted)
    }
    let document = try JSONValue(
      parsing: [UInt8](copying: try MappedFile(path: path).bytes), source: path)
    guard case .array(let values) = document else { throw fail("no list") }
    guard values.count == count else {
      throw CommandFailure(
        .lengths,
        "\(path): \(values.count) names, \(features) has \(count) columns; "
          + "accepted: \(accepted)")
    }
    var seen: Set<String> = []
    var names: [String] = []
    for (index, value) in values.enumerated() {
      guard case .string(let name) = value else {
        throw fail("\(TerminalText.clipped(value.canonicalText, to: 40)) as name \(index)")
      }
      guard !name.isEmpty, !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
        throw fail("name \(index), empty or with a control character,")
      }
      guard seen.insert(name).inserted else { throw fail("'\(name)' twice") }
      names.append(name)
    }
    return names
  }
}
