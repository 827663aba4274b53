/// Why a file could not be read, written or trusted.
///
/// Every case names the file.
public enum StorageError: Error, Hashable, Sendable {
  /// There is no such file.
  case missing(path: String)
  /// The operating system refused; `reason` is its text.
  case unreadable(path: String, reason: String)
  /// Writing failed; `isNoSpace` where the disk, the quota or the size limit is exhausted.
  case unwritable(path: String, reason: String, isNoSpace: Bool)
  /// The file is shorter or longer than its header or manifest says, in bytes.
  case truncated(path: String, expected: Int, actual: Int)
  /// A compressed or framed file ends before its own end mark; `bytes` is what is there.
  case incomplete(path: String, bytes: Int)
  /// The file holds, or says that it holds, more than is accepted; nothing was allocated for it.
  case tooLarge(path: String, bytes: Int, limit: Int)
  /// The content of a chunk does not match its checksum; `offset` is the first byte of the chunk.
  case corrupted(path: String, offset: Int)
  /// The file has another format than its name says.
  case foreign(path: String, found: String, accepted: String)
  /// The file was written by a version of the format that this program does not read.
  case unsupportedVersion(path: String, found: String, accepted: String)
  /// A path inside an artifact leads outside of it.
  case escapingPath(path: String, root: String)
  /// Somebody else holds the lock of the file.
  case busy(path: String, holder: String)
}

extension StorageError {
  /// What a failed call on a file that is read means.
  package static func reading(_ path: String, _ failure: SystemCalls.Failure) -> StorageError {
    if failure.isMissing { return .missing(path: path) }
    return .unreadable(
      path: path, reason: failure.isIrregular ? "it is no regular file" : failure.description)
  }

  /// What a failed call on a file that is written means.
  package static func writing(_ path: String, _ failure: SystemCalls.Failure) -> StorageError {
    .unwritable(
      path: path, reason: failure.isIrregular ? "it is no regular file" : failure.description,
      isNoSpace: failure.isNoSpace)
  }

  /// Whether the system refused memory, descriptors or processes, which says nothing of the file.
  package var isWantOfResources: Bool {
    switch self {
    case .unreadable(_, let reason), .unwritable(_, let reason, _):
      SystemCalls.Failure.wantOfResources.contains(reason)
    default: false
    }
  }

  /// Whether space ran out: disk full, quota or file size limit.
  public var isNoSpace: Bool {
    if case .unwritable(_, _, let isNoSpace) = self { isNoSpace } else { false }
  }
}

extension StorageError: CustomStringConvertible {
  /// One line: where, what is wrong, and what would be accepted.
  public var description: String { "\(path): \(problem)" }

  /// The file that is meant.
  public var path: String {
    switch self {
    case .missing(let path), .unreadable(let path, _), .unwritable(let path, _, _),
      .truncated(let path, _, _), .incomplete(let path, _), .tooLarge(let path, _, _),
      .corrupted(let path, _), .foreign(let path, _, _), .unsupportedVersion(let path, _, _),
      .escapingPath(let path, _), .busy(let path, _):
      path
    }
  }

  /// What is wrong, and what would be accepted, without the path.
  public var problem: String {
    switch self {
    case .missing:
      "no such file"
    case .unreadable(_, let reason):
      "cannot be read: \(reason)"
    case .unwritable(_, let reason, _):
      "cannot be written: \(reason)"
    case .truncated(_, let expected, let actual):
      "has \(actual) bytes where \(expected) are expected"
    case .incomplete(_, let bytes):
      "ends early, after \(bytes) bytes"
    case .tooLarge(_, let bytes, let limit):
      "holds at least \(bytes) bytes, accepted are at most \(limit)"
    case .corrupted(_, let offset):
      "content differs from its checksum in the chunk at byte \(offset)"
    case .foreign(_, let found, let accepted):
      "found \(found), accepted is \(accepted)"
    case .unsupportedVersion(_, let found, let accepted):
      "format version \(found), this program reads \(accepted)"
    case .escapingPath(_, let root):
      "leads outside of \(root)"
    case .busy(_, let holder):
      "in use by \(holder)"
    }
  }
}
