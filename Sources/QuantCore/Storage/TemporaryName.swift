internal import Synchronization

/// Names of files and folders that are not finished yet, and the removal of those of dead processes.
///
/// A name is `.quant-HOST-PROCESS-NUMBER.partial`: a hash of the machine's name, the process id, and a
/// number that the process uses once. It lies in the folder of its target, so that the final rename
/// stays inside one file system.
package enum TemporaryName {
  private static let prefix = ".quant-"
  private static let suffix = ".partial"
  private static let counter = Atomic<UInt64>(0)
  private static let given = Mutex<[String]>([])
  private static let host = String(XXH64.hash(SystemCalls.hostName()), radix: 16)

  /// A path in a folder that this process has not used before.
  package static func next(in directory: String) -> String {
    let number = counter.add(1, ordering: .relaxed).oldValue
    let process = SystemCalls.processIdentifier
    let path = "\(directory)/\(prefix)\(host)-\(process)-\(number)\(suffix)"
    given.withLock { $0.append(path) }
    return path
  }

  /// Removes whatever this process has not finished, and then ends it by `end`.
  package static func removeAllOfThisProcess(thenEnd end: () -> Never) -> Never {
    // Held to the end, so that no new name is given out meanwhile.
    given.withLock { (paths) -> Never in
      for path in paths {
        // Other threads may be at work in a folder while it is removed.
        for _ in 0..<100 {
          try? FileTree.removeAll(path)
          if (try? SystemCalls.linkStatus(path)) == nil { break }
        }
      }
      end()
    }
  }

  /// Whether a name is that of something unfinished, of whichever machine.
  package static func isOne(_ name: String) -> Bool {
    name.hasPrefix(prefix) && name.hasSuffix(suffix)
  }

  /// The process that works on a name, or `nil` where it is no such name or of another machine.
  package static func owner(of name: String) -> Int32? {
    guard isOne(name) else { return nil }
    let parts = name.dropFirst(prefix.count).dropLast(suffix.count).split(separator: "-")
    guard parts.count == 3, parts[0] == host else { return nil }
    return Int32(parts[1])
  }

  /// Removes what processes of this machine left unfinished in a folder when they died.
  ///
  /// Nothing is reported: an orphan that cannot be removed does no harm, and the next publication
  /// tries again. Those of other machines, which may share the folder, are left to these.
  package static func collectOrphans(in directory: String) {
    guard let names = try? SystemCalls.list(directory) else { return }
    for name in names {
      guard let process = owner(of: name), !SystemCalls.isRunning(process) else { continue }
      try? FileTree.removeAll(directory + "/" + name)
    }
  }
}
