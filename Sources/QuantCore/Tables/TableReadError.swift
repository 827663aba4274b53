/// Why a table could not be read: its content, or the file that holds it.
public enum TableReadError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The content is not what was declared.
  case table(TableError)
  /// The file could not be opened, mapped or decoded.
  case storage(StorageError)

  /// One line: what is wrong, where, and what would be accepted.
  public var description: String {
    switch self {
    case .table(let error): error.description
    case .storage(let error): error.description
    }
  }
}
