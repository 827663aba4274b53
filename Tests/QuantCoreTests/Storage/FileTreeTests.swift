import QuantCore
import QuantTestSupport
import Testing

@Suite("FileTree")
struct FileTreeTests {
  @Test("Parents and names")
  func parents() {
    #expect(FileTree.parent(of: "a") == "." && FileTree.name(of: "a") == "a")
    #expect(FileTree.parent(of: "a/b") == "a" && FileTree.name(of: "a/b") == "b")
    #expect(FileTree.parent(of: "/a") == "/" && FileTree.name(of: "/a/") == "a")
    #expect(FileTree.parent(of: "/a//b") == "/a" && FileTree.parent(of: "a/b//") == "a")
  }

  @Test("Folders are created with those above them, and twice is once")
  func creating() throws {
    let folder = try TemporaryFolder()
    try FileTree.createDirectories(folder.file("a/b/c"))
    try FileTree.createDirectories(folder.file("a/b/c/"))
    #expect(FileTree.isDirectory(folder.file("a/b/c")))
    try folder.write([1], to: "file")
    #expect(throws: StorageError.self) {
      try FileTree.createDirectories(folder.file("file/below"))
    }
    #expect(throws: StorageError.self) { try FileTree.createDirectories(folder.file("file")) }
  }

  @Test("Listing is recursive, sorted by bytes, and leaves links out")
  func listing() throws {
    let folder = try TemporaryFolder()
    for name in ["b", "a/x", "a.txt", "Z", "a/é"] {
      try FileTree.createDirectories(FileTree.parent(of: folder.file(name)))
      try folder.write([1], to: name)
    }
    try SystemCalls.symbolicLink(to: folder.path, at: folder.file("loop"))
    #expect(try FileTree.list(recursively: folder.path) == ["Z", "a.txt", "a/x", "a/é", "b"])
    #expect(throws: StorageError.missing(path: folder.file("none"))) {
      try FileTree.list(recursively: folder.file("none"))
    }
  }

  @Test("Removing does not follow links, and what is missing is removed already")
  func removing() throws {
    let folder = try TemporaryFolder()
    let other = try TemporaryFolder()
    try other.write([1], to: "kept")
    try FileTree.createDirectories(folder.file("tree/deep"))
    try folder.write([1], to: "tree/deep/file")
    try SystemCalls.symbolicLink(to: other.path, at: folder.file("tree/link"))
    try FileTree.removeAll(folder.file("tree"))
    try FileTree.removeAll(folder.file("tree"))
    #expect(!FileTree.exists(folder.file("tree")))
    #expect(FileTree.exists(other.file("kept")))
  }

  @Test("Plain paths inside a folder are joined, whether they exist or not")
  func joining() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "a/b.npy", "…", "a..b", ".hidden", "-x", "a b"] {
      #expect(try FileTree.join(folder.path, name) == folder.file(name))
    }
    #expect(try FileTree.join("no/such/root", "a/b") == "no/such/root/a/b")
  }

  @Test(
    "Paths that lead outside are refused",
    arguments: [
      "", ".", "..", "../a", "a/../../b", "a/..", "/etc/passwd", "a//b", "a/", "./a", "a/./b",
      "a\0b", "\0", "link/x", "link", "dangling", "dangling/x", "up/x",
    ])
  func escaping(path: String) throws {
    let folder = try TemporaryFolder()
    let root = folder.file("root")
    try FileTree.createDirectories(root)
    try FileTree.createDirectories(folder.file("root-sibling"))
    try SystemCalls.symbolicLink(to: folder.file("root-sibling"), at: root + "/link")
    try SystemCalls.symbolicLink(to: folder.file("nowhere"), at: root + "/dangling")
    try SystemCalls.symbolicLink(to: "..", at: root + "/up")
    #expect(throws: StorageError.escapingPath(path: path, root: root)) {
      try FileTree.join(root, path)
    }
  }

  @Test("A link that stays inside is allowed, and so is a folder reached through one")
  func innerLinks() throws {
    let folder = try TemporaryFolder()
    try FileTree.createDirectories(folder.file("base/real"))
    try SystemCalls.symbolicLink(to: "real", at: folder.file("base/alias"))
    try SystemCalls.symbolicLink(to: folder.file("base"), at: folder.file("door"))
    #expect(try FileTree.join(folder.file("base"), "alias/x").hasSuffix("/base/alias/x"))
    #expect(try FileTree.join(folder.file("door"), "real/x").hasSuffix("/door/real/x"))
  }
}
