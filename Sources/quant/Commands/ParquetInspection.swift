internal import QuantCore
internal import QuantFormats

/// Columns, types, missing values and first rows of a Parquet file.
enum ParquetInspection {
  static let suffix = ".parquet"
  private static let head = 5
  private static let width = 24

  static func report(_ path: String, threads: Int, style: Style) throws -> InspectReport {
    let content = try ParquetContent(of: path)
    let rows = min(head, content.rows)
    var overview = TextTable(
      [.text("column"), .text("type"), .number("empty")]
        + (0..<rows).map { .text("row \($0 + 1)") })
    var documents: [JSONValue] = []
    for column in content.columns {
      let name = column.column.name
      let type = column.refusal.map { "not read: \($0)" } ?? "\(column.column.type)"
      let first =
        try column.refusal == nil
        ? texts(of: column.column, path, threads: threads, rows: rows)
        : [String?](repeating: nil, count: rows)
      overview.append(
        [name, type, column.missing.map(NumberText.grouped) ?? "?"]
          + first.map { TerminalText.clipped($0 ?? "", to: width) })
      documents.append(
        .object([
          "name": .string(name), "type": .string(type),
          "empty": column.missing.map { .integer($0) } ?? .null,
          "head": .array(first.map { $0.map { .string($0) } ?? .null }),
        ]))
    }
    let text =
      "table    \(NumberText.count(content.rows, "row")) x "
      + "\(NumberText.count(content.columns.count, "column")), Parquet, "
      + "\(NumberText.count(content.rowGroups, "row group"))\n\n" + overview.text(style: style)
    return InspectReport(
      text: text,
      members: [
        "kind": .string("parquet"), "path": .string(path), "rows": .integer(content.rows),
        "rowGroups": .integer(content.rowGroups), "columns": .array(documents),
      ])
  }

  private static func texts(
    of column: ParquetColumn, _ path: String, threads: Int, rows: Int
  ) throws -> [String?] {
    let target: ColumnType =
      switch column.type {
      case .boolean: .boolean
      case .int32, .int64: .integer
      case .float, .double: .float32
      case .string: .text
      case .date, .timestamp: .date
      }
    let table = try ParquetReader().read(
      path, schema: TableSchema(columns: [ColumnSchema(column.name, target)]), threads: threads)
    let name = column.name
    switch target {
    case .boolean:
      return try table.booleans(name).prefix(rows).map { $0 > 1 ? nil : $0 == 1 ? "true" : "false" }
    case .integer:
      return try table.integers(name).prefix(rows).map { $0 == .min ? nil : "\($0)" }
    case .float32: return try table.float32(name).prefix(rows).map { $0.isNaN ? nil : "\($0)" }
    case .date:
      return try table.dates(name).prefix(rows).map {
        $0 == .min ? nil : "\(CalendarDate(daysSinceEpoch: $0))"
      }
    case .text:
      let column = try table.text(name)
      return (0..<rows).map { column[$0] }
    }
  }
}
