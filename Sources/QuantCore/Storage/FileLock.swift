/// A lock of the kernel on a small file; it is free again when its holder ends, however it does.
///
/// The file may be removed by whoever holds the lock exclusively: somebody who waited for it notices
/// that his file is no longer at the path, and starts again with the one that is.
package final class FileLock: Sendable {
  private let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { SystemCalls.close(descriptor) }

  /// Takes a lock, creating its file where it is missing.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - isShared: whether others may hold it as well, all of them shared.
  ///   - wait: whether to wait until it is free.
  /// - Returns: `nil` where `wait` is false and somebody else, or another lock of this process, has it.
  package static func take(
    _ path: String, isShared: Bool = false, wait: Bool
  ) throws(SystemCalls.Failure) -> FileLock? {
    while true {
      let lock = FileLock(try SystemCalls.open(lock: path))
      guard try SystemCalls.lock(lock.descriptor, isShared: isShared, wait: wait) else {
        return nil
      }
      let own = try SystemCalls.status(of: lock.descriptor)
      if let there = try? SystemCalls.linkStatus(path), there.inode == own.inode,
        there.device == own.device
      {
        return lock
      }
    }
  }

  /// Sets the times of the file to now; nothing happens where the caller may not.
  package func touch() { try? SystemCalls.touch(descriptor) }
}
