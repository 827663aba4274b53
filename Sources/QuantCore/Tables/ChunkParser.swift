/// Parses the records of one chunk into the columns.
///
/// Numbers without quotes, blanks or special spellings are read where they stand, in one pass over
/// their bytes; every other field takes the way of `ChunkParser+Fields`.
package struct ChunkParser {
  package let plan: TablePlan
  /// How many errors are kept; parsing ends with the record that reaches it.
  package let limit: Int
  /// What was wrong, in the order of lines and columns.
  package var errors: [TableError] = []
  /// The distinct texts of the text columns, by slot; empty for other slots.
  package var dictionaries: [ByteDictionary]
  /// In which line each row of the chunk stands; rows count from 0.
  package private(set) var lines = LineNumbers.none
  /// The number of rows parsed without an error.
  package private(set) var rows = 0
  /// Whether quotes do not match, so that nothing after the last error means anything.
  package var isBroken = false
  /// The line of the current field.
  package var line: Int

  package init(_ plan: TablePlan, line: Int, limit: Int) {
    self.plan = plan
    self.line = line
    self.limit = limit
    dictionaries = Array(repeating: ByteDictionary(), count: plan.cellActions.count)
  }

  /// Parses the records of `range`, which starts and ends with whole records.
  package mutating func parse(
    _ bytes: Span<UInt8>, _ range: Range<Int>, chunk: Int, into store: ColumnStore
  ) {
    // Spans of copies, because `self` changes while they are read.
    let (actionList, slotList, powerList) = (plan.actions, plan.slots, DecimalScan.powersOfTen)
    let (actions, slots, powers) = (actionList.span, slotList.span, powerList.span)
    let scanner = plan.scanner
    let isQuick = !plan.hasNumericMissing
    let stride = plan.blockRows
    var numberBlock = [Float](repeating: .nan, count: plan.numberCount * stride)
    var cellBlock = [Int64](repeating: 0, count: plan.cellActions.count * stride)
    var numbers = numberBlock.mutableSpan
    var cells = cellBlock.mutableSpan
    let limit = range.upperBound
    var position = range.lowerBound
    var filled = 0
    while position < limit {
      let blank = plan.scanner.lineBreak(bytes, position, limit)
      if blank > 0 {
        position += blank
        line += 1
        continue
      }
      let firstLine = line
      let known = errors.count
      position = parseRecord(
        bytes, position, limit, scanner, actions, slots, powers, isQuick: isQuick, row: filled,
        stride: stride, &numbers, &cells)
      line += 1
      if errors.count > known {
        if isBroken || errors.count >= self.limit { break }
        continue
      }
      lines.note(row: rows + filled, line: firstLine)
      filled += 1
      if filled == stride {
        store.put(
          chunk: chunk, row: rows, count: filled, stride: stride, numbers: numbers.span,
          cells: cells.span)
        rows += filled
        filled = 0
      }
    }
    if filled > 0 {
      store.put(
        chunk: chunk, row: rows, count: filled, stride: stride, numbers: numbers.span,
        cells: cells.span)
      rows += filled
    }
  }

  /// Parses one record and returns the start of the next one.
  @inline(__always)
  private mutating func parseRecord(
    _ bytes: Span<UInt8>, _ start: Int, _ limit: Int, _ scanner: FieldScanner,
    _ actions: Span<TablePlan.Action>, _ slots: Span<Int>, _ powers: Span<Double>, isQuick: Bool,
    row: Int, stride: Int, _ numbers: inout MutableSpan<Float>, _ cells: inout MutableSpan<Int64>
  ) -> Int {
    let known = errors.count
    let firstLine = line
    var position = start
    var column = 0
    while true {
      guard column < actions.count else {
        return miscounted(bytes, position, limit, column, known: known, line: firstLine)
      }
      let action = actions[column]
      var stop = -1
      if action == .number, isQuick {
        if position < limit, bytes[position] == scanner.delimiter {
          numbers[slots[column] &* stride &+ row] = .nan
          stop = position
        } else {
          let scan = DecimalScan(bytes, from: position, to: limit)
          if scan.end > position, scanner.isEnd(bytes, scan.end, limit) {
            let value = scan.quickValue(powers)
            if !value.isNaN {
              numbers[slots[column] &* stride &+ row] = value
              stop = scan.end
            }
          }
        }
      } else if action == .skip, !scanner.startsQuoted(bytes, position, limit) {
        stop = scanner.unquotedEnd(bytes, from: position, to: limit)
        if stop < limit, bytes[stop] == FieldScanner.quote, scanner.isQuoted { stop = -1 }
      }
      if stop < 0 {
        stop = parseField(
          bytes, position, limit, column, row: row, stride: stride, &numbers, &cells)
        if isBroken { return limit }
      }
      position = stop
      column &+= 1
      if position < limit, bytes[position] == scanner.delimiter {
        position &+= 1
      } else {
        break
      }
    }
    if column < actions.count {
      return miscounted(bytes, position, limit, column, known: known, line: firstLine)
    }
    return position + scanner.lineBreak(bytes, position, limit)
  }

  /// Reports a record with another number of fields than the header, in place of what else is wrong
  /// with it, and returns the start of the next record.
  @inline(never)
  private mutating func miscounted(
    _ bytes: Span<UInt8>, _ start: Int, _ limit: Int, _ fields: Int, known: Int, line firstLine: Int
  ) -> Int {
    var position = start
    var count = fields
    if fields >= plan.actions.count {
      // There was a delimiter after the last expected field.
      while true {
        let field = plan.scanner.bounds(bytes, from: position, to: limit)
        count += 1
        if let problem = field.problem {
          fail(.quoting, line: line, column: nil, problem.text, problem.accepted)
          isBroken = true
          return limit
        }
        line += field.lineBreaks
        position = field.stop
        guard position < limit, bytes[position] == plan.scanner.delimiter else { break }
        position += 1
      }
    }
    errors.removeSubrange(known...)
    fail(
      .fieldCount, line: firstLine, column: nil, "has \(count) field\(count == 1 ? "" : "s")",
      "\(plan.names.count), as in the header")
    return position + plan.scanner.lineBreak(bytes, position, limit)
  }

  /// Notes an error.
  mutating func fail(
    _ reason: TableError.Reason, line: Int, column: String?, _ value: String, _ accepted: String
  ) {
    errors.append(
      TableError(
        reason, file: plan.file, line: line, column: column, value: value, accepted: accepted))
  }
}
