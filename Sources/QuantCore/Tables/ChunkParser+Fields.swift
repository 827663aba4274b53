// Fields that are not plain unquoted numbers.
extension ChunkParser {
  /// Parses the field of a column, whatever it looks like, and returns where it ends.
  @inline(never)
  mutating func parseField(
    _ bytes: Span<UInt8>, _ start: Int, _ limit: Int, _ column: Int, row: Int, stride: Int,
    _ numbers: inout MutableSpan<Float>, _ cells: inout MutableSpan<Int64>
  ) -> Int {
    let field = plan.scanner.bounds(bytes, from: start, to: limit)
    if let problem = field.problem {
      fail(.quoting, line: line, column: plan.names[column], problem.text, problem.accepted)
      isBroken = true
      return limit
    }
    let action = plan.actions[column]
    let place = plan.slots[column] * stride + row
    if action == .number {
      let value: Float
      if field.hasEscapes {
        let content = FieldScanner.unescape(bytes, field.content)
        value = number(content.span, 0..<content.count, column)
      } else {
        value = number(bytes, field.content, column)
      }
      numbers[place] = value
    } else if action != .skip {
      let value: Int64
      if field.hasEscapes {
        let content = FieldScanner.unescape(bytes, field.content)
        value = cell(content.span, 0..<content.count, column, isQuoted: true)
      } else {
        value = cell(bytes, field.content, column, isQuoted: field.isQuoted)
      }
      cells[place] = value
    }
    line += field.lineBreaks
    return field.stop
  }

  private mutating func number(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ column: Int
  ) -> Float {
    let content = FieldScanner.trim(bytes, range)
    if plan.isMissing(bytes, content) { return .nan }
    let scan = DecimalScan(bytes, from: content.lowerBound, to: content.upperBound)
    guard scan.end == content.upperBound else {
      let isInfinite = FieldScanner.spellsInfinity(bytes, content)
      if isInfinite && plan.acceptsInfinite {
        return bytes[content.lowerBound] == UInt8(ascii: "-") ? -.infinity : .infinity
      }
      fail(isInfinite ? .infinite : .value, bytes, range, column)
      return .nan
    }
    let powers = DecimalScan.powersOfTen
    let quick = scan.quickValue(powers.span)
    if !quick.isNaN { return quick }
    let exact = scan.exactValue(bytes, content)
    if !exact.isFinite && !plan.acceptsInfinite { fail(.infinite, bytes, range, column) }
    return exact
  }

  /// The value of a column that is no number; text columns give the code of their dictionary.
  private mutating func cell(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ column: Int, isQuoted: Bool
  ) -> Int64 {
    let action = plan.actions[column]
    let content = FieldScanner.trim(bytes, range)
    if action == .text {
      let isMissing = isQuoted ? range.isEmpty : plan.isMissing(bytes, content)
      if isMissing { return -1 }
      guard let code = dictionaries[plan.slots[column]].code(bytes, range) else {
        fail(.encoding, bytes, range, column)
        return -1
      }
      return Int64(code)
    }
    let isMissing = plan.isMissing(bytes, content)
    switch action {
    case .date:
      if isMissing { return Int64(ColumnValues.missingDate) }
      if let date = CalendarDate(ascii: bytes.extracting(content)) {
        return Int64(date.daysSinceEpoch)
      }
    case .boolean:
      if isMissing { return Int64(ColumnValues.missingBoolean) }
      if let value = FieldScanner.truth(bytes, content) { return value ? 1 : 0 }
    default:
      if isMissing { return ColumnValues.missingInteger }
      if let value = FieldScanner.wholeNumber(bytes, content) { return value }
    }
    fail(.value, bytes, range, column)
    return 0
  }

  private mutating func fail(
    _ reason: TableError.Reason, _ bytes: Span<UInt8>, _ range: Range<Int>, _ column: Int
  ) {
    let type = plan.actions[column].type ?? .text
    let text = "'\(FieldScanner.excerpt(bytes, range))'"
    let name = plan.names[column]
    switch reason {
    case .infinite:
      fail(
        .infinite, line: line, column: name, "\(text) is infinite as Float32",
        "a number of at most 3.4028235e38 in size")
    case .encoding:
      fail(.encoding, line: line, column: name, "\(text) is not valid UTF-8", "UTF-8")
    default:
      fail(
        reason, line: line, column: name, "\(text) is no \(type.noun)",
        type.accepted + ", or empty for missing")
    }
  }
}

extension ColumnType {
  fileprivate var noun: String {
    switch self {
    case .float32: "number"
    case .date: "day that exists"
    case .text: "text"
    case .boolean: "truth value"
    case .integer: "whole number"
    }
  }
}
