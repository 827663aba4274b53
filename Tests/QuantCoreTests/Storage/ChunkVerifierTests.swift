import QuantCore
import QuantTestSupport
import Testing

@Suite("Manifest entries and chunk verification")
struct ChunkVerifierTests {
  private static let chunk = ChunkVerifier.chunkBytes
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ count: Int, flipping flipped: Int? = nil, to name: String) throws {
    var bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 1_000) }
    if let flipped { bytes[flipped] ^= 0x10 }
    try folder.write(bytes, to: name)
  }

  private func verifier(of name: String, as entry: ManifestFile) throws -> ChunkVerifier {
    try ChunkVerifier(try MappedFile(path: folder.file(name)), entry: entry)
  }

  @Test("The entry of a small file")
  func literal() throws {
    try folder.write(Array("abc".utf8), to: "a")
    let entry = try ManifestFile.digesting(path: "a", root: folder.path)
    #expect(
      entry
        == ManifestFile(
          path: "a", bytes: 3,
          sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          xxh64: ["44bc2cf5ad770999"]))
    #expect(try SHA256.hexadecimal(ofFile: folder.file("a")) == entry.sha256)
  }

  @Test("Sizes around the boundary of a chunk", arguments: [0, 1, -1 + chunk, chunk, 1 + chunk])
  func boundaries(count: Int) throws {
    try write(count, to: "a")
    let entry = try ManifestFile.digesting(path: "a", root: folder.path)
    #expect(entry.bytes == count && entry.xxh64.count == (count + Self.chunk - 1) / Self.chunk)
    let verifier = try verifier(of: "a", as: entry)
    try verifier.verify(0..<count)
    try verifier.verifyAll()
    try verifier.verifyAll(threads: 4)
  }

  @Test("A flipped bit is found by every range that touches its chunk, and by no other")
  func flips() throws {
    let size = 3 * Self.chunk + 5
    try write(size, to: "good")
    let entry = try ManifestFile.digesting(path: "good", root: folder.path)
    for flipped in [0, Self.chunk - 1, Self.chunk, 2 * Self.chunk + 9, size - 1] {
      try write(size, flipping: flipped, to: "bad")
      let verifier = try verifier(of: "bad", as: entry)
      let start = flipped / Self.chunk * Self.chunk
      let damage = StorageError.corrupted(path: folder.file("bad"), offset: start)
      let end = min(start + Self.chunk, size)
      try verifier.verify(0..<start)
      try verifier.verify(end..<size)
      try verifier.verify(flipped..<flipped)
      for _ in 0..<2 {
        #expect(throws: damage) { try verifier.verify(end - 1..<end) }
        #expect(throws: damage) { try verifier.verify(0..<size) }
        #expect(throws: damage) { try verifier.verifyAll() }
        #expect(throws: damage) { try verifier.verifyAll(threads: 3) }
      }
    }
  }

  @Test("Once verified, a chunk is not read again")
  func once() throws {
    try write(100, to: "a")
    let entry = try ManifestFile.digesting(path: "a", root: folder.path)
    let verifier = try verifier(of: "a", as: entry)
    try verifier.verifyAll()
    // Changed in place, which nobody does, the file is no longer looked at.
    let descriptor = try SystemCalls.open(writing: folder.file("a"), truncate: true)
    let zeros = [UInt8](repeating: 0, count: 100)
    try SystemCalls.write(descriptor, zeros.span.numberBytes)
    SystemCalls.close(descriptor)
    try verifier.verify(0..<100)
    let fresh = try self.verifier(of: "a", as: entry)
    #expect(throws: StorageError.self) { try fresh.verifyAll() }
  }

  @Test("Another size, a range beyond the end and malformed checksums are errors")
  func sizes() throws {
    try write(100, to: "a")
    var entry = try ManifestFile.digesting(path: "a", root: folder.path)
    let path = folder.file("a")
    let verifier = try verifier(of: "a", as: entry)
    #expect(throws: StorageError.truncated(path: path, expected: 101, actual: 100)) {
      try verifier.verify(50..<101)
    }
    entry.bytes = 101
    #expect(throws: StorageError.truncated(path: path, expected: 101, actual: 100)) {
      try self.verifier(of: "a", as: entry)
    }
    entry.bytes = 100
    for sums in [[], ["xyz"], [entry.xxh64[0], entry.xxh64[0]], ["44BC2CF5AD770999"]] {
      entry.xxh64 = sums
      #expect(throws: StorageError.self) { try self.verifier(of: "a", as: entry) }
    }
    let many = ChunkVerifier(try MappedFile(path: path), expected: [1, 2])
    #expect(throws: StorageError.self) { try many.verifyAll() }
    #expect(throws: StorageError.self) { try many.verify(0..<1) }
  }

  @Test("Missing files and paths that lead outside")
  func failures() throws {
    #expect(throws: StorageError.missing(path: folder.file("none"))) {
      try ManifestFile.digesting(path: "none", root: folder.path)
    }
    #expect(throws: StorageError.escapingPath(path: "../x", root: folder.path)) {
      try ManifestFile.digesting(path: "../x", root: folder.path)
    }
    #expect(throws: StorageError.missing(path: folder.file("none"))) {
      try SHA256.hexadecimal(ofFile: folder.file("none"))
    }
    #expect(throws: StorageError.self) { try SHA256.hexadecimal(ofFile: folder.path) }
  }
}
