/// Builds delimited text row by row: LF line ends, quotes where needed, shortest exact numbers.
///
/// What it writes, `CSVReader` reads back unchanged, with two exceptions: an empty text comes back
/// as missing, and a text that a spreadsheet would run as a formula gets a `'` in front. Texts are
/// formulas where, after blanks, at the start or after a line break, they begin with
/// `=`, `+`, `-`, `@`, a tab or a carriage return. Numbers are never changed.
///
/// ```swift
/// var writer = CSVWriter(columns: ["gvkey", "p_raw"])
/// writer.text("001690")
/// writer.number(0.25)
/// writer.endRow()
/// try writer.write(to: "predictions.csv")
/// ```
public struct CSVWriter: Sendable {
  /// What has been written and not yet drained.
  public private(set) var bytes: [UInt8] = []
  /// The number of rows that have been ended.
  public private(set) var rowCount = 0
  private let delimiter: UInt8
  private let columnCount: Int
  private var fields = 0
  private var rowStart = 0

  /// Starts a table with its header line.
  ///
  /// - Parameters:
  ///   - columns: The names; at least one.
  ///   - delimiter: One of `TableSchema.delimiters`.
  public init(columns: [String], delimiter: UInt8 = UInt8(ascii: ",")) {
    precondition(!columns.isEmpty, "a table has columns")
    precondition(TableSchema.delimiters.contains(delimiter), "unknown delimiter")
    self.delimiter = delimiter
    columnCount = columns.count
    for name in columns { text(name) }
    endLine()
  }

  /// Appends a text; `nil` is missing.
  public mutating func text(_ value: String?) {
    separate()
    guard let value, !value.isEmpty else { return }
    append(CSVWriter.neutralised(value))
  }

  /// Appends a number in its shortest form that reads back as the same Double; NaN is missing.
  public mutating func number(_ value: Double) {
    separate()
    if !value.isNaN { bytes += Array(value.description.utf8) }
  }

  /// Appends a number in its shortest form that reads back as the same Float; NaN is missing.
  public mutating func number(_ value: Float) {
    separate()
    if !value.isNaN { bytes += Array(value.description.utf8) }
  }

  /// Appends a whole number; `nil` is missing.
  public mutating func integer(_ value: (some FixedWidthInteger)?) {
    separate()
    if let value { bytes += Array(String(value).utf8) }
  }

  /// Appends a day as `YYYY-MM-DD`; `nil` is missing.
  public mutating func date(_ value: CalendarDate?) {
    separate()
    if let value { bytes += Array(value.description.utf8) }
  }

  /// Appends `true` or `false`; `nil` is missing.
  public mutating func boolean(_ value: Bool?) {
    separate()
    if let value { bytes += Array((value ? "true" : "false").utf8) }
  }

  /// Appends a missing value.
  public mutating func missing() { separate() }

  /// Ends a row, which must have a field for each column.
  public mutating func endRow() {
    endLine()
    rowCount += 1
  }

  /// Hands over what has been written so far and forgets it, so that a long table can be streamed.
  public mutating func drain() -> [UInt8] {
    precondition(fields == 0, "a row is not ended")
    let drained = bytes
    bytes = []
    rowStart = 0
    return drained
  }

  /// Writes the table to a file, replacing one that is there.
  ///
  /// - Throws: `StorageError.unwritable`; the old file is then untouched.
  public func write(to path: String) throws(StorageError) {
    precondition(fields == 0, "a row is not ended")
    try AtomicFile.write(bytes.span.numberBytes, to: path)
  }

  // MARK: - Bytes

  private mutating func separate() {
    if fields > 0 { bytes.append(delimiter) }
    fields += 1
  }

  private mutating func endLine() {
    precondition(fields == columnCount, "a row has \(columnCount) fields, not \(fields)")
    // A row of one missing field would otherwise be a blank line, which readers skip.
    if bytes.count == rowStart { bytes += Array("\"\"".utf8) }
    bytes.append(FieldScanner.lineFeed)
    fields = 0
    rowStart = bytes.count
  }

  private mutating func append(_ text: String) {
    let content = Array(text.utf8)
    guard needsQuotes(content, text) else {
      bytes += content
      return
    }
    bytes.append(FieldScanner.quote)
    for byte in content {
      if byte == FieldScanner.quote { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(FieldScanner.quote)
  }

  private func needsQuotes(_ content: [UInt8], _ text: String) -> Bool {
    let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    if let first = content.first, let last = content.last,
      blanks.contains(first) || blanks.contains(last)
    {
      return true
    }
    let special = [
      delimiter, FieldScanner.quote, FieldScanner.lineFeed, FieldScanner.carriageReturn,
    ]
    // A quoted text is text even where it is spelled like a missing value.
    return content.contains { special.contains($0) } || TableSchema.usualMissing.contains(text)
  }

  /// A text that no spreadsheet takes for a formula: with `'` before whatever could start one.
  ///
  /// Source: OWASP, "CSV Injection".
  package static func neutralised(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var blanks: [Unicode.Scalar] = []
    // Where a cell or a line of it starts, the blanks before its first character are held back.
    var isAtStart = true
    for scalar in text.unicodeScalars {
      if isAtStart {
        if scalar == " " || scalar == "\u{A0}" {
          blanks.append(scalar)
          continue
        }
        if formulaStarts.contains(scalar) { result.append("'") }
        result += blanks
        blanks = []
        isAtStart = false
      }
      result.append(scalar)
      if scalar == "\n" { isAtStart = true }
    }
    result += blanks
    return String(result)
  }

  private static let formulaStarts: [Unicode.Scalar] = ["=", "+", "-", "@", "\t", "\r"]
}
