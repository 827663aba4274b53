internal import QuantCore
internal import QuantFormats

/// Columns, number of rows and first rows of a delimited table.
enum TableInspection {
  /// The names of files that are taken for tables end so.
  static let suffixes = [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"]
  private static let head = 5
  private static let width = 24

  static func report(_ path: String, threads: Int, style: Style) throws -> InspectReport {
    let content = try TableContent(path: path, decoders: [GzipDecoder()])
    let (delimiter, names) = try header(of: content)
    let schema = TableSchema(
      columns: names.filter { !$0.isEmpty }.map { ColumnSchema($0, .text) }, delimiter: delimiter,
      missing: [])
    let outcome = CSVReader(threads: threads).parse(content, schema: schema, collecting: 1)
    guard let table = outcome.table else {
      throw outcome.errors.first
        ?? TableError(.empty, file: path, value: "no table", accepted: "a header and rows")
    }
    let columns = try schema.columns.map { (name: $0.name, values: try table.text($0.name)) }
    var overview = TextTable(
      [.text("column"), .number("empty"), .number("distinct")]
        + (0..<min(head, table.rowCount)).map { .text("row \($0 + 1)") })
    var documents: [JSONValue] = []
    for column in columns {
      let empty = column.values.codes.count { $0 < 0 }
      let first = (0..<min(head, table.rowCount)).map { column.values[$0] }
      overview.append(
        [column.name, NumberText.grouped(empty), NumberText.grouped(column.values.values.count)]
          + first.map { TerminalText.clipped($0 ?? "", to: width) })
      documents.append(
        .object([
          "name": .string(column.name), "empty": .integer(empty),
          "distinct": .integer(column.values.values.count),
          "head": .array(first.map { $0.map { .string($0) } ?? .null }),
        ]))
    }
    let text =
      "table    \(NumberText.count(table.rowCount, "row")) x "
      + "\(NumberText.count(names.count, "column")), delimiter \(spelled(delimiter))\n\n"
      + overview.text(style: style)
    return InspectReport(
      text: text,
      members: [
        "kind": .string("table"), "path": .string(path), "rows": .integer(table.rowCount),
        "delimiter": .string(String(UnicodeScalar(delimiter))), "columns": .array(documents),
      ])
  }

  /// The delimiter that cuts the header into most names, comma first; quotes may make no sense with
  /// another than the right one.
  private static func header(
    of content: TableContent
  ) throws(TableError) -> (delimiter: UInt8, names: [String]) {
    var best: (delimiter: UInt8, names: [String])?
    var failure: TableError?
    for delimiter in TableSchema.delimiters {
      let scanner = FieldScanner(delimiter: delimiter, isQuoted: true)
      do throws(TableError) {
        let names = try content.withBytes { (bytes) throws(TableError) in
          try TableHeader(bytes, file: content.path, scanner: scanner).names
        }
        if names.count > best?.names.count ?? 0 { best = (delimiter, names) }
      } catch {
        failure = failure ?? error
      }
    }
    if let best { return best }
    if let failure { throw failure }
    return (UInt8(ascii: ","), [])
  }

  private static func spelled(_ delimiter: UInt8) -> String {
    delimiter == UInt8(ascii: "\t") ? "tab" : "'\(UnicodeScalar(delimiter))'"
  }
}
