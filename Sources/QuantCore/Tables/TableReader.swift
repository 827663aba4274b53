/// Reads tables of any format that the end of a file's name says: delimited text, or one that is given.
struct TableReader: Sendable {
  private let text: CSVReader
  private let formats: [any TableFileFormat]

  init(threads: Int, decoders: [any ContentDecoder], formats: [any TableFileFormat]) {
    text = CSVReader(threads: threads, decoders: decoders)
    self.formats = formats
  }

  /// Reads the declared columns of a file.
  func read(_ path: String, schema: TableSchema) throws(TableReadError) -> RawTable {
    guard let format = format(of: path) else { return try text.read(path, schema: schema) }
    return try format.read(path, schema: schema, threads: text.threads)
  }

  /// The names of the columns of a file, in order.
  func columnNames(_ path: String, delimiter: UInt8) throws(TableReadError) -> [String] {
    guard let format = format(of: path) else {
      return try text.columnNames(path, delimiter: delimiter)
    }
    do throws(StorageError) {
      return try format.columnNames(of: path)
    } catch {
      throw .storage(error)
    }
  }

  /// Reads a matrix of numbers with one row for each day.
  func readWide(
    _ path: String, dateColumn: String, delimiter: UInt8, missing: [String]
  ) throws(TableReadError) -> WideTable {
    guard let format = format(of: path) else {
      return try text.readWide(
        path, dateColumn: dateColumn, delimiter: delimiter, missing: missing)
    }
    let names = try columnNames(path, delimiter: delimiter).filter { $0 != dateColumn }
    let schema = TableSchema(
      columns: [ColumnSchema(dateColumn, .date)] + names.map { ColumnSchema($0, .float32) })
    let table = try format.read(path, schema: schema, threads: text.threads)
    do throws(TableError) {
      return WideTable(
        file: path, dates: try table.dates(dateColumn), names: names,
        columns: try names.map { (name) throws(TableError) in try table.float32(name) })
    } catch {
      throw .table(error)
    }
  }

  private func format(of path: String) -> (any TableFileFormat)? {
    formats.first { path.hasSuffix($0.fileSuffix) }
  }
}
