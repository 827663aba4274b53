/// What a store holds, as `ArtifactStore.entries` finds it.
public struct StoreEntry: Hashable, Sendable {
  /// What an entry may be.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A finished panel.
    case panel
    /// A panel that was found damaged and is kept for inspection.
    case damaged
    /// A folder or file that a process has not finished, or left behind when it died.
    case unfinished
  }

  /// What it is.
  public let kind: Kind
  /// The name of its file or folder; for a panel the digits of its fingerprint.
  public let name: String
  /// Where it lies.
  public let path: String
  /// Size of all its files in bytes; files that run folders link to count in full.
  public let bytes: Int
  /// Seconds from 1970 to the last use; for what is no panel, to the last change.
  public let lastUse: Int
  /// Whether a process reads it or works on it.
  public let isInUse: Bool
}

extension ArtifactStore {
  /// Everything in the store but locks and remembered digests: panels, damaged ones, unfinished work.
  ///
  /// Sorted by last use, the oldest first, and by name among equals. What vanishes while the store is
  /// read is left out.
  ///
  /// - Throws: `StorageError` where the store cannot be read.
  /// - Complexity: O(files).
  public func entries() throws(StorageError) -> [StoreEntry] {
    var entries: [StoreEntry] = []
    for folder in ["panels", "damaged", "digests"] {
      let directory = root + "/" + folder
      let names: [String]
      do throws(SystemCalls.Failure) {
        names = try SystemCalls.list(directory)
      } catch {
        throw .reading(directory, error)
      }
      for name in names {
        if let entry = entry(name, in: folder) { entries.append(entry) }
      }
    }
    return entries.sorted { ($0.lastUse, $0.name) < ($1.lastUse, $1.name) }
  }

  private func entry(_ name: String, in folder: String) -> StoreEntry? {
    let path = "\(root)/\(folder)/\(name)"
    guard let status = try? SystemCalls.linkStatus(path) else { return nil }
    let kind: StoreEntry.Kind
    var isInUse = false
    var lastUse = status.modified
    if TemporaryName.isOne(name) {
      kind = .unfinished
      // The work of another machine cannot be told from what it left behind.
      isInUse = TemporaryName.owner(of: name).map(SystemCalls.isRunning) ?? true
    } else if folder == "damaged" {
      kind = .damaged
    } else if folder == "panels", let fingerprint = Fingerprint(hexadecimal: name) {
      kind = .panel
      let use = root + "/uses/" + fingerprint.hexadecimal
      if let used = try? SystemCalls.linkStatus(use) {
        lastUse = used.modified
        // Asked of the kernel for a moment; a reader that comes just now waits that long.
        isInUse = ((try? FileLock.take(use, wait: false)) ?? nil) == nil
      }
    } else {
      return nil
    }
    return StoreEntry(
      kind: kind, name: name, path: path, bytes: FileTree.byteCount(of: path),
      lastUse: Int(lastUse / 1_000_000_000), isInUse: isInUse)
  }
}
