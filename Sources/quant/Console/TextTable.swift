/// An aligned table for reading: numbers to the right, text to the left.
struct TextTable {
  /// One column.
  struct Column {
    let name: String
    let isNumeric: Bool

    static func text(_ name: String) -> Column { Column(name: name, isNumeric: false) }
    static func number(_ name: String) -> Column { Column(name: name, isNumeric: true) }
  }

  let columns: [Column]
  private var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  var isEmpty: Bool { rows.isEmpty }

  /// Adds a row of one cell for each column.
  mutating func append(_ cells: [String]) {
    precondition(cells.count == columns.count)
    rows.append(cells.map(TerminalText.safe))
  }

  /// The table, each line ending in a line feed; no blanks at line ends.
  func text(style: Style, indent: Int = 0) -> String {
    let widths = columns.indices.map { index in
      rows.reduce(columns[index].name.count) { max($0, $1[index].count) }
    }
    let margin = String(repeating: " ", count: indent)
    var text = margin + style.bold(line(columns.map(\.name), widths)) + "\n"
    for row in rows { text += margin + line(row, widths) + "\n" }
    return text
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: widths[index] - cell.count)
      let isLast = index == cells.count - 1
      line += columns[index].isNumeric ? padding + cell : cell + (isLast ? "" : padding)
      if !isLast { line += "  " }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
