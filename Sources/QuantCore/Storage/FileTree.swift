/// Paths and directories: joining, creating, listing and removing.
package enum FileTree {
  /// Whether something is there; a symbolic link counts as what it points to.
  package static func exists(_ path: String) -> Bool {
    (try? SystemCalls.status(path)) != nil
  }

  /// Whether a directory is there.
  package static func isDirectory(_ path: String) -> Bool {
    (try? SystemCalls.status(path))?.isDirectory ?? false
  }

  /// The directory that holds a path: `.` for a bare name.
  package static func parent(of path: String) -> String {
    let trimmed = trimmingSlashes(path)
    guard let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    let parent = trimmingSlashes(String(trimmed[..<slash]))
    return parent.isEmpty ? "/" : parent
  }

  /// The last component of a path.
  package static func name(of path: String) -> String {
    let trimmed = trimmingSlashes(path)
    guard let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/")) else { return trimmed }
    return String(trimmed[trimmed.utf8.index(after: slash)...])
  }

  /// Creates a directory and the missing ones above it, durably.
  ///
  /// - Throws: `StorageError.unwritable`, also where a file is in the way.
  package static func createDirectories(_ path: String) throws(StorageError) {
    if isDirectory(path) { return }
    let above = parent(of: path)
    if above != path && above != "." { try createDirectories(above) }
    do throws(SystemCalls.Failure) {
      try SystemCalls.makeDirectory(path)
    } catch {
      // Somebody else may have been faster.
      guard error.isExisting, isDirectory(path) else { throw .writing(path, error) }
    }
    try synchronize(above)
  }

  /// Makes the names in a directory durable.
  ///
  /// - Throws: `StorageError.unwritable`.
  package static func synchronize(_ directory: String) throws(StorageError) {
    do throws(SystemCalls.Failure) {
      let descriptor = try SystemCalls.open(reading: directory)
      defer { SystemCalls.close(descriptor) }
      try SystemCalls.synchronize(descriptor)
    } catch {
      throw .writing(directory, error)
    }
  }

  /// Removes a file, a symbolic link or a whole directory; links are never followed.
  ///
  /// Nothing happens where nothing is there.
  ///
  /// - Throws: `StorageError.unwritable`.
  package static func removeAll(_ path: String) throws(StorageError) {
    let names: [String]
    do throws(SystemCalls.Failure) {
      guard try SystemCalls.linkStatus(path).isDirectory else {
        try SystemCalls.unlink(path)
        return
      }
      names = try SystemCalls.list(path)
    } catch {
      if error.isMissing { return }
      throw .writing(path, error)
    }
    for name in names { try removeAll(path + "/" + name) }
    do throws(SystemCalls.Failure) {
      try SystemCalls.removeDirectory(path)
    } catch {
      throw .writing(path, error)
    }
  }

  /// Size of a file, or of all files of a folder, in bytes; links count as nothing, and so does what
  /// vanishes meanwhile.
  package static func byteCount(of path: String) -> Int {
    guard let status = try? SystemCalls.linkStatus(path) else { return 0 }
    guard status.isDirectory else { return status.isRegular ? Int(status.size) : 0 }
    let names = (try? SystemCalls.list(path)) ?? []
    return names.reduce(0) { $0 + byteCount(of: path + "/" + $1) }
  }

  private static func trimmingSlashes(_ path: String) -> String {
    var trimmed = path
    while trimmed.utf8.count > 1 && trimmed.utf8.last == UInt8(ascii: "/") { trimmed.removeLast() }
    return trimmed
  }
}
