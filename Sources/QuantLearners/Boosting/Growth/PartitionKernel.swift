internal import QuantCore

// Sorting the rows of a node to two sides. Fast because the codes of 512 rows are read first, in a loop so
// short that the processor waits for many lines of memory at once, and then rows are written to both sides
// without a branch: the side that does not count is overwritten by the next row.

private let batch = 512

/// Moves the rows that go left to the front and the others to `others`, in their order.
///
/// - Parameters:
///   - rows: rows of a sample.
///   - others: at least as long.
/// - Returns: How many rows go left.
func separate(
  _ rows: inout MutableSpan<Int32>, column: CodeColumn, lines: RowLines, question: BinQuestion,
  others: inout MutableSpan<Int32>
) -> Int {
  precondition(others.count >= rows.count)
  var table = InlineArray<256, UInt8>(repeating: 0)
  var entries = table.mutableSpan
  for code in 0..<256 { entries[code] = question.sendsLeft(UInt8(code)) ? 1 : 0 }
  var answers = InlineArray<512, UInt8>(repeating: 0)
  var places = InlineArray<512, Int32>(repeating: 0)
  var answer = answers.mutableSpan
  var place = places.mutableSpan
  var (left, right, start) = (0, 0, 0)
  while start < rows.count {
    let count = min(batch, rows.count &- start)
    find(rows.span.extracting(start..<start &+ count), lines, &place)
    ask(place.span.extracting(0..<count), column, table.span, &answer)
    for index in 0..<count {
      let row = rows[start &+ index]
      let step = Int(answer[index])
      rows[left] = row
      others[right] = row
      left &+= step
      right &+= 1 &- step
    }
    start &+= count
  }
  return left
}

/// Looks up the lines of some rows.
private func find(_ rows: Span<Int32>, _ lines: RowLines, _ places: inout MutableSpan<Int32>) {
  precondition(places.count >= rows.count)
  let offset = Int32(lines.offset)
  if lines.table.isEmpty {
    for index in rows.indices {
      places[index] = rows[index] &+ offset
    }
  } else {
    let table = lines.table.span
    for index in rows.indices { places[index] = table[Int(rows[index])] &+ offset }
  }
}

/// Answers a question about the codes of some lines: 1 for left.
private func ask(
  _ lines: Span<Int32>, _ column: CodeColumn, _ table: Span<UInt8>,
  _ answers: inout MutableSpan<UInt8>
) {
  let group = column.group
  let (codes, width, place) = (group.codes, group.width, column.place)
  precondition(answers.count >= lines.count && table.count == 256)
  let source = codes.span
  for index in lines.indices {
    answers[index] = table[Int(source[Int(lines[index]) &* width &+ place])]
  }
}
