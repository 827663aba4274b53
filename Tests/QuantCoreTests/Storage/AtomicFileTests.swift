import QuantCore
import QuantTestSupport
import Testing

@Suite("Atomic files")
struct AtomicFileTests {
  private func text(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(path), as: UTF8.self)
  }

  @Test("A file appears whole, replaces an old one, and leaves nothing beside it")
  func writing() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(text: "first", to: folder.file("a"))
    try AtomicFile.write(text: "second", to: folder.file("a"))
    #expect(try text(folder.file("a")) == "second")
    #expect(try folder.names() == ["a"])
  }

  @Test("Pieces of any size end up in order")
  func pieces() throws {
    let folder = try TemporaryFolder()
    var writer = try FileWriter(creating: folder.file("a"))
    var expected: [UInt8] = []
    for count in [0, 1, 1_000, 262_143, 262_144, 262_145, 7, 1_000_000, 0] {
      let piece = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ count) }
      try writer.write(piece.span.numberBytes)
      expected += piece
    }
    try writer.write(text: "end")
    #expect(writer.byteCount == expected.count + 3)
    #expect(!FileTree.exists(folder.file("a")))
    try writer.finish()
    #expect(try FileBytes.read(folder.file("a")) == expected + Array("end".utf8))
    #expect(try folder.names() == ["a"])
  }

  @Test("A writer that is dropped leaves the old file and nothing else")
  func dropping() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(text: "old", to: folder.file("a"))
    do {
      var writer = try FileWriter(creating: folder.file("a"))
      try writer.write(text: "new")
      #expect(try folder.names().count == 2)
    }
    #expect(try folder.names() == ["a"])
    #expect(try text(folder.file("a")) == "old")
  }

  @Test("A missing folder, a folder in the way and a device are typed errors")
  func failures() throws {
    let folder = try TemporaryFolder()
    try FileTree.createDirectories(folder.file("directory"))
    for target in ["none/a", "directory", "directory/", ""] {
      let path = target.isEmpty ? "" : folder.file(target)
      #expect(throws: StorageError.self) { try AtomicFile.write(text: "x", to: path) }
    }
    #expect(try folder.names() == ["directory"])
    #expect(try SystemCalls.list(folder.file("directory")).isEmpty)
  }

  @Test("A file that exceeds the size limit is no space, and leaves the old file and nothing else")
  func sizeLimit() async {
    // The limit is of the whole process, so that a process of its own is needed.
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      try AtomicFile.write(text: "old", to: folder.file("a"))
      SystemCalls.ignoreFileSizeSignal()
      try SystemCalls.limitFileSize(to: 100_000)
      var failure: StorageError?
      do throws(StorageError) {
        let bytes = [UInt8](repeating: 7, count: 300_000)
        try AtomicFile.write(bytes.span.numberBytes, to: folder.file("a"))
      } catch {
        failure = error
      }
      try #require(failure?.isNoSpace == true)
      try #require(try folder.names() == ["a"])
      try #require(try FileBytes.read(folder.file("a")) == Array("old".utf8))
    }
  }

  @Test("On a full device the error is no space")
  func fullDevice() throws {
    // /dev/full is no place for a temporary file, so that only the call itself is tried.
    guard FileTree.exists("/dev/full") else {
      print("skipped: this system has no /dev/full")
      return
    }
    let descriptor = try SystemCalls.open(appending: "/dev/full")
    defer { SystemCalls.close(descriptor) }
    let bytes: [UInt8] = [1]
    do throws(SystemCalls.Failure) {
      try SystemCalls.write(descriptor, bytes.span.numberBytes)
      Issue.record("writing to a full device succeeded")
    } catch {
      #expect(error.isNoSpace && StorageError.writing("/dev/full", error).isNoSpace)
    }
  }

  private static let volume = SystemCalls.environment("QUANT_SMALL_VOLUME")

  @Test(
    "A volume that fills up half way keeps its old files and nothing else",
    .enabled(if: volume != nil, "set QUANT_SMALL_VOLUME to an empty volume below 1 MB to run this"))
  func fullVolume() throws {
    let volume = try #require(Self.volume)
    let bytes = [UInt8](repeating: 7, count: 1 << 20)
    try AtomicFile.write(text: "old", to: volume + "/a")
    defer { try? FileTree.removeAll(volume + "/a") }
    do throws(StorageError) {
      try AtomicFile.write(bytes.span.numberBytes, to: volume + "/a")
      Issue.record("more was written than the volume holds")
    } catch {
      #expect(error.isNoSpace, "\(error)")
    }
    do throws(StorageError) {
      let staged = try StagedDirectory(beside: volume + "/folder")
      try NPY.write(bytes.span, to: staged.path + "/x.npy")
      Issue.record("more was written than the volume holds")
    } catch {
      #expect(error.isNoSpace, "\(error)")
    }
    #expect(try SystemCalls.list(volume) == ["a"])
    #expect(try text(volume + "/a") == "old")
  }

  @Test("What a dead process left is collected, what others work on is not")
  func orphans() throws {
    let folder = try TemporaryFolder()
    let mine = FileTree.name(of: TemporaryName.next(in: "x"))
    let process = SystemCalls.processIdentifier
    #expect(TemporaryName.owner(of: mine) == process)
    // Process ids end far below this one.
    let dead = mine.replacing("-\(process)-", with: "-999999999-")
    #expect(TemporaryName.owner(of: dead) == 999_999_999)
    let parent = mine.replacing("-\(process)-", with: "-1-")
    let foreign = ".quant-0-999999999-0.partial"
    #expect(TemporaryName.owner(of: foreign) == nil)
    for name in [mine, parent, foreign, "a.partial", ".quant-x.partial"] {
      try SystemCalls.makeDirectory(folder.file(name))
    }
    try FileTree.createDirectories(folder.file(dead) + "/deep")
    try AtomicFile.write(text: "x", to: folder.file("b"))
    let expected = [mine, parent, foreign, "a.partial", ".quant-x.partial", "b"].sorted()
    #expect(try folder.names().sorted() == expected)
  }

  @Test("Concurrent writers of one path leave one whole content", arguments: [2, 8])
  func concurrent(threads: Int) throws {
    let folder = try TemporaryFolder()
    try ParallelFor.run(count: 40, threads: threads) { (index) throws(StorageError) in
      try AtomicFile.write(
        text: String(repeating: "\(index % 10)", count: 10_000), to: folder.file("a"))
    }
    let content = try text(folder.file("a"))
    #expect(content.count == 10_000 && Set(content).count == 1)
    #expect(try folder.names() == ["a"])
  }
}

@Suite("StagedDirectory")
struct StagedDirectoryTests {
  @Test("A folder appears whole by one rename")
  func publishing() throws {
    let folder = try TemporaryFolder()
    let staged = try StagedDirectory(beside: folder.file("deep/target"))
    try FileTree.createDirectories(staged.path + "/sub")
    try AtomicFile.write(text: "x", to: staged.path + "/sub/file")
    #expect(!FileTree.exists(folder.file("deep/target")))
    let isNew = try staged.publish()
    #expect(isNew)
    #expect(try FileTree.list(recursively: folder.path) == ["deep/target/sub/file"])
    #expect(try SystemCalls.list(folder.file("deep")) == ["target"])
  }

  @Test("The second of two publications loses and is removed")
  func losing() throws {
    let folder = try TemporaryFolder()
    let first = try StagedDirectory(beside: folder.file("target"))
    let second = try StagedDirectory(beside: folder.file("target"))
    try AtomicFile.write(text: "1", to: first.path + "/file")
    try AtomicFile.write(text: "2", to: second.path + "/file")
    #expect(first.path != second.path)
    let outcomes = (try first.publish(), try second.publish())
    #expect(outcomes == (true, false))
    #expect(try FileBytes.read(folder.file("target/file")) == Array("1".utf8))
    #expect(try folder.names() == ["target"])
  }

  @Test("A folder that is dropped is removed")
  func dropping() throws {
    let folder = try TemporaryFolder()
    do {
      let staged = try StagedDirectory(beside: folder.file("target"))
      try AtomicFile.write(text: "x", to: staged.path + "/file")
    }
    #expect(try folder.names().isEmpty)
  }

  @Test("A file at the target is an error and stays")
  func fileInTheWay() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "target")
    let staged = try StagedDirectory(beside: folder.file("target"))
    do throws(StorageError) {
      try staged.publish()
      Issue.record("a folder replaced a file")
    } catch {
      #expect("\(error)".contains("target"))
    }
    #expect(try folder.names() == ["target"])
  }

  @Test("Of many concurrent publications exactly one wins")
  func racing() throws {
    let folder = try TemporaryFolder()
    let outcomes = try ParallelFor.map(count: 16, threads: 8) { (index) throws(StorageError) in
      let staged = try StagedDirectory(beside: folder.file("target"))
      try AtomicFile.write(text: "\(index)", to: staged.path + "/file")
      return try staged.publish()
    }
    #expect(outcomes.filter { $0 }.count == 1)
    #expect(try folder.names() == ["target"])
  }
}
