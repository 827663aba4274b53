/// In which line of its file each row of a table stands.
///
/// Most files have one line for each row, so only the rows where the distance between row and line
/// changes (after a quoted line break or a blank line) are kept.
package struct LineNumbers: Hashable, Sendable {
  private var firstRows: [Int] = []
  private var distances: [Int] = []

  /// Row 0 stands in `firstLine`, and every further row in the next line; 2 follows a header.
  package init(firstLine: Int = 2) {
    note(row: 0, line: firstLine)
  }

  /// Takes the line of each row, ascending.
  package init(_ lines: [Int]) {
    for (row, line) in lines.enumerated() { note(row: row, line: line) }
    if lines.isEmpty { note(row: 0, line: 2) }
  }

  private init(firstRows: [Int], distances: [Int]) {
    (self.firstRows, self.distances) = (firstRows, distances)
  }

  /// Without any row noted yet.
  package static var none: LineNumbers { LineNumbers(firstRows: [], distances: []) }

  /// Notes the line of a row; rows must come in ascending order.
  package mutating func note(row: Int, line: Int) {
    if distances.last == line - row { return }
    firstRows.append(row)
    distances.append(line - row)
  }

  /// Appends the lines of rows that follow after `row` rows.
  package mutating func append(_ other: LineNumbers, after row: Int) {
    for (first, distance) in zip(other.firstRows, other.distances) {
      note(row: row + first, line: distance + first)
    }
  }

  /// The line of a row, counted from 1 with the header.
  ///
  /// - Complexity: O(log n) in the number of irregular lines.
  package subscript(row: Int) -> Int {
    var (low, high) = (0, firstRows.count)
    while low < high {
      let middle = (low + high) / 2
      if firstRows[middle] <= row { low = middle + 1 } else { high = middle }
    }
    return row + (low > 0 ? distances[low - 1] : 2)
  }
}
