/// A folder that is filled under a temporary name and published whole by one rename, or not at all.
///
/// ```swift
/// let staged = try StagedDirectory(beside: "cache/0f3a")
/// try AtomicFile.write(text: "…", to: staged.path + "/manifest.json")
/// try staged.publish()    // true, or false where "cache/0f3a" was there already
/// ```
///
/// A staged folder that is dropped, by an error or otherwise, is removed. One that a dead process left
/// behind is removed when the next one is staged beside it.
package struct StagedDirectory: ~Copyable {
  /// The temporary folder to fill; it lies beside the target.
  package let path: String
  private let target: String
  private var isPublished = false

  /// Creates an empty folder beside a target, and the folders above it where they are missing.
  ///
  /// - Throws: `StorageError.unwritable`.
  package init(beside target: String) throws(StorageError) {
    self.target = target
    let parent = FileTree.parent(of: target)
    try FileTree.createDirectories(parent)
    TemporaryName.collectOrphans(in: parent)
    var created: String?
    while created == nil {
      let candidate = TemporaryName.next(in: parent)
      do throws(SystemCalls.Failure) {
        try SystemCalls.makeDirectory(candidate)
        created = candidate
      } catch {
        // A name that exists was left by a process that had the same id.
        guard error.isExisting else { throw .writing(target, error) }
      }
    }
    path = created ?? target
  }

  deinit {
    if !isPublished { try? FileTree.removeAll(path) }
  }

  /// Makes the folder durable and renames it to its target.
  ///
  /// The files in it must be durable already, which those of `FileWriter` are.
  ///
  /// - Returns: false where a folder with content is at the target, which is left as it is.
  /// - Throws: `StorageError.unwritable`, also where a file is at the target.
  @discardableResult
  package consuming func publish() throws(StorageError) -> Bool {
    try StagedDirectory.synchronize(recursively: path)
    do throws(SystemCalls.Failure) {
      try SystemCalls.rename(path, to: target)
    } catch {
      if error.isExisting { return false }
      throw .writing(target, error)
    }
    isPublished = true
    try FileTree.synchronize(FileTree.parent(of: target))
    return true
  }

  private static func synchronize(recursively directory: String) throws(StorageError) {
    let names: [String]
    do throws(SystemCalls.Failure) {
      names = try SystemCalls.list(directory)
    } catch {
      throw .writing(directory, error)
    }
    for name in names {
      let entry = directory + "/" + name
      if (try? SystemCalls.linkStatus(entry))?.isDirectory == true {
        try synchronize(recursively: entry)
      }
    }
    try FileTree.synchronize(directory)
  }
}
