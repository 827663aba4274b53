/// A folder of compiled panels by fingerprint, shared between processes.
///
/// ```
/// root/panels/<fingerprint>/     one finished panel, published by one rename and never changed
/// root/locks/<fingerprint>       held by the process that compiles it
/// root/uses/<fingerprint>        held by those that read it; its time is that of the last use
/// root/digests/<device>-<inode>  the SHA-256 of an input, remembered while the file does not change
/// root/damaged/<fingerprint>.1   entries that were found damaged, kept for inspection
/// ```
///
/// Both locks belong to the kernel: they are free again when their holder dies, however it dies.
public struct ArtifactStore: Sendable {
  /// The folder.
  public let root: String

  /// Opens a store, creating its folders where they are missing.
  ///
  /// - Throws: `StorageError.unwritable`.
  public init(root: String) throws(StorageError) {
    self.root = root
    for name in ["panels", "locks", "uses", "digests", "damaged"] {
      try FileTree.createDirectories(root + "/" + name)
    }
  }

  /// The folder of a panel, whether it is there or not.
  public func directory(of fingerprint: Fingerprint) -> String {
    root + "/panels/" + fingerprint.hexadecimal
  }

  /// Whether a panel is there; it may be damaged.
  public func contains(_ fingerprint: Fingerprint) -> Bool {
    FileTree.isDirectory(directory(of: fingerprint))
  }

  /// Runs `body` while no other process or thread compiles the same panel.
  func locked<Result>(
    _ fingerprint: Fingerprint, onWait: () -> Void,
    _ body: () throws(CompileError) -> Result
  ) throws(CompileError) -> Result {
    let path = root + "/locks/" + fingerprint.hexadecimal
    var lock: FileLock?
    do throws(SystemCalls.Failure) {
      lock = try FileLock.take(path, wait: false)
      if lock == nil {
        onWait()
        lock = try FileLock.take(path, wait: true)
      }
    } catch {
      throw .storage(.writing(path, error))
    }
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  /// Notes that a panel is in use, so that nobody removes it, until the result is let go.
  ///
  /// The panel need not be there. In a store that the caller may only read there is nothing to hold,
  /// and `nil` is returned: panels are then opened without, and one that is removed meanwhile is found
  /// to be missing.
  func use(_ fingerprint: Fingerprint) throws(StorageError) -> FileLock? {
    let path = root + "/uses/" + fingerprint.hexadecimal
    do throws(SystemCalls.Failure) {
      let lock = try FileLock.take(path, isShared: true, wait: true)
      lock?.touch()
      return lock
    } catch {
      if error.isForbidden || error.isMissing { return nil }
      throw .writing(path, error)
    }
  }

  /// The panel, or `nil` where it is not there.
  ///
  /// - Throws: `StorageError` where it is damaged or cannot be read.
  func panel(_ fingerprint: Fingerprint, use: FileLock?) throws(StorageError) -> CompiledPanel? {
    contains(fingerprint)
      ? try CompiledPanel(cached: fingerprint, in: self, use: use) : nil
  }

  /// Moves a damaged panel out of the way.
  ///
  /// - Returns: where it lies now; `nil` where it is gone already.
  func setAside(_ fingerprint: Fingerprint) throws(StorageError) -> String? {
    let source = directory(of: fingerprint)
    for number in 1...1000 {
      let target = "\(root)/damaged/\(fingerprint.hexadecimal).\(number)"
      if FileTree.exists(target) { continue }
      do throws(SystemCalls.Failure) {
        try SystemCalls.rename(source, to: target)
        return target
      } catch {
        if error.isExisting { continue }
        if error.isMissing { return nil }
        throw .writing(target, error)
      }
    }
    try FileTree.removeAll(source)
    return "nowhere: too many damaged copies of it are kept"
  }
}
