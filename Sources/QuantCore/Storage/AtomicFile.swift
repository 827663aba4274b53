/// Files that are replaced whole: a reader sees the old content or the new, never a part.
package enum AtomicFile {
  /// Writes bytes to a path, replacing a file that is there.
  ///
  /// - Throws: `StorageError.unwritable`, with `isNoSpace` where space ran out. Nothing is left behind
  ///   and the old file is untouched.
  /// - Complexity: O(n), and two waits for the disk.
  package static func write(_ bytes: RawSpan, to path: String) throws(StorageError) {
    var writer = try FileWriter(creating: path)
    try writer.write(bytes)
    try writer.finish()
  }

  /// Writes a text as UTF-8 to a path, replacing a file that is there.
  ///
  /// - Throws: `StorageError.unwritable`, with `isNoSpace` where space ran out. Nothing is left behind
  ///   and the old file is untouched.
  /// - Complexity: O(n), and two waits for the disk.
  package static func write(text: String, to path: String) throws(StorageError) {
    try write(Array(text.utf8).span.numberBytes, to: path)
  }
}
