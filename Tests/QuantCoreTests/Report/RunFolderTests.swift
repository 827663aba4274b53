import QuantTestSupport
import Testing

@testable import QuantCore

@Suite("Run folders") struct RunFolderTests {
  private func document(_ runID: String) throws -> [UInt8] {
    try RunDocument(
      isComplete: true, runID: runID, codeVersion: "1", codeCommit: "c",
      manifest: MemoryPanel(periods: 4, rowsPerPeriod: 2).make().manifest,
      configuration: .object([:]), tasks: [], panelBytes: 0, files: []
    ).bytes(path: "run.json")
  }

  @Test("New, empty and own folders are taken, others are refused and untouched")
  func ownership() throws {
    let folder = try TemporaryFolder()
    _ = try RunFolder(path: folder.file("new/deep"), runID: "r")
    _ = try RunFolder(path: folder.file("new/deep"), runID: "other")  // still without files
    try folder.write(try document("r"), to: "new/deep/run.json")
    _ = try RunFolder(path: folder.file("new/deep"), runID: "r")
    #expect(
      throws: RunFolderError.occupied(path: folder.file("new/deep"), found: "run r")
    ) { try RunFolder(path: folder.file("new/deep"), runID: "other") }
    try FileTree.createDirectories(folder.file("mine"))
    try folder.write([1], to: "mine/thesis.doc")
    #expect(
      throws: RunFolderError.occupied(
        path: folder.file("mine"), found: "other files, such as thesis.doc")
    ) { try RunFolder(path: folder.file("mine"), runID: "r") }
    #expect(try SystemCalls.list(folder.file("mine")) == ["thesis.doc"])
  }

  @Test("A run document of another version, or that is none, is refused")
  func documents() throws {
    let folder = try TemporaryFolder()
    for (text, isVersion) in [("{}", false), ("{\"formatVersion\":2}", true), ("[", false)] {
      let path = try folder.write(Array(text.utf8), to: "run.json")
      do throws(StorageError) {
        _ = try RunDocument(path: path)
        Issue.record("\(text) was read")
      } catch {
        if case .unsupportedVersion = error {
          #expect(isVersion)
        } else if case .foreign = error {
          #expect(!isVersion)
        } else {
          Issue.record("\(error)")
        }
      }
    }
  }

  @Test("Files of the panel are links on one file system and copies across two")
  func links() throws {
    let folder = try TemporaryFolder()
    let source = try folder.write([1, 2, 3], to: "source")
    let run = try RunFolder(path: folder.file("run"), runID: "r")
    try run.link(source, to: "deep/file")
    try run.link(source, to: "deep/file")
    let target = folder.file("run/deep/file")
    #expect(try SystemCalls.status(target).inode == SystemCalls.status(source).inode)
    // An older file of the name is replaced.
    try folder.write([9], to: "run/other")
    try run.link(source, to: "other")
    #expect(try FileBytes.read(folder.file("run/other")) == [1, 2, 3])
    #expect(throws: StorageError.missing(path: folder.file("no"))) {
      try run.link(folder.file("no"), to: "x")
    }
    #expect(throws: StorageError.self) { try run.link(source, to: "../x") }
    #expect(try SystemCalls.list(folder.file("run/deep")) == ["file"])

    guard FileTree.isDirectory("/dev/shm"),
      try SystemCalls.status("/dev/shm").device != SystemCalls.status(folder.path).device
    else {
      print("skipped: /dev/shm is not another file system")
      return
    }
    let far = TemporaryName.next(in: "/dev/shm")
    defer { try? FileTree.removeAll(far) }
    let copy = try RunFolder(path: far, runID: "r")
    try copy.link(source, to: "file")
    #expect(try FileBytes.read(far + "/file") == [1, 2, 3])
  }

  @Test("A run has an identity of its own for other tasks")
  func identity() throws {
    let period = try #require(Period("2015Q3"))
    let task = TrainTask(period: period, horizon: Horizon(months: 3), configurationID: "c")
    var other = task
    other.repeatIndex = 1
    let one = RunFolder.runID(base: "b", tasks: [task])
    #expect(one == RunFolder.runID(base: "b", tasks: [task]))
    #expect(one.utf8.count == 16)
    #expect(one != RunFolder.runID(base: "b", tasks: [other]))
    #expect(one != RunFolder.runID(base: "b", tasks: [task, other]))
    #expect(one != RunFolder.runID(base: "a", tasks: [task]))
    #expect(
      RunFolder.directory(of: other)
        == "predictions/quarter=2015Q3/horizon=3/repeat=1/config=c")
  }
}
