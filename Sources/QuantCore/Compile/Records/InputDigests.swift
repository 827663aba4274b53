internal import FoundationEssentials

/// SHA-256 digests of inputs, remembered in a store by identity and state of the file.
///
/// A digest is used again while device, inode, size, modification and change times are the same. A
/// file that changed within a short time before its digest was noted could have changed once more
/// without moving its times, so such a digest is not trusted and is taken again.
struct InputDigests: Sendable {
  private struct Note: Codable {
    var status: SystemCalls.Status
    var sha256: String
  }
  private let store: ArtifactStore?
  /// What the clocks of file systems may leave undistinguished, in nanoseconds.
  private static let racyNanoseconds: Int64 = 50_000_000

  init(_ store: ArtifactStore?) { self.store = store }

  /// Size and digest of a file.
  ///
  /// - Throws: `StorageError.missing` or `.unreadable`, also where the file changes meanwhile.
  func input(_ file: String, path: String) throws(StorageError) -> ManifestInput {
    let status = try status(path)
    let notePath = store.map { "\($0.root)/digests/\(status.device)-\(status.inode)" }
    if let notePath, let known = note(notePath, status) {
      return ManifestInput(file: file, bytes: Int(status.size), sha256: known)
    }
    let digest = try SHA256.hexadecimal(ofFile: path)
    guard try self.status(path) == status else {
      throw .unreadable(path: path, reason: "it changed while it was read")
    }
    if let notePath, let bytes = try? JSONEncoder().encode(Note(status: status, sha256: digest)) {
      // Memory is a convenience: a store that cannot be written still gives the right digest.
      try? AtomicFile.write([UInt8](bytes).span.numberBytes, to: notePath)
    }
    return ManifestInput(file: file, bytes: Int(status.size), sha256: digest)
  }

  private func note(_ path: String, _ status: SystemCalls.Status) -> String? {
    guard let own = try? SystemCalls.status(path), let text = try? SystemCalls.readAll(path),
      let note = try? JSONDecoder().decode(Note.self, from: Data(text.utf8)),
      note.status == status, note.sha256.utf8.count == 64,
      own.changed - max(status.changed, status.modified) > InputDigests.racyNanoseconds
    else { return nil }
    return note.sha256
  }

  private func status(_ path: String) throws(StorageError) -> SystemCalls.Status {
    let status: SystemCalls.Status
    do throws(SystemCalls.Failure) {
      status = try SystemCalls.status(path)
    } catch {
      throw .reading(path, error)
    }
    guard status.isRegular else {
      throw .unreadable(path: path, reason: "it is no regular file")
    }
    return status
  }
}
