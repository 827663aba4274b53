/// Finds and reads the files that a configuration names.
struct InputTables: Sendable {
  /// The configuration.
  let configuration: CompileConfiguration
  /// The folder that relative paths count from.
  let baseDirectory: String
  /// The reader.
  let reader: TableReader
  /// Tables that are used in place of files.
  var held = HeldTables()

  /// The files of a configuration, each once, in the order of its sections.
  static func files(of configuration: CompileConfiguration) -> [String] {
    var files = configuration.fundamentals.map(\.table.file)
    files += [
      configuration.identifiers?.table.file, configuration.events?.table.file,
      configuration.delistings?.table.file, configuration.prices?.table.file,
      configuration.prices?.totalReturnFile, configuration.prices?.volumeFile,
    ].compactMap { $0 }
    var seen: Set<String> = []
    return files.filter { seen.insert($0).inserted }
  }

  /// The path of a file of the configuration.
  static func path(_ file: String, in baseDirectory: String) -> String {
    file.hasPrefix("/") ? file : baseDirectory + "/" + file
  }

  /// Reads a long table.
  func read(
    _ role: InputRole, _ file: String, _ schema: TableSchema
  ) throws(CompileError) -> RawTable {
    if let table = held.tables[role] { return table }
    do throws(TableReadError) {
      return try reader.read(InputTables.path(file, in: baseDirectory), schema: schema)
    } catch {
      throw CompileError(error)
    }
  }

  /// Reads a wide matrix.
  func readWide(
    _ role: InputRole, _ file: String, _ source: PriceSource
  ) throws(CompileError) -> WideTable {
    if let matrix = held.matrices[role] { return matrix }
    do throws(TableReadError) {
      return try reader.readWide(
        InputTables.path(file, in: baseDirectory), dateColumn: source.date,
        delimiter: source.table.delimiterByte, missing: source.table.missing)
    } catch {
      throw CompileError(error)
    }
  }
}

extension CompileError {
  init(_ error: TableReadError) {
    switch error {
    case .table(let error): self = .table(error)
    case .storage(let error): self = .storage(error)
    }
  }

  /// Runs a step that touches files, with its error as one of the compile.
  static func storing<Result>(
    _ body: () throws(StorageError) -> Result
  ) throws(CompileError) -> Result {
    do throws(StorageError) {
      return try body()
    } catch {
      throw .storage(error)
    }
  }
}
