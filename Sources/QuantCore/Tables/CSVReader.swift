internal import Synchronization

/// Reads delimited text files into tables, in parallel and without copying the file.
///
/// The file is mapped and cut into chunks of whole records, which are parsed side by side; results
/// and errors do not depend on the number of threads. Only declared columns are parsed.
///
/// Format: RFC 4180 with LF or CRLF, a last line with or without line break, a byte order mark, and
/// any of the delimiters `,` `;` `|` tab. Blank lines are skipped. An empty field is missing, in
/// quotes or not. Blanks around numbers, days and truth values are ignored.
///
/// ```swift
/// let reader = CSVReader(threads: 4)
/// let table = try reader.read("prices.csv", schema: TableSchema(columns: [
///   ColumnSchema("date", .date), ColumnSchema("close", .float32),
/// ]))
/// ```
public struct CSVReader: Sendable {
  /// The number of threads that parse.
  public var threads: Int
  /// Decoders for compressed files, chosen by the end of the file name.
  public var decoders: [any ContentDecoder]
  /// Bytes of a chunk; the result does not depend on it.
  package var chunkBytes = 1 << 20

  /// Creates a reader.
  public init(
    threads: Int = ParallelFor.availableThreads, decoders: [any ContentDecoder] = []
  ) {
    self.threads = threads
    self.decoders = decoders
  }

  /// The names in the header of a file, in order.
  ///
  /// - Throws: `.table` where there is no header or it has a name twice, `.storage` where the file
  ///   cannot be opened.
  /// - Complexity: O(header).
  public func columnNames(
    _ path: String, delimiter: UInt8 = UInt8(ascii: ",")
  ) throws(TableReadError) -> [String] {
    let content: TableContent
    do throws(StorageError) {
      content = try TableContent(path: path, decoders: decoders)
    } catch {
      throw .storage(error)
    }
    do throws(TableError) {
      let scanner = try Self.scanner(path, delimiter, isQuoted: true)
      return try content.withBytes { (bytes) throws(TableError) in
        try TableHeader(bytes, file: path, scanner: scanner).names
      }
    } catch {
      throw .table(error)
    }
  }

  /// Reads the declared columns of a file; a file with only a header gives no rows.
  ///
  /// - Throws: `.table` with the first error in the file, `.storage` where it cannot be opened.
  /// - Complexity: O(bytes).
  public func read(_ path: String, schema: TableSchema) throws(TableReadError) -> RawTable {
    let outcome: (table: RawTable?, errors: [TableError])
    do throws(StorageError) {
      outcome = try read(path, schema: schema, collecting: 1)
    } catch {
      throw .storage(error)
    }
    guard let table = outcome.table else { throw .table(outcome.errors[0]) }
    return table
  }

  /// Reads the declared columns of a file and collects up to `limit` errors in the order of lines.
  ///
  /// The table is `nil` where there are errors. Collecting ends at quotes that do not match, because
  /// nothing after them can be told apart.
  ///
  /// - Throws: `StorageError` where the file cannot be opened.
  public func read(
    _ path: String, schema: TableSchema, collecting limit: Int
  ) throws(StorageError) -> (table: RawTable?, errors: [TableError]) {
    let content = try TableContent(path: path, decoders: decoders)
    return parse(content, schema: schema, collecting: limit)
  }

  /// Reads a table from its bytes; see `read(_:schema:collecting:)`.
  package func parse(
    _ content: TableContent, schema: TableSchema, collecting limit: Int
  ) -> (table: RawTable?, errors: [TableError]) {
    let parsed: ParsedTable
    do throws(TableError) {
      let scanner = try Self.scanner(content.path, schema.delimiter, isQuoted: schema.isQuoted)
      let header = try content.withBytes { (bytes) throws(TableError) in
        try TableHeader(bytes, file: content.path, scanner: scanner)
      }
      let (actions, missing) = try Self.actions(for: schema, header, file: content.path)
      if !missing.isEmpty { return (nil, Array(missing.prefix(max(1, limit)))) }
      var plan = TablePlan(
        file: content.path, names: header.names, actions: actions, missing: schema.missing,
        scanner: scanner)
      plan.acceptsInfinite = schema.acceptsInfinite
      parsed = ParsedTable(
        content, plan, header, asMatrix: false, chunkBytes: chunkBytes, threads: threads,
        limit: max(1, limit))
    } catch {
      return (nil, [error])
    }
    if !parsed.errors.isEmpty { return (nil, parsed.errors) }
    return ((consume parsed).table(threads: threads), [])
  }

  /// The scanner for a delimiter.
  static func scanner(
    _ path: String, _ delimiter: UInt8, isQuoted: Bool
  ) throws(TableError) -> FieldScanner {
    guard TableSchema.delimiters.contains(delimiter) else {
      throw TableError(
        .value, file: path, value: "byte \(delimiter) is no delimiter", accepted: ", ; | or a tab")
    }
    return FieldScanner(delimiter: delimiter, isQuoted: isQuoted)
  }

  private static func actions(
    for schema: TableSchema, _ header: TableHeader, file: String
  ) throws(TableError) -> ([TablePlan.Action], missing: [TableError]) {
    var places: [String: Int] = [:]
    for (place, name) in header.names.enumerated() where places[name] == nil {
      places[name] = place
    }
    var actions = [TablePlan.Action](repeating: .skip, count: header.names.count)
    var missing: [TableError] = []
    for column in schema.columns {
      guard let place = places[column.name] else {
        missing.append(
          TableError(
            .missingColumn, file: file, line: header.line, column: column.name,
            value: "not in the header",
            accepted: NearestName.accepted(for: column.name, among: header.names)))
        continue
      }
      let action = TablePlan.Action(column.type)
      guard actions[place] == .skip || actions[place] == action else {
        throw TableError(
          .duplicateColumn, file: file, column: column.name,
          value: "declared as \(actions[place].type?.rawValue ?? "") and \(column.type.rawValue)",
          accepted: "one type")
      }
      actions[place] = action
    }
    return (actions, missing)
  }
}
