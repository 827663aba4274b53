/// Where a field lies in the bytes of a record.
package struct FieldBounds {
  /// What is wrong with a field's quotes.
  package enum Problem: Sendable {
    case stray
    case unclosed
    case trailing
  }

  /// The content, without the quotes around it.
  package var content: Range<Int>
  /// The first byte after the field: a delimiter, a line break, or the end.
  package var stop: Int
  /// Whether the field is quoted.
  package var isQuoted = false
  /// Whether the content has doubled quotes that stand for one.
  package var hasEscapes = false
  /// Line breaks inside the quotes.
  package var lineBreaks = 0
  /// What is wrong with the quotes, if anything.
  package var problem: Problem?
}

/// Finds the ends of fields, after RFC 4180 with any of the delimiters and either line end.
package struct FieldScanner: Sendable {
  package static let quote = UInt8(ascii: "\"")
  package static let lineFeed = UInt8(ascii: "\n")
  package static let carriageReturn = UInt8(ascii: "\r")

  /// The byte between fields.
  package let delimiter: UInt8
  /// Whether `"` quotes.
  package let isQuoted: Bool
  private let delimiters: UInt64

  package init(delimiter: UInt8, isQuoted: Bool) {
    self.delimiter = delimiter
    self.isQuoted = isQuoted
    delimiters = ByteMatch.pattern(delimiter)
  }

  /// Whether a field may end before `index`: a delimiter, a line break or the end stands there.
  @inline(__always)
  package func isEnd(_ bytes: Span<UInt8>, _ index: Int, _ limit: Int) -> Bool {
    if index >= limit { return true }
    let byte = bytes[index]
    if byte == delimiter || byte == Self.lineFeed { return true }
    return byte == Self.carriageReturn
      && (index &+ 1 >= limit || bytes[index &+ 1] == Self.lineFeed)
  }

  /// The number of bytes of the line break at `index`: 0 where there is none.
  @inline(__always)
  package func lineBreak(_ bytes: Span<UInt8>, _ index: Int, _ limit: Int) -> Int {
    guard index < limit else { return 0 }
    let byte = bytes[index]
    if byte == Self.lineFeed { return 1 }
    guard byte == Self.carriageReturn else { return 0 }
    if index &+ 1 >= limit { return 1 }
    return bytes[index &+ 1] == Self.lineFeed ? 2 : 0
  }

  /// The end of an unquoted field, or the place of a quote inside it.
  @inline(__always)
  package func unquotedEnd(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    let feeds = ByteMatch.pattern(Self.lineFeed)
    let returns = ByteMatch.pattern(Self.carriageReturn)
    let quotes = ByteMatch.pattern(Self.quote)
    let words = bytes.numberBytes
    var index = start
    while true {
      while index &+ 8 <= limit {
        let word = words.word64(at: index)
        var marks =
          ByteMatch.marks(word, delimiters) | ByteMatch.marks(word, feeds)
          | ByteMatch.marks(word, returns)
        if isQuoted { marks |= ByteMatch.marks(word, quotes) }
        if marks != 0 {
          index &+= marks.trailingZeroBitCount >> 3
          break
        }
        index &+= 8
      }
      while index < limit {
        if isEnd(bytes, index, limit) { return index }
        if isQuoted, bytes[index] == Self.quote { return index }
        index &+= 1
        if index &+ 8 <= limit { break }
      }
      if index >= limit { return index }
    }
  }

  /// The bounds of the field that starts at `start`.
  package func bounds(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> FieldBounds {
    if isQuoted, start < limit, bytes[start] == Self.quote {
      return quotedBounds(bytes, from: start, to: limit)
    }
    let stop = unquotedEnd(bytes, from: start, to: limit)
    var bounds = FieldBounds(content: start..<stop, stop: stop)
    if isQuoted, stop < limit, bytes[stop] == Self.quote { bounds.problem = .stray }
    return bounds
  }

  private func quotedBounds(
    _ bytes: Span<UInt8>, from start: Int, to limit: Int
  ) -> FieldBounds {
    var bounds = FieldBounds(content: start + 1..<limit, stop: limit, isQuoted: true)
    var index = start + 1
    while index < limit {
      let byte = bytes[index]
      if byte == Self.lineFeed { bounds.lineBreaks += 1 }
      if byte == Self.quote {
        if index + 1 < limit, bytes[index + 1] == Self.quote {
          bounds.hasEscapes = true
          index += 2
          continue
        }
        bounds.content = start + 1..<index
        bounds.stop = index + 1
        if !isEnd(bytes, index + 1, limit) { bounds.problem = .trailing }
        return bounds
      }
      index += 1
    }
    bounds.problem = .unclosed
    return bounds
  }

  /// The content of a field with doubled quotes as single ones.
  package static func unescape(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      result.append(bytes[index])
      index += bytes[index] == quote ? 2 : 1
    }
    return result
  }
}
