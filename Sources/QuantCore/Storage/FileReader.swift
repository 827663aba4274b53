/// Reads files from beginning to end in pieces of equal size.
package enum FileReader {
  /// Calls `body` with each piece of a file; only the last may be shorter than `count` bytes.
  ///
  /// - Throws: `StorageError.missing` or `.unreadable`.
  package static func forEachChunk(
    of path: String, bytes count: Int, _ body: (RawSpan) -> Void
  ) throws(StorageError) {
    do throws(SystemCalls.Failure) {
      let descriptor = try SystemCalls.open(reading: path)
      defer { SystemCalls.close(descriptor) }
      while true {
        let chunk = try SystemCalls.read(descriptor, exactly: count)
        if !chunk.isEmpty { body(chunk.span.numberBytes) }
        if chunk.count < count { return }
      }
    } catch {
      throw .reading(path, error)
    }
  }
}
