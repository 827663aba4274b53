/// A folder of compiled panels by fingerprint, shared between processes.
///
/// ```
/// root/panels/<fingerprint>/     one finished panel, published by one rename and never changed
/// root/locks/<fingerprint>       held by the process that compiles it
/// root/digests/<device>-<inode>  the SHA-256 of an input, remembered while the file does not change
/// root/damaged/<fingerprint>.1   entries that were found damaged, kept for inspection
/// ```
public struct ArtifactStore: Sendable {
  /// The folder.
  public let root: String

  /// Opens a store, creating its folders where they are missing.
  ///
  /// - Throws: `StorageError.unwritable`.
  public init(root: String) throws(StorageError) {
    self.root = root
    for name in ["panels", "locks", "digests", "damaged"] {
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
  ///
  /// The lock belongs to the kernel: it is free again when its holder dies, however it dies.
  func locked<Result>(
    _ fingerprint: Fingerprint, onWait: () -> Void,
    _ body: () throws(CompileError) -> Result
  ) throws(CompileError) -> Result {
    let path = root + "/locks/" + fingerprint.hexadecimal
    let descriptor: Int32
    do throws(SystemCalls.Failure) {
      descriptor = try SystemCalls.open(writing: path, truncate: true)
    } catch {
      throw .storage(.writing(path, error))
    }
    defer { SystemCalls.close(descriptor) }
    do throws(SystemCalls.Failure) {
      if try !SystemCalls.lock(descriptor, wait: false) {
        onWait()
        _ = try SystemCalls.lock(descriptor, wait: true)
      }
    } catch {
      throw .storage(.writing(path, error))
    }
    return try body()
  }

  /// Moves a damaged panel out of the way.
  ///
  /// - Returns: where it lies now.
  func setAside(_ fingerprint: Fingerprint) throws(StorageError) -> String {
    let source = directory(of: fingerprint)
    for number in 1...1000 {
      let target = "\(root)/damaged/\(fingerprint.hexadecimal).\(number)"
      if FileTree.exists(target) { continue }
      do throws(SystemCalls.Failure) {
        try SystemCalls.rename(source, to: target)
        return target
      } catch {
        if error.isExisting { continue }
        throw .writing(target, error)
      }
    }
    try FileTree.removeAll(source)
    return "nowhere: too many damaged copies of it are kept"
  }
}
