internal import FoundationEssentials

/// The files of an opened panel folder, each checked against the manifest as it is read.
struct PanelFolder: Sendable {
  let directory: String
  let manifest: CompileManifest

  /// The path of a file of the manifest.
  func path(_ file: String) throws(StorageError) -> String {
    try FileTree.join(directory, file)
  }

  /// The entry of a file in the manifest.
  func entry(_ file: String) throws(StorageError) -> ManifestFile {
    guard let entry = manifest.files.first(where: { $0.path == file }) else {
      throw .foreign(
        path: directory + "/" + PanelFiles.manifest, found: "no entry for \(file)",
        accepted: "an entry for each file")
    }
    return entry
  }

  /// Every file is there and has the size of the manifest.
  func checkSizes() throws(StorageError) {
    for entry in manifest.files {
      let path = try path(entry.path)
      let status: SystemCalls.Status
      do throws(SystemCalls.Failure) {
        status = try SystemCalls.status(path)
      } catch {
        throw .reading(path, error)
      }
      guard Int(status.size) == entry.bytes else {
        throw .truncated(path: path, expected: entry.bytes, actual: Int(status.size))
      }
    }
  }

  /// The content of a small file, verified.
  func verifiedBytes(_ file: String) throws(StorageError) -> [UInt8] {
    let mapped = try MappedFile(path: try path(file))
    try ChunkVerifier(mapped, entry: try entry(file)).verifyAll()
    return [UInt8](copying: mapped.bytes)
  }

  /// Checks every byte of a file.
  func verify(_ file: String) throws(StorageError) {
    try ChunkVerifier(try MappedFile(path: try path(file)), entry: try entry(file)).verifyAll()
  }

  /// An archive, verified.
  func verifiedArchive(_ file: String) throws(StorageError) -> NPZReader {
    try verify(file)
    return try NPZReader(try path(file))
  }

  /// The names of the features.
  func featureNames() throws(StorageError) -> [String] {
    let bytes = try verifiedBytes(PanelFiles.featureNames)
    let path = directory + "/" + PanelFiles.featureNames
    let names: [String]
    do {
      names = try JSONDecoder().decode([String].self, from: Data(bytes))
    } catch {
      throw .foreign(path: path, found: "another document", accepted: "a list of names")
    }
    guard names.count == manifest.featureCount else {
      throw .foreign(
        path: path, found: "\(names.count) names", accepted: "\(manifest.featureCount) names")
    }
    guard SHA256.hexadecimal(bytes.span.numberBytes) == manifest.featureNamesSHA256 else {
      throw .corrupted(path: path, offset: 0)
    }
    return names
  }

  /// The matrix, mapped, with the verifier of its chunks.
  func matrix() throws(StorageError) -> (FeatureMatrix, ChunkVerifier) {
    let path = try path(PanelFiles.matrix)
    let file = try MappedFile(path: path)
    let verifier = try ChunkVerifier(file, entry: try entry(PanelFiles.matrix))
    let header = try NPYHeader(parsing: file.bytes, path: path)
    try header.require(.float32, path: path)
    let shape = [manifest.rowCount, manifest.featureCount]
    guard header.shape == shape, header.fortranOrder else {
      throw .foreign(
        path: path, found: "shape \(header.shape), fortran_order \(header.fortranOrder)",
        accepted: "shape \(shape), fortran_order true")
    }
    try verifier.verify(0..<header.dataOffset)
    let values: ArrayFile<Float> = file.elements(
      at: header.dataOffset, byteCount: header.dataByteCount)
    let matrix = FeatureMatrix(
      values, rowCount: manifest.rowCount, columnCount: manifest.featureCount,
      columnStride: manifest.rowCount)
    return (matrix, verifier)
  }

  /// An array of numbers with one element for each row.
  func column<Element: NPYElement>(
    _ name: String, in archive: NPZReader
  ) throws(StorageError) -> ArrayFile<Element> {
    try checked(try archive.array(name, of: Element.self), name, in: archive)
  }

  /// A column of days with one element for each row.
  func days(_ name: String, in archive: NPZReader) throws(StorageError) -> ArrayFile<Int64> {
    try checked(try archive.array(name, as: .days, of: Int64.self), name, in: archive)
  }

  /// A column of texts with one element for each row.
  func texts(_ name: String, in archive: NPZReader) throws(StorageError) -> KeyColumn {
    let header = try archive.header(name).header
    guard case .text(let width) = header.type, header.count == manifest.rowCount else {
      throw .foreign(
        path: archive.location(of: name), found: "\(header.count) of '\(header.type.rawValue)'",
        accepted: "\(manifest.rowCount) texts")
    }
    return KeyColumn(try archive.array(name, as: header.type, of: UInt8.self), width: width)
  }

  private func checked<Element>(
    _ array: ArrayFile<Element>, _ name: String, in archive: NPZReader
  ) throws(StorageError) -> ArrayFile<Element> {
    guard array.count == manifest.rowCount else {
      throw .truncated(
        path: archive.location(of: name),
        expected: manifest.rowCount * MemoryLayout<Element>.stride,
        actual: array.count * MemoryLayout<Element>.stride)
    }
    return array
  }

  /// The labels of a horizon: 0, 1 or 255.
  func labels(_ horizon: Horizon) throws(StorageError) -> PanelLabels {
    let archive = try verifiedArchive(PanelFiles.labels(horizon))
    let y: ArrayFile<UInt8> = try column("y", in: archive)
    let knownOn: ArrayFile<Int32> = try column("t1", in: archive)
    let values = y.span
    for row in 0..<values.count where values[row] > 1 && values[row] != PanelLabels.unknown {
      throw .foreign(
        path: archive.location(of: "y"), found: "\(values[row]) in row \(row)",
        accepted: "0, 1 or 255")
    }
    return PanelLabels(y: y, knownOn: knownOn)
  }

  /// The period of every row is the one whose range it lies in.
  func checkPeriods(_ quarterIDs: ArrayFile<Int32>) throws(StorageError) {
    let ids = quarterIDs.span
    for entry in manifest.periods {
      for row in entry.rows where ids[row] != entry.quarterID {
        throw .foreign(
          path: directory + "/" + PanelFiles.metadata,
          found: "quarter_id \(ids[row]) in row \(row)",
          accepted: "\(entry.quarterID), the period of the row")
      }
    }
  }

  /// Dates and further keys of the rows.
  func metadata(_ archive: NPZReader) throws(StorageError) -> PanelMetadata {
    var keys: [String: KeyColumn] = [:]
    for name in archive.names where !FundamentalsSource.reservedKeys.contains(name) {
      keys[name] = try texts(name, in: archive)
    }
    return PanelMetadata(
      periodEnd: try days("datadate", in: archive),
      available: try days("available_ts", in: archive),
      ageDays: try column("age_days", in: archive), keys: keys)
  }
}
