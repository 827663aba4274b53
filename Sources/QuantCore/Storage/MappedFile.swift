/// A file mapped read-only into memory, shared between threads and unmapped once.
///
/// Pages are read on first touch and shared between processes.
package struct MappedFile: Sendable {
  /// The path the file was opened by.
  package let path: String
  package let region: MemoryRegion

  /// Maps a regular file; an empty file gives an empty span.
  ///
  /// - Throws: `StorageError.missing` or `.unreadable` (also for a directory).
  /// - Complexity: O(1); pages are read when they are touched.
  package init(path: String) throws(StorageError) {
    self.path = path
    do throws(SystemCalls.Failure) {
      region = try MemoryRegion(mapping: path)
    } catch {
      throw .reading(path, error)
    }
  }

  /// Size in bytes when the file was opened.
  package var count: Int { region.count }

  /// The content of the file.
  package var bytes: RawSpan {
    @_lifetime(borrow self)
    get { region.bytes }
  }
}
