import Testing

@testable import QuantCore

@Suite("The cache: what misses, what hits, what is found damaged")
struct CacheTests {
  @Test("an input byte, an option or a recipe misses; a touch or a new program does not")
  func table() throws {
    let fixture = try TinyPanel.fixture()
    defer { fixture.keep() }
    let base = try fixture.compile()
    #expect(!base.isCacheHit)
    let original = fixture.configuration
    func isHit(_ change: (CompileFixture) throws -> Void) throws -> Bool {
      try change(fixture)
      defer { fixture.configuration = original }
      return try fixture.compile().isCacheHit
    }
    func replacing(_ old: String, _ new: String) -> (CompileFixture) throws -> Void {
      { fixture in
        #expect(fixture.configuration.contains(old))
        fixture.configuration = fixture.configuration.replacing(old, with: new)
      }
    }
    #expect(try isHit { _ in })
    // The same bytes in a new file: other inode, other times.
    #expect(try isHit { try $0.write("fundq.csv", TinyPanel.fundamentals) })
    // Written otherwise, meaning the same.
    #expect(
      try isHit(
        replacing(#""firm":"gvkey","periodEnd""#, #""safeLagDays":90,"firm":"gvkey","periodEnd""#)))
    #expect(
      try !isHit(
        replacing(#""firm":"gvkey","periodEnd""#, #""safeLagDays":91,"firm":"gvkey","periodEnd""#)))
    #expect(try !isHit(replacing(#""horizons":[3]"#, #""horizons":[3],"embargoDays":1"#)))
    #expect(try !isHit(replacing(#"["assets","cash"]}"#, #"["cash","assets"]}"#)))
    #expect(try !isHit(replacing(#""last":"2015Q4""#, #""last":"2015Q3""#)))
    #expect(try isHit { _ in })
    #expect(
      try !isHit {
        try $0.write("fundq.csv", TinyPanel.fundamentals.replacing(",100,", with: ",101,"))
      })
    #expect(try isHit { try $0.write("fundq.csv", TinyPanel.fundamentals) })
    #expect(
      try !isHit { try $0.write("deals.csv", TinyPanel.deals.replacing("08-10", with: "08-11")) })
    try fixture.write("deals.csv", TinyPanel.deals)
    let compiler = try fixture.compiler(threads: 2)
    let other = FirmPanelCompiler(
      configuration: compiler.configuration, baseDirectory: fixture.folder, threads: 7,
      codeCommit: "another")
    #expect(try other.panel(in: try fixture.store()).isCacheHit)
    #expect(try other.fingerprint() == base.fingerprint)
    let elsewhere = try other.panel(in: try fixture.store("elsewhere"))
    #expect(!elsewhere.isCacheHit)
    #expect(elsewhere.panel.manifest.codeCommit == "another")
  }

  @Test("a recipe of another version misses")
  func recipeVersion() throws {
    let fixture = try TinyPanel.fixture(TinyPanel.configuration(features: #"{"recipe":"own"}"#))
    defer { fixture.keep() }
    func fingerprint(_ recipe: any FeatureRecipe.Type) throws -> Fingerprint {
      var registry = RecipeRegistry()
      registry.register(recipe)
      return try fixture.compiler(recipes: registry).fingerprint()
    }
    #expect(try fingerprint(OwnRecipe.self) == fingerprint(OwnRecipe.self))
    #expect(try fingerprint(OwnRecipe.self) != fingerprint(NewerRecipe.self))
  }

  @Test("a remembered digest is not trusted where the file changed just before it was noted")
  func racyDigest() throws {
    let fixture = try TinyPanel.fixture()
    defer { fixture.keep() }
    let store = try fixture.store()
    let digests = InputDigests(store)
    let path = fixture.folder + "/fundq.csv"
    // Rewritten at once and again, as fast as it goes: never may an old digest come back.
    for round in 0..<20 {
      try fixture.write("fundq.csv", "a\(round % 10)\n")
      let input = try digests.input("fundq.csv", path: path)
      #expect(try input.sha256 == SHA256.hexadecimal(ofFile: path), "round \(round)")
    }
    #expect(throws: StorageError.self) {
      try digests.input("none.csv", path: fixture.folder + "/none.csv")
    }
    #expect(throws: StorageError.self) {
      try digests.input("store", path: fixture.folder + "/store")
    }
  }

  @Test("a damaged entry is set aside, compiled again and reported")
  func damaged() throws {
    let fixture = try TinyPanel.fixture()
    defer { fixture.keep() }
    let first = try fixture.compile()
    let honest = try CompileFixture.bytes(first.directory + "/" + PanelFiles.metadata)
    for (index, file) in ["SHA256SUMS", PanelFiles.metadata, PanelFiles.coverage].enumerated() {
      let path = first.directory + "/" + file
      if file == PanelFiles.metadata {
        var bytes = honest
        bytes[bytes.count / 2] ^= 4
        try AtomicFile.write(bytes.span.numberBytes, to: path)
      } else {
        try SystemCalls.unlink(path)
      }
      let outcome = try fixture.compile()
      #expect(!outcome.isCacheHit)
      #expect(outcome.notices.count == 1)
      #expect(outcome.notices.first?.contains("damaged/\(first.fingerprint).\(index + 1)") == true)
      #expect(try CompileFixture.bytes(first.directory + "/" + PanelFiles.metadata) == honest)
      #expect(try fixture.compile().isCacheHit)
    }
  }

  @Test("many that want one panel at once compile it once")
  func singleFlight() throws {
    let fixture = try RandomTables(seed: 1).fixture()
    defer { fixture.keep() }
    let compiler = try fixture.compiler()
    let store = try fixture.store()
    let hits = try ParallelFor.map(count: 8, threads: 8) { (_) throws(CompileError) in
      try compiler.panel(in: store).isCacheHit
    }
    #expect(hits.filter { !$0 }.count == 1)
    #expect(
      try SystemCalls.list(store.root + "/panels") == [try compiler.fingerprint().hexadecimal])
  }

  @Test("a panel in use is kept, a damaged one goes first, and a rehearsal removes nothing")
  func cleaning() throws {
    let fixture = try TinyPanel.fixture()
    defer { fixture.keep() }
    let store = try fixture.store()
    var outcome: CompileOutcome? = try fixture.compile()
    let directory = try #require(outcome).directory
    try FileTree.createDirectories(store.root + "/damaged/\(String(repeating: "0", count: 64)).1")
    try AtomicFile.write(
      text: "damaged", to: store.root + "/damaged/\(String(repeating: "0", count: 64)).1/file")
    let bytes = FileTree.byteCount(of: directory)
    // Manifest and checksums are no files of the manifest.
    #expect(bytes > (outcome?.bytes ?? .max))
    let rehearsal = try store.clean(toBytes: 0, isRehearsal: true)
    #expect(rehearsal.removed.map(\.kind) == [.damaged])
    #expect(rehearsal.kept.map(\.isInUse) == [true] && FileTree.exists(directory))
    // One byte too many is enough for the damaged one, and it is enough.
    let first = try store.clean(toBytes: bytes, isRehearsal: false)
    #expect(first.removed.map(\.kind) == [.damaged] && first.removed[0].bytes == 7)
    #expect(try store.clean(toBytes: 0, isRehearsal: false).removed.isEmpty)
    let matrix = try #require(outcome).panel
    outcome = nil
    #expect(try store.clean(toBytes: 0, isRehearsal: false).removed.isEmpty)
    #expect(matrix.rowCount > 0)
    withExtendedLifetime(matrix) {}
  }

  @Test("removed under a reader that holds no lock, its files stay valid and the next one compiles")
  func removedUnderReader() throws {
    let fixture = try TinyPanel.fixture()
    defer { fixture.keep() }
    let store = try fixture.store()
    let directory = try fixture.compile().directory
    let panel = try CompiledPanel(opening: directory)
    #expect(try store.clean(toBytes: 0, isRehearsal: false).removed.count == 1)
    #expect(!FileTree.exists(directory))
    let matrix = try panel.features(upTo: panel.rowCount)
    let values = (0..<panel.rowCount).map { matrix.column(0)[$0] }
    #expect(values.allSatisfy { $0.isFinite })
    #expect(try !fixture.compile().isCacheHit)
  }

  @Test("readers, compilers and cleaners at one time: nobody fails")
  func crowd() throws {
    let fixture = try TinyPanel.fixture()
    defer { fixture.keep() }
    let compiler = try fixture.compiler()
    let store = try fixture.store()
    let rows = try compiler.panel(in: store).panel.rowCount
    let counts = try ParallelFor.map(count: 60, threads: 6) { (task) throws(CompileError) in
      if task % 3 == 0 {
        return try CompileError.storing { () throws(StorageError) in
          _ = try store.clean(toBytes: 0, isRehearsal: false)
          return rows
        }
      }
      let outcome = try compiler.panel(in: store)
      #expect(outcome.notices.isEmpty)
      return outcome.panel.rowCount
    }
    #expect(counts.allSatisfy { $0 == rows })
  }

  @Test("a lock whose file was removed by its holder is taken anew")
  func removedLock() throws {
    let fixture = try TinyPanel.fixture()
    defer { fixture.keep() }
    let path = fixture.folder + "/lock"
    let first = try #require(try FileLock.take(path, wait: false))
    #expect(try FileLock.take(path, wait: false) == nil)
    #expect(try FileLock.take(path, isShared: true, wait: false) == nil)
    try SystemCalls.unlink(path)
    let second = try #require(try FileLock.take(path, isShared: true, wait: false))
    #expect(try FileLock.take(path, isShared: true, wait: false) != nil)
    #expect(try FileLock.take(path, wait: false) == nil)
    withExtendedLifetime((first, second)) {}
  }

  @Test("keys of firms are equal where all their bytes are")
  func exactKeys() {
    let firms = FirmIndex(["e\u{301}", "\u{E9}", "b", "b"])
    #expect(firms.keys.map { Array($0.utf8) } == [[98], [101, 204, 129], [195, 169]])
    #expect(firms.place(of: "e\u{301}") == 1 && firms.place(of: "\u{E9}") == 2)
    #expect(firms.place(of: "e") == nil)
  }

  @Test("a failed compile leaves nothing behind")
  func failure() throws {
    let fixture = try TinyPanel.fixture(
      TinyPanel.configuration(features: #"{"recipe":"infinite"}"#))
    defer { fixture.keep() }
    var registry = RecipeRegistry()
    registry.register(InfiniteRecipe.self)
    let compiler = try fixture.compiler(recipes: registry)
    #expect {
      try compiler.panel(in: try fixture.store())
    } throws: { error in
      guard case CompileError.infiniteFeature("infinite", "003", let period) = error else {
        return false
      }
      return period.description == "2015Q1"
    }
    #expect(try SystemCalls.list(fixture.folder + "/store/panels").isEmpty)
    try SystemCalls.unlink(fixture.folder + "/deals.csv")
    #expect {
      try compiler.fingerprint()
    } throws: { error in
      guard case CompileError.storage(.missing(let path)) = error else { return false }
      return path == fixture.folder + "/deals.csv"
    }
  }

  @Test("a compile inside a training task is refused")
  func phase() throws {
    let fixture = try TinyPanel.fixture()
    defer { fixture.keep() }
    let compiler = try fixture.compiler()
    let store = try fixture.store()
    let before = try compiler.panel(in: store)
    #expect {
      try PhaseGuard.training { () throws(CompileError) in _ = try compiler.panel(in: store) }
    } throws: { error in
      guard case CompileError.insideTraining = error else { return false }
      return true
    }
    #expect(throws: CompileError.self) {
      try PhaseGuard.training { () throws(CompileError) in
        try compiler.compile(
          into: fixture.folder, inputs: before.panel.manifest.inputs,
          fingerprint: before.fingerprint
        ) { _ in }
      }
    }
    #expect(!PhaseGuard.isTraining)
    #expect(try compiler.panel(in: store).isCacheHit)
  }

  @Test("compiles, recipes and joins are counted; a hit moves none of them")
  func counters() throws {
    // Other tests run in the same process, so only lower bounds hold.
    let fixture = try TinyPanel.fixture()
    defer { fixture.keep() }
    let before = (
      ProcessCounters.count(of: .compile), ProcessCounters.count(of: .recipe),
      ProcessCounters.count(of: .join)
    )
    _ = try fixture.compile()
    #expect(ProcessCounters.count(of: .compile) > before.0)
    #expect(ProcessCounters.count(of: .recipe) > before.1)
    #expect(ProcessCounters.count(of: .join) > before.2 + 1)
  }
}

private struct OwnRecipe: FeatureRecipe {
  static let identifier = "own"
  static let version = 1
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {}
  var featureNames: [String] { ["own"] }
  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    [try context.values("assets", lag: lag)]
  }
}

private struct NewerRecipe: FeatureRecipe {
  static let identifier = "own"
  static let version = 2
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {}
  var featureNames: [String] { ["own"] }
  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    [try context.values("assets", lag: lag)]
  }
}

private struct InfiniteRecipe: FeatureRecipe {
  static let identifier = "infinite"
  static let version = 1
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {}
  var featureNames: [String] { ["infinite"] }
  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    [try context.values("assets", lag: lag).map { $0 == 300 ? .infinity : $0 }]
  }
}
