internal import QuantCore
internal import QuantFormats

/// What a file of numbers is, by the end of its name.
enum DataFile: Equatable {
  /// A delimited table with a header; the byte between its fields.
  case table(delimiter: UInt8)
  /// A table in columns.
  case parquet
  /// A NumPy array.
  case array

  /// `.csv` and `.tsv` are tables, also where `.gz` follows, and so is `.parquet`; everything else is
  /// an array.
  init(_ path: String) {
    var name = path.lowercased()
    if name.hasSuffix(ParquetReader().fileSuffix) {
      self = .parquet
      return
    }
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if name.hasSuffix(".csv") {
      self = .table(delimiter: UInt8(ascii: ","))
    } else if name.hasSuffix(".tsv") {
      self = .table(delimiter: UInt8(ascii: "\t"))
    } else {
      self = .array
    }
  }

  /// Whether columns have names.
  var isTable: Bool { self != .array }
}

/// A table in a file, opened but not read.
struct TableFile {
  private let path: String
  private let file: DataFile

  /// The table, or `nil` where the end of the path says that the file is none.
  init?(_ path: String) {
    self.path = path
    file = DataFile(path)
    if !file.isTable { return nil }
  }

  /// The line in which the names stand, where the file has lines.
  var headerLine: Int? { file == .parquet ? nil : 1 }

  /// The names of all columns, in order.
  func columnNames() throws -> [String] {
    guard case .table(let delimiter) = file else {
      return try ParquetReader().columnNames(of: path)
    }
    return try CSVReader(threads: 1, decoders: [GzipDecoder()])
      .columnNames(path, delimiter: delimiter)
  }

  /// Some of the columns, all of one type.
  func read(
    _ columns: [String], as type: ColumnType, infinite: InfiniteFeatures = .refuse, threads: Int
  ) throws -> RawTable {
    var schema = TableSchema(
      columns: columns.map { ColumnSchema($0, type) }, acceptsInfinite: infinite == .missing)
    guard case .table(let delimiter) = file else {
      return try ParquetReader().read(path, schema: schema, threads: threads)
    }
    schema.delimiter = delimiter
    return try CSVReader(threads: threads, decoders: [GzipDecoder()]).read(path, schema: schema)
  }

  /// Where a row stands, for errors: its line, where the file has lines, or its number.
  func place(ofRow row: Int, in table: RawTable) -> (line: Int?, text: String) {
    if file == .parquet { return (nil, "row \(row): ") }
    return (table.line(ofRow: row), "")
  }
}
