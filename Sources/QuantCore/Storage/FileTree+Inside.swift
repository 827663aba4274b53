extension FileTree {
  /// A path inside a folder, for names that come from files or users.
  ///
  /// Accepted are plain components separated by single slashes, none of them `.` or `..`. Where a
  /// symbolic link on the way leads out of the folder, or nowhere, the path is refused too. Neither
  /// the folder nor the path need to exist.
  ///
  /// - Throws: `StorageError.escapingPath`.
  package static func join(_ root: String, _ relative: String) throws(StorageError) -> String {
    let components = relative.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
    let isPlain = components.allSatisfy {
      !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0)
    }
    guard isPlain else { throw .escapingPath(path: relative, root: root) }
    var deepest = root
    for component in components {
      let next = deepest + "/" + component
      guard (try? SystemCalls.linkStatus(next)) != nil else { break }
      deepest = next
    }
    if deepest != root {
      guard let home = SystemCalls.resolve(root), let place = SystemCalls.resolve(deepest),
        place.utf8.starts(with: (home == "/" ? home : home + "/").utf8)
      else { throw .escapingPath(path: relative, root: root) }
    }
    return root + "/" + relative
  }

  /// The regular files in a folder and below, as paths inside it, sorted by their bytes.
  ///
  /// Symbolic links are neither followed nor listed.
  ///
  /// - Throws: `StorageError.missing` or `.unreadable`.
  package static func list(recursively root: String) throws(StorageError) -> [String] {
    var files: [String] = []
    try collect(root, prefix: "", into: &files)
    return files.sortedByBytes()
  }

  private static func collect(
    _ directory: String, prefix: String, into files: inout [String]
  ) throws(StorageError) {
    var folders: [String] = []
    do throws(SystemCalls.Failure) {
      for name in try SystemCalls.list(directory) {
        let status = try SystemCalls.linkStatus(directory + "/" + name)
        if status.isDirectory { folders.append(name) }
        if status.isRegular { files.append(prefix + name) }
      }
    } catch {
      throw .reading(directory, error)
    }
    for name in folders {
      try collect(directory + "/" + name, prefix: prefix + name + "/", into: &files)
    }
  }
}
