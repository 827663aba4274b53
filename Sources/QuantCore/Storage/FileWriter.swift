/// Writes a file in pieces and publishes it whole, or not at all.
///
/// The bytes go to a temporary file in the same folder. `finish` makes them durable, renames the file
/// to its path, which replaces one that is there, and makes the folder durable. A writer that is
/// dropped before, by an error or otherwise, leaves nothing behind and the old file untouched.
package struct FileWriter: ~Copyable {
  /// The path at which the file appears.
  package let path: String
  /// Bytes that were written so far.
  package private(set) var byteCount = 0
  private let directory: String
  private let temporary: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isPublished = false

  private static let bufferBytes = 1 << 18

  /// Opens a temporary file beside a path and removes those that dead processes left there.
  ///
  /// - Throws: `StorageError.unwritable`, also where the folder is missing, and where something other
  ///   than a file is at the path: the rename would put a file in the place of a device or a link.
  package init(creating path: String) throws(StorageError) {
    self.path = path
    directory = FileTree.parent(of: path)
    TemporaryName.collectOrphans(in: directory)
    var candidate = TemporaryName.next(in: directory)
    do throws(SystemCalls.Failure) {
      try SystemCalls.requireReplaceable(path)
      var opened: Int32?
      while opened == nil {
        do throws(SystemCalls.Failure) {
          opened = try SystemCalls.open(writing: candidate, truncate: false)
        } catch {
          // Left by a process that had the same id.
          guard error.isExisting else { throw error }
          candidate = TemporaryName.next(in: directory)
        }
      }
      descriptor = opened ?? -1
    } catch {
      throw .writing(path, error)
    }
    temporary = candidate
  }

  deinit {
    SystemCalls.close(descriptor)
    if !isPublished { try? SystemCalls.unlink(temporary) }
  }

  /// Appends bytes.
  ///
  /// - Throws: `StorageError.unwritable`, with `isNoSpace` where space ran out.
  package mutating func write(_ bytes: RawSpan) throws(StorageError) {
    byteCount += bytes.byteCount
    if buffer.count + bytes.byteCount <= Self.bufferBytes {
      buffer.append(copying: bytes)
      return
    }
    try flush()
    if bytes.byteCount < Self.bufferBytes {
      buffer.append(copying: bytes)
    } else {
      try writeThrough(bytes)
    }
  }

  /// Appends the UTF-8 bytes of a text.
  ///
  /// - Throws: `StorageError.unwritable`, with `isNoSpace` where space ran out.
  package mutating func write(text: String) throws(StorageError) {
    try write(Array(text.utf8).span.numberBytes)
  }

  /// Publishes the file.
  ///
  /// - Throws: `StorageError.unwritable`; the path is then as it was before, unless the last step
  ///   failed, in which the folder is made durable: the new file is then complete and in place.
  package consuming func finish() throws(StorageError) {
    try flush()
    do throws(SystemCalls.Failure) {
      try SystemCalls.synchronize(descriptor)
      try SystemCalls.rename(temporary, to: path)
    } catch {
      throw .writing(path, error)
    }
    isPublished = true
    try FileTree.synchronize(directory)
  }

  private mutating func flush() throws(StorageError) {
    if buffer.isEmpty { return }
    try writeThrough(buffer.span.numberBytes)
    buffer.removeAll(keepingCapacity: true)
  }

  private func writeThrough(_ bytes: RawSpan) throws(StorageError) {
    do throws(SystemCalls.Failure) {
      try SystemCalls.write(descriptor, bytes)
    } catch {
      throw .writing(path, error)
    }
  }
}
