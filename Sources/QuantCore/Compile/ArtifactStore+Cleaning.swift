/// What a cleaning of a store did, or would do.
public struct StoreCleaning: Hashable, Sendable {
  /// What was removed, or would be, in this order.
  public internal(set) var removed: [StoreEntry] = []
  /// What stays.
  public internal(set) var kept: [StoreEntry] = []

  /// Size of what stays, in bytes.
  public var bytesKept: Int { kept.reduce(0) { $0 + $1.bytes } }
  /// Size of what was removed, in bytes.
  public var bytesRemoved: Int { removed.reduce(0) { $0 + $1.bytes } }
}

extension ArtifactStore {
  /// Removes what dead processes left behind, then what was not used for longest, until the store is
  /// small enough: damaged entries first, then panels.
  ///
  /// A panel that somebody reads, and the work of a running process or of another machine, stays
  /// whatever its size. Readers never see a part of a panel: it goes away by one rename, while its
  /// lock is held. One that is being opened is kept; files that are mapped stay valid in any case.
  ///
  /// - Parameters:
  ///   - bytes: the size the store may have.
  ///   - isRehearsal: whether to say what would be removed, and remove nothing.
  /// - Throws: `StorageError.unwritable` where something cannot be removed.
  /// - Complexity: O(files).
  public func clean(toBytes bytes: Int, isRehearsal: Bool) throws(StorageError) -> StoreCleaning {
    let entries = try entries()
    let order: [StoreEntry.Kind] = [.unfinished, .damaged, .panel]
    var cleaning = StoreCleaning()
    var size = entries.reduce(0) { $0 + $1.bytes }
    for kind in order {
      for entry in entries where entry.kind == kind {
        let isWanted = !entry.isInUse && (kind == .unfinished || size > bytes)
        var isGone = isWanted
        if isWanted, !isRehearsal { isGone = try remove(entry) }
        if isGone {
          cleaning.removed.append(entry)
          size -= entry.bytes
        } else {
          cleaning.kept.append(entry)
        }
      }
    }
    return cleaning
  }

  /// Removes an entry.
  ///
  /// - Returns: false where somebody began to use it.
  private func remove(_ entry: StoreEntry) throws(StorageError) -> Bool {
    guard entry.kind == .panel else {
      try FileTree.removeAll(entry.path)
      return true
    }
    let use = root + "/uses/" + entry.name
    let doomed = TemporaryName.next(in: root + "/panels")
    do throws(SystemCalls.Failure) {
      guard let lock = try FileLock.take(use, wait: false) else { return false }
      defer { withExtendedLifetime(lock) {} }
      do throws(SystemCalls.Failure) {
        try SystemCalls.rename(entry.path, to: doomed)
      } catch {
        guard error.isMissing else { throw error }
      }
      // Their holders see that the files are gone, and take new ones.
      try? SystemCalls.unlink(use)
      if let compile = try? FileLock.take(root + "/locks/" + entry.name, wait: false) {
        try? SystemCalls.unlink(root + "/locks/" + entry.name)
        withExtendedLifetime(compile) {}
      }
    } catch {
      throw .writing(entry.path, error)
    }
    try FileTree.removeAll(doomed)
    return true
  }
}
