/// The first line of a table: the names of its columns.
package struct TableHeader: Sendable {
  /// The names in file order.
  package let names: [String]
  /// The line in which the header starts, counted from 1.
  package let line: Int
  /// The first byte after the header.
  package let end: Int
  /// The line in which the rest starts.
  package let nextLine: Int

  /// Reads the first line that is not blank; a byte order mark before it is skipped.
  ///
  /// - Throws: `.empty`, `.quoting`, `.encoding`, or `.duplicateColumn`.
  package init(
    _ bytes: Span<UInt8>, file: String, scanner: FieldScanner
  ) throws(TableError) {
    let limit = bytes.count
    var position = 0
    if limit >= 2, (bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)
    {
      throw TableError(.encoding, file: file, line: 1, value: "is UTF-16", accepted: "UTF-8")
    }
    if limit >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    var currentLine = 1
    while case let length = scanner.lineBreak(bytes, position, limit), length > 0 {
      position += length
      currentLine += 1
    }
    guard position < limit else {
      throw TableError(
        .empty, file: file, value: "the file is empty", accepted: "a header line with column names")
    }
    line = currentLine
    var names: [String] = []
    while true {
      let field = scanner.bounds(bytes, from: position, to: limit)
      if let problem = field.problem {
        throw TableError(
          .quoting, file: file, line: currentLine, value: problem.text, accepted: problem.accepted)
      }
      let content = FieldScanner.content(bytes, field)
      guard let name = String(validating: content, as: UTF8.self) else {
        throw TableError(
          .encoding, file: file, line: currentLine,
          value: "column name \(names.count + 1) is not valid UTF-8", accepted: "UTF-8")
      }
      names.append(name)
      currentLine += field.lineBreaks
      position = field.stop
      guard position < limit, bytes[position] == scanner.delimiter else { break }
      position += 1
    }
    self.names = names
    end = position + scanner.lineBreak(bytes, position, limit)
    nextLine = currentLine + 1
    var seen: Set<String> = []
    for name in names where !name.isEmpty && !seen.insert(name).inserted {
      throw TableError(
        .duplicateColumn, file: file, line: line, column: name, value: "stands twice in the header",
        accepted: "names that differ")
    }
  }
}
