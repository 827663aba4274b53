internal import FoundationEssentials

extension CompiledPanel {
  /// Opens a panel folder and checks everything but the values of the matrix, which are verified
  /// when they are first asked for.
  ///
  /// Checked are the version of the layout, the checksum list against the manifest, the size of every
  /// file, the content of all files that are read now, and that shapes, types, periods and labels
  /// agree with each other.
  ///
  /// - Throws: `StorageError` naming the file: missing, truncated, corrupted, foreign, stale or of
  ///   another version, or a path that leads out of the folder.
  public init(opening directory: String) throws(StorageError) {
    try self.init(opening: directory, use: nil)
  }

  private init(opening directory: String, use: FileLock?) throws(StorageError) {
    let manifest = try CompileManifest(opening: directory)
    let folder = PanelFolder(directory: directory, manifest: manifest)
    try folder.checkSizes()
    let names = try folder.featureNames()
    let (matrix, verifier) = try folder.matrix()
    let metadata = try folder.verifiedArchive(PanelFiles.metadata)
    let rowKeys: ArrayFile<UInt64> = try folder.column("row_key", in: metadata)
    let quarterIDs: ArrayFile<Int32> = try folder.column("quarter_id", in: metadata)
    let flags: ArrayFile<UInt8> = try folder.column("pit_flags", in: metadata)
    try folder.checkPeriods(quarterIDs)
    var labels: [Horizon: PanelLabels] = [:]
    for horizon in manifest.horizons { labels[horizon] = try folder.labels(horizon) }
    self.init(
      manifest: manifest, featureNames: names, matrix: matrix, rowKeys: rowKeys,
      quarterIDs: quarterIDs, riskFlags: flags, firmKeys: try folder.texts("gvkey", in: metadata),
      labels: labels, verifier: verifier, metadata: try folder.metadata(metadata), use: use)
  }

  /// Opens the panel of a store, which must have been compiled under that key.
  ///
  /// Files that nobody computes with are checked as well: a run folder hands them on.
  init(
    cached fingerprint: Fingerprint, in store: ArtifactStore, use: FileLock?
  ) throws(StorageError) {
    let directory = store.directory(of: fingerprint)
    try self.init(opening: directory, use: use)
    guard manifest.fingerprint == fingerprint.hexadecimal else {
      throw .foreign(
        path: directory + "/" + PanelFiles.manifest, found: "the panel \(manifest.fingerprint)",
        accepted: fingerprint.hexadecimal)
    }
    let folder = PanelFolder(directory: directory, manifest: manifest)
    for file in PanelFiles.byproducts(horizons: manifest.horizons) {
      try folder.verify(file)
    }
  }
}

extension CompileManifest {
  /// Reads the manifest of a panel folder and checks it against the checksum list; the other files
  /// are not looked at.
  ///
  /// - Throws: `StorageError` where it is missing, damaged, foreign or of another version.
  public init(opening directory: String) throws(StorageError) {
    let path = try FileTree.join(directory, PanelFiles.manifest)
    let bytes = try MappedFile(path: path)
    let content = [UInt8](copying: bytes.bytes)
    let version = try CompileManifest.formatVersion(content, path: path)
    guard version == CompileManifest.currentFormatVersion else {
      throw .unsupportedVersion(
        path: path, found: "\(version)", accepted: "\(CompileManifest.currentFormatVersion)")
    }
    do {
      self = try JSONDecoder().decode(CompileManifest.self, from: Data(content))
    } catch {
      throw .foreign(path: path, found: "another document", accepted: "a compile manifest")
    }
    try checkList(directory, SHA256.hexadecimal(content.span.numberBytes))
    try checkShape(path)
  }

  private static func formatVersion(_ content: [UInt8], path: String) throws(StorageError) -> Int {
    struct Version: Decodable { var formatVersion: Int }
    do {
      return try JSONDecoder().decode(Version.self, from: Data(content)).formatVersion
    } catch {
      throw .foreign(
        path: path, found: "no JSON document with formatVersion", accepted: "a compile manifest")
    }
  }

  /// The checksum list must name the manifest and its files, with the same digests.
  private func checkList(_ directory: String, _ ownDigest: String) throws(StorageError) {
    let path = try FileTree.join(directory, PanelFiles.checksums)
    let text = String(decoding: [UInt8](copying: try MappedFile(path: path).bytes), as: UTF8.self)
    guard let entries = ChecksumList.parse(text) else {
      throw .foreign(path: path, found: "another document", accepted: "a list of SHA-256 digests")
    }
    guard entries[PanelFiles.manifest] == ownDigest else {
      throw .corrupted(path: directory + "/" + PanelFiles.manifest, offset: 0)
    }
    var expected = Dictionary(files.map { ($0.path, $0.sha256) }) { first, _ in first }
    expected[PanelFiles.manifest] = ownDigest
    guard expected == entries else { throw .corrupted(path: path, offset: 0) }
  }

  /// Counts that must agree before anything is read by them.
  private func checkShape(_ path: String) throws(StorageError) {
    func refuse(_ found: String, _ accepted: String) -> StorageError {
      .foreign(path: path, found: found, accepted: accepted)
    }
    let names = files.map(\.path)
    guard names == PanelFiles.all(horizons: horizons) else {
      throw refuse("files \(names.joined(separator: ", "))", "the files of a panel, sorted")
    }
    guard rowCount >= 0, rowCount <= Int(Int32.max), featureCount >= 0, !periods.isEmpty,
      !horizons.isEmpty, horizons == horizons.sorted(), Set(horizons).count == horizons.count,
      LabelRule.lagDays.contains(recordingLagDays), LabelRule.lagDays.contains(embargoDays)
    else { throw refuse("impossible counts", "rows, periods, ascending horizons and lags") }
    var next = 0
    for (index, entry) in periods.enumerated() {
      let isInOrder =
        index == 0
        || periods[index - 1].period.frequency == entry.period.frequency
          && periods[index - 1].period.ordinal + 1 == entry.period.ordinal
          && periods[index - 1].decisionDate < entry.decisionDate
      guard isInOrder, entry.firstRow == next, 0...rowCount - next ~= entry.rowCount,
        entry.quarterID == entry.period.ordinal
      else { throw refuse("period \(entry.period) out of order", "consecutive periods and rows") }
      next += entry.rowCount
    }
    guard next == rowCount else {
      throw refuse("\(next) rows in periods", "\(rowCount), the number of rows")
    }
    guard sources.allSatisfy(\.isConserved), grid.isConserved else {
      throw refuse("an account that does not balance", "rows in = rows used + rows dropped")
    }
  }
}
