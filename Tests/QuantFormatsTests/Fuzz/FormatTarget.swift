import QuantTestSupport

@testable import QuantCore
@testable import QuantFormats

/// The readers of files that fuzzing attacks, each with what must hold for whatever it accepts.
///
/// `Tests/Fuzz/formats` calls them with bytes that libFuzzer makes up, and the everyday tests with the
/// corpus that came of it. An error is fine; a crash, a hang and a broken law are not.
enum FormatTarget: String, CaseIterable, Sendable {
  case csv, wide, parquet, npy, npz, gzip, json, configuration, manifest, panel, run

  /// A law that does not hold.
  struct Broken: Error, CustomStringConvertible {
    var description: String
  }

  /// Reads the bytes as a file in a folder that nobody else uses.
  func consume(_ bytes: [UInt8], in folder: String) throws {
    do {
      switch self {
      case .csv: try csv(bytes)
      case .wide: try wide(bytes)
      case .parquet: try parquet(bytes, folder)
      case .npy: try npy(bytes, folder)
      case .npz: try npz(bytes, folder)
      case .gzip: try gzip(bytes)
      case .json: try json(bytes)
      case .configuration: try configuration(bytes)
      case .manifest: try manifest(bytes, folder)
      case .panel: try panel(bytes, folder)
      case .run: try run(bytes, folder)
      }
    } catch let error as Broken {
      throw error
    } catch {
      // An error must be able to say what it is, on one line or a few.
      try require(!"\(error)".isEmpty, "an error without words")
    }
  }

  private func require(_ condition: Bool, _ law: String) throws {
    if !condition { throw Broken(description: "\(rawValue): \(law)") }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = try SystemCalls.open(writing: path, truncate: true)
    defer { SystemCalls.close(descriptor) }
    try SystemCalls.write(descriptor, bytes.span.numberBytes)
  }

  // MARK: - Tables

  private func csv(_ bytes: [UInt8]) throws {
    // The first byte chooses the types and the delimiter.
    guard let choice = bytes.first else { return }
    let delimiters = TableSchema.delimiters
    let delimiter = delimiters.sorted()[Int(choice) % delimiters.count]
    let content = TableContent(path: "fuzz", bytes: Array(bytes.dropFirst()))
    let scanner = try CSVReader.scanner("fuzz", delimiter, isQuoted: true)
    let names = try content.withBytes { (bytes) throws(TableError) in
      try TableHeader(bytes, file: "fuzz", scanner: scanner).names
    }
    let types = ColumnType.allCases
    let schema = TableSchema(
      columns: names.prefix(8).enumerated().map {
        ColumnSchema($1, types[($0 + Int(choice >> 3)) % types.count])
      }, delimiter: delimiter)
    func read(_ chunkBytes: Int, threads: Int) throws -> (bytes: [UInt8]?, errors: [String]) {
      var reader = CSVReader(threads: threads)
      reader.chunkBytes = chunkBytes
      let (table, errors) = reader.parse(content, schema: schema, collecting: 5)
      return (try table?.bytes(of: schema), errors.map(\.description))
    }
    let whole = try read(1 << 20, threads: 1)
    let pieces = try read(7, threads: 1)
    try require(whole == pieces, "the size of the chunks changes the table")
    try require((whole.bytes == nil) != whole.errors.isEmpty, "neither a table nor an error")
  }

  private func wide(_ bytes: [UInt8]) throws {
    let content = TableContent(path: "fuzz", bytes: bytes)
    let table = try CSVReader(threads: 1).parseWide(
      content, dateColumn: "date", delimiter: UInt8(ascii: ","), missing: ["NA"])
    try require(!table.dates.contains(.min), "a line without a day")
    try require(Set(table.names).count == table.names.count, "two columns of one name")
  }

  private func parquet(_ bytes: [UInt8], _ folder: String) throws {
    let path = folder + "/fuzz.parquet"
    try write(bytes, to: path)
    let columns = try ParquetReader().columns(of: path)
    let schema = TableSchema(
      columns: columns.map {
        switch $0.type {
        case .boolean: ColumnSchema($0.name, .boolean)
        case .int32, .int64: ColumnSchema($0.name, .integer)
        case .float, .double: ColumnSchema($0.name, .float32)
        case .string: ColumnSchema($0.name, .text)
        case .date, .timestamp: ColumnSchema($0.name, .date)
        }
      })
    let content = try ParquetContent(of: path)
    let table = try ParquetReader().read(path, schema: schema, threads: 1)
    try require(table.rowCount == content.rows, "the footer has another number of rows")
    try require(try table.bytes(of: schema).count >= 8, "a table without bytes")
  }

  // MARK: - Arrays

  private func npy(_ bytes: [UInt8], _ folder: String) throws {
    let path = folder + "/fuzz.npy"
    try write(bytes, to: path)
    let array = try NumericArray(path: path)
    try require(
      array.doubles().count == array.header.count, "the shape does not fit the numbers")
  }

  private func npz(_ bytes: [UInt8], _ folder: String) throws {
    let path = folder + "/fuzz.npz"
    try write(bytes, to: path)
    let archive = try NPZReader(path)
    for name in archive.names {
      let header = try archive.inflatedHeader(name, limit: 1 << 24)
      let array = try archive.inflatedArray(
        name, as: header.type, limit: 1 << 24, of: UInt8.self)
      try require(array.count == header.dataByteCount, "the header does not fit the bytes")
    }
  }

  private func gzip(_ bytes: [UInt8]) throws {
    let content = try GzipDecoder(limit: 1 << 22).decode(bytes.span.numberBytes, path: "fuzz")
    try require(content.count <= 1 << 22, "more than the limit")
    let packed = try Zlib.gzip(content.span.numberBytes)
    try require(
      try GzipDecoder().decode(packed.span.numberBytes, path: "again") == content,
      "what was packed is unpacked otherwise")
  }

  // MARK: - Documents

  private func json(_ bytes: [UInt8]) throws {
    let value = try JSONValue(parsing: bytes, source: "fuzz")
    let text = value.canonicalText
    let again = try JSONValue(parsing: Array(text.utf8), source: "again")
    try require(again.canonicalText == text, "a value is written and read as another")
    let indented = try JSONValue(parsing: Array(value.indentedText.utf8), source: "indented")
    try require(indented.canonicalText == text, "the indented text is another value")
  }

  private func configuration(_ bytes: [UInt8]) throws {
    let run = try RunConfiguration(parsing: bytes, source: "fuzz")
    let document = try JSONValue(encoding: run)
    try require(
      try JSONValue(encoding: RunConfiguration(parsing: bytes, source: "fuzz")) == document,
      "a configuration is read twice with two results")
  }

  // MARK: - Artifacts

  private func manifest(_ bytes: [UInt8], _ folder: String) throws {
    let directory = folder + "/manifest"
    try FileTree.createDirectories(directory)
    try write(bytes, to: directory + "/" + PanelFiles.manifest)
    // Checksums that fit, which a fuzzer would never find by chance.
    var entries = [
      (path: PanelFiles.manifest, sha256: SHA256.hexadecimal(bytes.span.numberBytes))
    ]
    if case .object(let members) = try JSONValue(parsing: bytes, source: "fuzz"),
      case .array(let files)? = members["files"]
    {
      for case .object(let file) in files {
        if case .string(let path)? = file["path"], case .string(let digest)? = file["sha256"] {
          entries.append((path, digest))
        }
      }
    }
    try write(
      Array(ChecksumList.text(entries).utf8), to: directory + "/" + PanelFiles.checksums)
    let manifest = try CompileManifest(opening: directory)
    try require(manifest.periods.last.map(\.rows.upperBound) == manifest.rowCount, "rows are lost")
    // None of its files is there.
    try require((try? CompiledPanel(opening: directory)) == nil, "a panel without files")
  }

  private func panel(_ bytes: [UInt8], _ folder: String) throws {
    guard let choice = bytes.first else { return }
    let name = FuzzPanel.names[Int(choice) % FuzzPanel.names.count]
    let directory = try FuzzPanel.copy(in: folder, replaced: name)
    defer { _ = try? FuzzPanel.copy(in: folder, replaced: name) }
    _ = try FuzzPanel.replace(Int(choice), with: Array(bytes.dropFirst()), in: directory)
    let findings = PanelVerification(of: directory, threads: 1).findings
    let panel = try CompiledPanel(opening: directory)
    let matrix = try panel.features(upTo: panel.rowCount)
    try require(matrix.columnCount == panel.featureNames.count, "names do not fit the matrix")
    for horizon in panel.horizons {
      try require(panel.labels(horizon)?.y.count == panel.rowCount, "labels do not fit the rows")
    }
    // What verification has nothing to say against has matrices without infinite values.
    if findings.isEmpty {
      for column in 0..<matrix.columnCount {
        for value in 0..<panel.rowCount where matrix.column(column)[value].isInfinite {
          throw Broken(description: "panel: an infinite feature")
        }
      }
    }
  }

  private func run(_ bytes: [UInt8], _ folder: String) throws {
    let path = folder + "/run.json"
    try write(RunDocument.resealed(bytes), to: path)
    let document = try RunDocument(path: path)
    try require(document.formatVersion == RunDocument.currentFormatVersion, "another version")
  }
}
