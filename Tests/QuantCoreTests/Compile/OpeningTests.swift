import FoundationEssentials
import Testing

@testable import QuantCore

@Suite("Opening a panel: nothing damaged goes unnoticed")
struct OpeningTests {
  /// Opens the panel and reads all of it, as training would.
  private func open(_ directory: String) throws(StorageError) {
    let panel = try CompiledPanel(opening: directory)
    _ = try panel.features(upTo: panel.rowCount)
  }

  private func compiled(_ seed: UInt64) throws -> (fixture: CompileFixture, directory: String) {
    let fixture = try RandomTables(seed: seed).fixture()
    return (fixture, try fixture.compile().directory)
  }

  @Test("an opened panel is the one that was written")
  func roundTrip() throws {
    let (fixture, directory) = try compiled(1)
    defer { fixture.keep() }
    let panel = try CompiledPanel(opening: directory)
    #expect(panel.manifest.formatVersion == CompileManifest.currentFormatVersion)
    #expect(panel.periods.first?.description == "2014Q2" && panel.periods.count == 9)
    let metadata = try #require(panel.metadata)
    #expect(metadata.keys.keys.sorted() == ["note"])
    #expect(metadata.periodEnd.count == panel.rowCount)
    for entry in panel.manifest.periods {
      #expect(panel.rows(of: entry.period) == entry.rows)
      for row in entry.rows {
        #expect(panel.quarterIDs[row] == entry.period.ordinal)
        #expect(
          panel.rowKeys[row]
            == RowKey.key(firm: panel.firmKeys[row], decisionDate: entry.decisionDate))
      }
    }
    #expect(Set((0..<panel.rowCount).map { panel.rowKeys[$0] }).count == panel.rowCount)
  }

  @Test("a flipped bit anywhere is found by opening or by verification, and named")
  func flips() throws {
    let (fixture, directory) = try compiled(2)
    defer { fixture.keep() }
    var random = SplitMix64(seed: 77)
    for file in try FileTree.list(recursively: directory) {
      let path = directory + "/" + file
      let honest = try CompileFixture.bytes(path)
      for _ in 0..<6 where !honest.isEmpty {
        var bytes = honest
        let place = Int(random.next() % UInt64(bytes.count))
        bytes[place] ^= 1 << (random.next() % 8)
        try AtomicFile.write(bytes.span.numberBytes, to: path)
        let findings = PanelVerification(of: directory, threads: 1).findings
        #expect(!findings.isEmpty, "\(file), byte \(place)")
        // What training reads must be found by opening alone.
        let isRead = !file.hasPrefix("splits/") && !file.hasSuffix(".csv")
        if isRead {
          #expect(throws: StorageError.self, "\(file), byte \(place)") { try open(directory) }
        }
      }
      try AtomicFile.write(honest.span.numberBytes, to: path)
      try open(directory)
    }
    #expect(PanelVerification(of: directory, threads: 1).findings.isEmpty)
  }

  @Test("missing, truncated and lengthened files are named")
  func sizes() throws {
    let (fixture, directory) = try compiled(3)
    defer { fixture.keep() }
    for file in try FileTree.list(recursively: directory) {
      let path = directory + "/" + file
      let honest = try CompileFixture.bytes(path)
      let isChecked = file != PanelFiles.manifest && file != PanelFiles.checksums
      for bytes in [Array(honest.dropLast()), honest + [0]] {
        try AtomicFile.write(bytes.span.numberBytes, to: path)
        #expect("\(file)") {
          try open(directory)
        } throws: { error in
          guard isChecked else { return error is StorageError }
          return error as? StorageError
            == .truncated(path: path, expected: honest.count, actual: bytes.count)
        }
      }
      try SystemCalls.unlink(path)
      #expect("\(file)") {
        try open(directory)
      } throws: { error in
        error as? StorageError == .missing(path: path)
      }
      #expect(!PanelVerification(of: directory, threads: 1).findings.isEmpty)
      try AtomicFile.write(honest.span.numberBytes, to: path)
    }
  }

  /// Replaces text in the manifest and writes a checksum list that agrees with it.
  private func forge(_ directory: String, _ old: String, _ new: String) throws {
    let path = directory + "/" + PanelFiles.manifest
    let text = String(decoding: try CompileFixture.bytes(path), as: UTF8.self)
    #expect(text.contains(old))
    let forged = text.replacing(old, with: new)
    try AtomicFile.write(text: forged, to: path)
    let sums = directory + "/" + PanelFiles.checksums
    let lines = String(decoding: try CompileFixture.bytes(sums), as: UTF8.self)
      .split(separator: "\n").filter { !$0.hasSuffix(PanelFiles.manifest) }
    let digest = SHA256.hexadecimal(Array(forged.utf8).span.numberBytes)
    try AtomicFile.write(
      text: (lines + ["\(digest)  \(PanelFiles.manifest)"]).joined(separator: "\n") + "\n", to: sums
    )
  }

  @Test("a manifest that does not fit its files is refused, even with the right checksums")
  func forged() throws {
    let cases = [
      (#""formatVersion": 1"#, #""formatVersion": 2"#), (#""rowCount": "#, #""rowCount": 1"#),
      (#""featureCount": 11"#, #""featureCount": 12"#),
      (#""path": "drops.csv""#, #""path": "../drops.csv""#),
      (#""period": "2014Q3""#, #""period": "2014Q4""#), (#""firstRow": 0"#, #""firstRow": 1"#),
      (#""rowsIn": "#, #""rowsIn": 9"#), (#""reason""#, #""motive""#),
    ]
    for (old, new) in cases {
      let (fixture, directory) = try compiled(4)
      defer { fixture.keep() }
      try open(directory)
      try forge(directory, old, new)
      #expect(throws: StorageError.self, "\(new)") { try open(directory) }
      #expect(!PanelVerification(of: directory, threads: 1).findings.isEmpty)
    }
    let (fixture, directory) = try compiled(4)
    defer { fixture.keep() }
    try forge(directory, #""formatVersion": 1"#, #""formatVersion": 2"#)
    #expect {
      try open(directory)
    } throws: { error in
      guard case StorageError.unsupportedVersion(_, "2", "1") = error else { return false }
      return true
    }
  }

  @Test("a file behind a symbolic link out of the folder is refused")
  func escape() throws {
    let (fixture, directory) = try compiled(5)
    defer { fixture.keep() }
    let path = directory + "/" + PanelFiles.drops
    try fixture.write(
      "outside.csv", String(decoding: try CompileFixture.bytes(path), as: UTF8.self))
    try SystemCalls.unlink(path)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: "../../../outside.csv")
    #expect {
      try open(directory)
    } throws: { error in
      guard case StorageError.escapingPath = error else { return false }
      return true
    }
  }

  @Test("files that agree with their digests but not with each other are found")
  func meaning() throws {
    let (fixture, directory) = try compiled(6)
    defer { fixture.keep() }
    let panel = try CompiledPanel(opening: directory)
    let folder = PanelFolder(directory: directory, manifest: panel.manifest)
    // A training row too many: the last row before the last period, whose label cannot be known.
    let last = try #require(panel.manifest.periods.last)
    var writer = try NPZWriter(creating: directory + "/" + PanelFiles.trainingRows)
    for entry in panel.manifest.periods {
      let rows: [Int32] = entry == last ? [Int32(entry.firstRow - 1)] : []
      try writer.add(entry.period.description, rows.span)
    }
    try writer.finish()
    let digest = try ManifestFile.digesting(path: PanelFiles.trainingRows, root: directory)
    var manifest = panel.manifest
    let index = try #require(manifest.files.firstIndex { $0.path == PanelFiles.trainingRows })
    manifest.files[index] = digest
    let forged = PanelFolder(directory: directory, manifest: manifest)
    let horizon = try #require(panel.horizons.last)
    let problems = try PanelVerification.trainingProblems(
      PanelFiles.trainingRows, horizon, panel, forged)
    #expect(!problems.isEmpty)
    #expect(try PanelVerification.testProblems(panel, folder).isEmpty)
    try AtomicFile.write(
      text: "scope,period,events,used,"
        + DealDrop.allCases.map { "dropped_" + $0.columnName }.joined(separator: ",") + ",rate\n"
        + "quarter,2015Q1,1,1,0,0,0,0,0,0,1.0\nyear,2015,2,2,0,0,0,0,0,0,1.0\n"
        + "total,all,2,2,0,0,0,0,0,0,1.0\n", to: directory + "/" + PanelFiles.coverage)
    #expect(try PanelVerification.coverageProblems(folder) == ["quarters do not sum to years"])
  }
}
