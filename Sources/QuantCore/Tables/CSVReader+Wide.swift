extension CSVReader {
  /// Reads a matrix with a line for each day: one column of days, all others numbers.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - dateColumn: The name of the column of days; every line must have one.
  ///   - delimiter: The byte between fields.
  ///   - missing: Spellings of a missing value besides the empty field.
  /// - Throws: `.table` with the first error in the file, `.storage` where it cannot be opened.
  /// - Complexity: O(bytes).
  public func readWide(
    _ path: String, dateColumn: String, delimiter: UInt8 = UInt8(ascii: ","),
    missing: [String] = TableSchema.usualMissing
  ) throws(TableReadError) -> WideTable {
    let content: TableContent
    do throws(StorageError) {
      content = try TableContent(path: path, decoders: decoders)
    } catch {
      throw .storage(error)
    }
    do throws(TableError) {
      return try parseWide(
        content, dateColumn: dateColumn, delimiter: delimiter, missing: missing)
    } catch {
      throw .table(error)
    }
  }

  /// Reads a matrix from its bytes; see `readWide(_:dateColumn:delimiter:missing:)`.
  package func parseWide(
    _ content: TableContent, dateColumn: String, delimiter: UInt8, missing: [String]
  ) throws(TableError) -> WideTable {
    let file = content.path
    let scanner = try Self.scanner(file, delimiter, isQuoted: true)
    let header = try content.withBytes { (bytes) throws(TableError) in
      try TableHeader(bytes, file: file, scanner: scanner)
    }
    guard let place = header.names.firstIndex(of: dateColumn) else {
      throw TableError(
        .missingColumn, file: file, line: header.line, column: dateColumn,
        value: "not in the header",
        accepted: NearestName.accepted(for: dateColumn, among: header.names))
    }
    for (index, name) in header.names.enumerated() where name.isEmpty && index != place {
      throw TableError(
        .missingColumn, file: file, line: header.line, value: "column \(index + 1) has no name",
        accepted: "a name for every column of numbers")
    }
    let actions = header.names.indices.map { $0 == place ? TablePlan.Action.date : .number }
    let plan = TablePlan(
      file: file, names: header.names, actions: actions, missing: missing, scanner: scanner)
    let parsed = ParsedTable(
      content, plan, header, asMatrix: true, chunkBytes: chunkBytes, threads: threads, limit: 1)
    if let error = parsed.errors.first { throw error }
    let dates = parsed.dates()
    if let row = dates.firstIndex(of: ColumnValues.missingDate) {
      throw TableError(
        .value, file: file, line: parsed.lines[row], column: dateColumn, value: "is missing",
        accepted: ColumnType.date.accepted)
    }
    let (cells, stride) = parsed.matrix()
    return WideTable(
      file: file, dates: dates,
      names: header.names.enumerated().filter { $0.offset != place }
        .map(\.element), cells: cells, columnStride: stride, lines: parsed.lines)
  }
}
