import Foundation
import QuantTestSupport
import Testing

@testable import QuantCore
@testable import QuantFormats
@testable import QuantLearners
@testable import quant

/// One bit of an artifact is flipped, and whoever reads it must notice before a number is used.
///
/// The everyday tests take a sample; with `QUANT_ALL_FLIPS` in the environment every bit of every file
/// is flipped, more than 256 KB in all (`make test-long`).
@Suite("Single flipped bits") struct BitFlipTests {
  private static let isExhaustive = SystemCalls.environment("QUANT_ALL_FLIPS") != nil

  /// Flips bits of a file one after the other, and back.
  ///
  /// - Parameters:
  ///   - sample: how many bits the everyday tests flip.
  ///   - isNoticed: whether reading fails, or gives what the intact file gives.
  private func flip(
    _ path: String, sample: Int = 60, at location: SourceLocation = #_sourceLocation,
    isNoticed: () -> Bool
  ) throws {
    let bytes = try FileBytes.read(path)
    let bits = 8 * bytes.count
    let step = Self.isExhaustive ? 1 : max(1, bits / sample)
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    var flips = 0
    for bit in stride(from: 0, to: bits, by: step) {
      // Another bit of each byte in turn.
      let bit = Self.isExhaustive ? bit : bit / 8 * 8 + bit / 8 % 8
      try file.seek(toOffset: UInt64(bit / 8))
      try file.write(contentsOf: Data([bytes[bit / 8] ^ 1 << UInt8(bit % 8)]))
      if !isNoticed() {
        Issue.record("\(path): bit \(bit % 8) of byte \(bit / 8)", sourceLocation: location)
      }
      try file.seek(toOffset: UInt64(bit / 8))
      try file.write(contentsOf: Data([bytes[bit / 8]]))
      flips += 1
    }
    try file.close()
    if Self.isExhaustive {
      print("flipped \(flips) bits of \(FileTree.name(of: path)) (\(bytes.count) bytes)")
    }
  }

  private func fails(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return false
    } catch {
      return true
    }
  }

  /// A market with a compiled panel and a run folder.
  private func market() throws -> (market: MiniMarket, panel: String, run: String) {
    let market = try MiniMarket()
    let run = market.folder.file("run")
    let result = try market.run("train", "--quarter", "2014Q2", "--horizon", "3", "--out", run)
    #expect(result.status == 0, "\(result.errors)")
    return (market, market.cache + "/panels/" + market.panels[0], run)
  }

  @Test("A compiled panel: every file of it, as the cache opens it")
  func panel() throws {
    let (market, panel, _) = try market()
    let store = try ArtifactStore(root: market.cache)
    let fingerprint = try #require(Fingerprint(hexadecimal: market.panels[0]))
    // Files of the run folder are links to those of the panel.
    try FileTree.removeAll(market.folder.file("run"))
    func open() throws {
      let panel = try CompiledPanel(cached: fingerprint, in: store, use: nil)
      _ = try panel.features(upTo: panel.rowCount)
    }
    try open()
    for file in try FileTree.list(recursively: panel) {
      try flip(panel + "/" + file, sample: 24) { fails(open) }
    }
    try open()
  }

  @Test("A matrix of 200 KB, by the check that stands before every use of it")
  func matrix() throws {
    let folder = try TemporaryFolder()
    let values = (0..<51_200).map { Float($0) / 7 }
    let path = folder.file("X_global.npy")
    try NPY.write(values.span, to: path)
    let entry = try ManifestFile.digesting(path: "X_global.npy", root: folder.path)
    try flip(path, sample: 2000) {
      fails { try ChunkVerifier(try MappedFile(path: path), entry: entry).verifyAll() }
    }
  }

  @Test("A run folder: document, predictions and metrics, as verification reads them")
  func run() throws {
    let (market, _, run) = try market()
    defer { withExtendedLifetime(market) {} }
    let document = try RunDocument(path: run + "/run.json")
    try flip(run + "/run.json", sample: 100) {
      fails { _ = try RunDocument(path: run + "/run.json") }
    }
    for entry in document.files
    where entry.path.hasPrefix("predictions") || entry.path.hasPrefix("metrics") {
      try flip(run + "/" + entry.path, sample: 30) {
        (try? ManifestFile.digesting(path: entry.path, root: run).sha256) != entry.sha256
      }
      // Once through the front door.
      let path = run + "/" + entry.path
      let bytes = try FileBytes.read(path)
      var damaged = bytes
      damaged[bytes.count / 2] ^= 1
      try AtomicFile.write(damaged.span.numberBytes, to: path)
      #expect(RunVerification(of: run, threads: 1).findings.map(\.file) == [entry.path])
      try AtomicFile.write(bytes.span.numberBytes, to: path)
    }
    #expect(RunVerification(of: run, threads: 1).findings.isEmpty)
  }

  @Test("Models of both learners", arguments: ["gbdt", "logisticSGD"])
  func models(learner: String) throws {
    let bench = try ArrayBench(rows: 300, columns: 4)
    let fit = try bench.run(
      "fit", "--features", "X.npy", "--labels", "y.npy", "--model", "model", "--learner", learner,
      "--seed", "1")
    #expect(fit.status == 0, "\(fit.errors)")
    var bytes = try FileBytes.read(bench.folder.file("model"))
    let isTrees = learner == "gbdt"
    func read(_ bytes: [UInt8]) throws -> [UInt8] {
      isTrees
        ? try TreeEnsemble(fileBytes: bytes, path: "model").fileBytes
        : try LogisticModel(document: bytes, path: "model").document
    }
    #expect(try read(bytes) == bytes)
    let bits = 8 * bytes.count
    for bit in stride(from: 0, to: bits, by: Self.isExhaustive ? 1 : max(1, bits / 2000)) {
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      let damaged = bytes
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      // A blank of the document may become another blank, which changes no number.
      if let again = try? read(damaged), again != bytes {
        Issue.record("bit \(bit % 8) of byte \(bit / 8) of \(learner) goes unnoticed")
      }
    }
    if Self.isExhaustive { print("flipped \(bits) bits of a \(learner) model") }
  }

  @Test("An NPZ archive: refused, or every array as before", arguments: [false, true])
  func archive(isDeflated: Bool) throws {
    let (market, panel, _) = try market()
    defer { withExtendedLifetime(market) {} }
    let folder = try TemporaryFolder()
    let path = folder.file("a.npz")
    let name = isDeflated ? "deflated.npz" : "stored.npz"
    let source =
      isDeflated
      ? FixtureFile.path("storage/" + name).replacingOccurrences(
        of: "QuantCommandTests", with: "QuantCoreTests") : panel + "/metadata_global.npz"
    try folder.write(try FileBytes.read(source), to: "a.npz")
    func content() throws -> [String: [UInt8]] {
      let archive = try NPZReader(path)
      var arrays: [String: [UInt8]] = [:]
      for name in archive.names {
        let header = try archive.inflatedHeader(name)
        let array = try archive.inflatedArray(name, as: header.type, of: UInt8.self)
        arrays[name + "\(header.type) \(header.shape) \(header.fortranOrder)"] =
          (0..<array.count).map { array[$0] }
      }
      return arrays
    }
    let whole = try content()
    #expect(!whole.isEmpty)
    try flip(path, sample: 400) { (try? content()).map { $0 == whole } ?? true }
  }

  @Test("A Parquet file: refused, or every value as before")
  func parquet() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("p.parquet")
    let rows = 600
    try ParquetWriter(
      columns: [
        ParquetColumn("firm", .string, isNullable: true), ParquetColumn("rank", .int32),
        ParquetColumn("p", .double), ParquetColumn("day", .date),
        ParquetColumn("isEvent", .boolean, isNullable: true), ParquetColumn("x", .float),
      ], rowsPerGroup: 256
    ).write(
      [
        .texts(TextColumn((0..<rows).map { $0 % 9 == 0 ? nil : "firm \($0 % 40)" })),
        .int32s((0..<rows).map { Int32($0) }), .doubles((0..<rows).map { Double($0) / 7 }),
        .int32s((0..<rows).map { Int32(16_000 + $0) }),
        .booleans((0..<rows).map { $0 % 5 == 0 ? 255 : UInt8($0 % 2) }),
        .floats((0..<rows).map { Float($0 * $0 % 101) }),
      ], to: path)
    let schema = TableSchema(columns: [
      ColumnSchema("firm", .text), ColumnSchema("rank", .integer), ColumnSchema("p", .float32),
      ColumnSchema("day", .date), ColumnSchema("isEvent", .boolean), ColumnSchema("x", .float32),
    ])
    func content() throws -> [UInt8] {
      try ParquetReader().read(path, schema: schema, threads: 1).bytes(of: schema)
    }
    let whole = try content()
    #expect(whole.count > 8 * rows)
    try flip(path, sample: 1500) { (try? content()).map { $0 == whole } ?? true }
  }
}
