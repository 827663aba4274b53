/// A full check of a panel folder: every byte against its digest, and whether the parts agree.
///
/// Opening a panel checks what training relies on; this checks everything, and goes on after the
/// first finding.
///
/// ```swift
/// let verification = PanelVerification(of: "runs/demo", threads: 2)
/// verification.findings        // empty where all is well
/// ```
public struct PanelVerification: Sendable {
  /// Something that is wrong.
  public struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// The file, as a path inside the folder.
    public let file: String
    /// What is wrong with it.
    public let problem: String
    /// One line: file and problem.
    public var description: String { "\(file): \(problem)" }
  }

  /// What is wrong, in the order of the files; empty where all is well.
  public private(set) var findings: [Finding] = []
  /// Files whose digest was taken.
  public private(set) var fileCount = 0
  /// Bytes whose digest was taken.
  public private(set) var byteCount = 0

  /// Checks a panel folder; other files in it are not looked at.
  ///
  /// - Complexity: O(bytes).
  public init(of directory: String, threads: Int = ParallelFor.availableThreads) {
    let manifest: CompileManifest
    do throws(StorageError) {
      manifest = try CompileManifest(opening: directory)
    } catch {
      add(PanelFiles.manifest, error.problem)
      return
    }
    checkDigests(manifest, directory, threads)
    let panel: CompiledPanel
    do throws(StorageError) {
      panel = try CompiledPanel(opening: directory)
    } catch {
      // The digests have said it already where a file is damaged.
      if findings.isEmpty { add(PanelFiles.manifest, error.problem) }
      return
    }
    guard findings.isEmpty else { return }
    let folder = PanelFolder(directory: directory, manifest: manifest)
    check(PanelFiles.matrix) { () throws(StorageError) in try Self.matrixProblems(panel) }
    check(PanelFiles.metadata) { () throws(StorageError) in
      try Self.metadataProblems(panel, folder)
    }
    for horizon in manifest.horizons {
      check(PanelFiles.labels(horizon)) { () throws(StorageError) in
        try Self.labelProblems(horizon, folder)
      }
      check(PanelFiles.trainingRows(horizon)) { () throws(StorageError) in
        try Self.trainingProblems(PanelFiles.trainingRows(horizon), horizon, panel, folder)
      }
    }
    if let longest = manifest.horizons.last {
      check(PanelFiles.trainingRows) { () throws(StorageError) in
        try Self.trainingProblems(PanelFiles.trainingRows, longest, panel, folder)
      }
    }
    check(PanelFiles.testRows) { () throws(StorageError) in try Self.testProblems(panel, folder) }
    check(PanelFiles.coverage) { () throws(StorageError) in try Self.coverageProblems(folder) }
  }

  private mutating func add(_ file: String, _ problem: String) {
    findings.append(Finding(file: file, problem: problem))
  }

  private mutating func check(_ file: String, _ body: () throws(StorageError) -> [String]) {
    do throws(StorageError) {
      for problem in try body() { add(file, problem) }
    } catch {
      add(file, error.problem)
    }
  }

  private mutating func checkDigests(
    _ manifest: CompileManifest, _ directory: String, _ threads: Int
  ) {
    let entries = manifest.files
    let outcomes = ParallelFor.map(count: entries.count, threads: threads) { index in
      do throws(StorageError) {
        let found = try ManifestFile.digesting(path: entries[index].path, root: directory)
        return (
          bytes: found.bytes,
          problem: found == entries[index]
            ? nil
            : Self.difference(
              found, entries[index])
        )
      } catch {
        return (bytes: 0, problem: error.problem)
      }
    }
    for (entry, outcome) in zip(entries, outcomes) {
      fileCount += 1
      byteCount += outcome.bytes
      if let problem = outcome.problem { add(entry.path, problem) }
    }
  }

  private static func difference(_ found: ManifestFile, _ expected: ManifestFile) -> String {
    if found.bytes != expected.bytes {
      return "has \(found.bytes) bytes where \(expected.bytes) are expected"
    }
    let chunk = zip(found.xxh64, expected.xxh64).enumerated().first { $1.0 != $1.1 }?.offset
    return chunk.map { "content differs in the MiB from byte \($0 << 20)" }
      ?? "SHA-256 is \(found.sha256), expected \(expected.sha256)"
  }
}
