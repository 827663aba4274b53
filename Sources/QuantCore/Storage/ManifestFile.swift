/// One file of an artifact folder with its checksums.
public struct ManifestFile: Codable, Hashable, Sendable {
  /// Path inside the folder.
  public var path: String
  /// Size in bytes.
  public var bytes: Int
  /// SHA-256 of the content, hexadecimal.
  public var sha256: String
  /// XXH64 of each 1 MiB chunk, hexadecimal.
  public var xxh64: [String]

  /// Creates an entry from what is known of the file.
  package init(path: String, bytes: Int, sha256: String, xxh64: [String]) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
    self.xxh64 = xxh64
  }

  /// Reads a file once and takes its size and checksums.
  ///
  /// - Parameters:
  ///   - path: path inside the folder; it becomes the `path` of the entry.
  ///   - root: the folder.
  /// - Throws: `StorageError.missing`, `.unreadable`, or `.escapingPath` where `path` leads outside.
  /// - Complexity: O(n) time, constant memory.
  package static func digesting(path: String, root: String) throws(StorageError) -> ManifestFile {
    var digest = SHA256()
    var size = 0
    var chunks: [String] = []
    try FileReader.forEachChunk(
      of: FileTree.join(root, path), bytes: ChunkVerifier.chunkBytes
    ) { chunk in
      size += chunk.byteCount
      digest.update(chunk)
      chunks.append(Hexadecimal.text(XXH64.hash(chunk)))
    }
    return ManifestFile(path: path, bytes: size, sha256: digest.hexadecimal, xxh64: chunks)
  }
}
