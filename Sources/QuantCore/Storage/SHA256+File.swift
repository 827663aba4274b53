extension SHA256 {
  /// The digest of a file as 64 lower-case hexadecimal digits.
  ///
  /// The file is read, not mapped, so that one that shrinks meanwhile does no harm.
  ///
  /// - Throws: `StorageError.missing` or `.unreadable`.
  /// - Complexity: O(n) time, constant memory.
  package static func hexadecimal(ofFile path: String) throws(StorageError) -> String {
    var digest = SHA256()
    try FileReader.forEachChunk(of: path, bytes: 1 << 20) { digest.update($0) }
    return digest.hexadecimal
  }
}
