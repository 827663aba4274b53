/// What is wrong with a table: the file, the line, the column, the value, and what is accepted.
public struct TableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of mistakes.
  public enum Reason: String, Hashable, Sendable {
    /// The file has no header line, or no data where some is needed.
    case empty
    /// A declared column is not in the header.
    case missingColumn
    /// The header has one name twice.
    case duplicateColumn
    /// A line has more or fewer fields than the header.
    case fieldCount
    /// A quoted field is not closed, or is followed by something else than a delimiter.
    case quoting
    /// A field is no number, no day that exists, or not of its declared type.
    case value
    /// A number is infinite or exceeds Float32.
    case infinite
    /// The content is not valid UTF-8 where text is needed.
    case encoding
  }

  /// The kind of mistake.
  public var reason: Reason
  /// The file.
  public var file: String
  /// Line in the file, counted from 1 with the header; `nil` where the file as a whole is meant.
  public var line: Int?
  /// The column, or `nil` where the line as a whole is meant.
  public var column: String?
  /// The text that was found.
  public var value: String
  /// What would be accepted.
  public var accepted: String

  /// Creates an error.
  public init(
    _ reason: Reason, file: String, line: Int? = nil, column: String? = nil, value: String,
    accepted: String
  ) {
    self.reason = reason
    self.file = file
    self.line = line
    self.column = column
    self.value = value
    self.accepted = accepted
  }

  /// One line: `file:line: column 'x': '1O.5' is no number; accepted: …`.
  public var description: String {
    file + (line.map { ":\($0)" } ?? "") + (column.map { ": column '\($0)'" } ?? "")
      + ": \(value); accepted: \(accepted)"
  }
}
