@testable import QuantCore

/// A small compiled panel of which one file is replaced, with checksums that fit again.
enum FuzzPanel {
  static let configuration = """
    {"compile": {"name":"tiny","grid":{"first":"2015Q1","last":"2015Q4"},
     "fundamentals":[{"name":"fundq","file":"fundq.csv","firm":"gvkey","periodEnd":"datadate",
       "available":"rdq","values":["assets","cash"]}],
     "events":{"file":"deals.csv","firm":"gvkey","announced":"announced","coveredFrom":"2015-01-01"},
     "labels":{"horizons":[3]},"features":[{"recipe":"level","of":["assets","cash"]}]}}
    """

  private static let fundamentals = """
    gvkey,datadate,rdq,assets,cash
    001,2014-12-31,2015-02-15,100,10
    001,2015-06-30,2015-08-15,120,12
    002,2014-12-31,2015-02-20,200,
    002,2015-03-31,2015-05-20,210,21
    003,2015-06-30,2015-08-25,320,32

    """

  /// The files of a panel by name, compiled once in each process.
  private static let files: [(name: String, bytes: [UInt8])] = {
    let folder = "/tmp/quant-fuzz-\(SystemCalls.processIdentifier)"
    defer { try? FileTree.removeAll(folder) }
    do {
      try FileTree.createDirectories(folder)
      try AtomicFile.write(text: fundamentals, to: folder + "/fundq.csv")
      try AtomicFile.write(
        text: "gvkey,announced\n002,2015-08-10\n003,2015-12-31\n", to: folder + "/deals.csv")
      let run = try RunConfiguration(parsing: Array(configuration.utf8), source: "fuzz")
      let outcome = try FirmPanelCompiler(
        configuration: run.compile, baseDirectory: folder, threads: 1
      ).panel(in: ArtifactStore(root: folder + "/cache"))
      return try FileTree.list(recursively: outcome.directory).map { name in
        (name, [UInt8](copying: try MappedFile(path: outcome.directory + "/" + name).bytes))
      }
    } catch {
      preconditionFailure("the panel of the fuzzer does not compile: \(error)")
    }
  }()

  /// Names of the files that may be replaced: all but the list of checksums, the manifest first.
  static let names =
    [PanelFiles.manifest]
    + files.map(\.name).filter { $0 != PanelFiles.manifest && $0 != PanelFiles.checksums }

  /// The content of a file, which makes a good first input.
  static func bytes(of name: String) -> [UInt8] {
    files.first { $0.name == name }?.bytes ?? []
  }

  private static let digests = Dictionary(
    uniqueKeysWithValues: files.map { ($0.name, SHA256.hexadecimal($0.bytes.span.numberBytes)) })

  /// The panel in a folder, whole: written the first time, put right afterwards.
  ///
  /// Of the files only one that `replace` may have written last, the manifest and the checksums can
  /// differ, so that only these are written again.
  static func copy(in folder: String, replaced name: String? = nil) throws -> String {
    let directory = folder + "/panel"
    if let name, FileTree.isDirectory(directory) {
      for name in [name, PanelFiles.manifest, PanelFiles.checksums] {
        try write(bytes(of: name), to: directory + "/" + name)
      }
      return directory
    }
    for name in ["labels", "splits"] { try FileTree.createDirectories(directory + "/" + name) }
    for (name, bytes) in files { try write(bytes, to: directory + "/" + name) }
    return directory
  }

  /// Replaces a file, its entry in the manifest and the list of checksums, of a whole panel; returns
  /// its name.
  static func replace(_ number: Int, with bytes: [UInt8], in directory: String) throws -> String {
    let name = names[number % names.count]
    try write(bytes, to: directory + "/" + name)
    var manifest = Self.bytes(of: PanelFiles.manifest)
    if name == PanelFiles.manifest {
      manifest = bytes
    } else {
      let old = try ManifestFile.digesting(path: name, root: directory)
      let text = String(decoding: manifest, as: UTF8.self)
      var document = try JSONValue(parsing: Array(text.utf8), source: "manifest")
      guard case .object(var members) = document, case .array(var entries)? = members["files"]
      else { return name }
      for index in entries.indices {
        guard case .object(var entry) = entries[index], entry["path"] == .string(name) else {
          continue
        }
        entry["bytes"] = .integer(old.bytes)
        entry["sha256"] = .string(old.sha256)
        entry["xxh64"] = .array(old.xxh64.map { .string($0) })
        entries[index] = .object(entry)
      }
      members["files"] = .array(entries)
      if name == PanelFiles.featureNames { members["featureNamesSHA256"] = .string(old.sha256) }
      document = .object(members)
      manifest = Array((document.indentedText + "\n").utf8)
    }
    try write(manifest, to: directory + "/" + PanelFiles.manifest)
    var sums = [
      (path: PanelFiles.manifest, sha256: SHA256.hexadecimal(manifest.span.numberBytes))
    ]
    for other in names where other != PanelFiles.manifest {
      let isReplaced = other == name
      let digest = isReplaced ? SHA256.hexadecimal(bytes.span.numberBytes) : digests[other] ?? ""
      sums.append((other, digest))
    }
    try write(Array(ChecksumList.text(sums).utf8), to: directory + "/" + PanelFiles.checksums)
    return name
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = try SystemCalls.open(writing: path, truncate: true)
    defer { SystemCalls.close(descriptor) }
    try SystemCalls.write(descriptor, bytes.span.numberBytes)
  }
}
