// A file is parsed in chunks that start where a record starts. Whether a line break ends a record
// depends on all quotes before it, so a first pass over the file counts, for each chunk on its own,
// the quotes, and the line breaks under either assumption about its start. A running sum over the
// chunks then settles which assumption holds, where each chunk's first record starts, in which line,
// and how many records it can have at most.

/// What one chunk of bytes contains under each assumption about its start.
package struct ChunkCensus: Sendable, Equatable {
  /// Line breaks outside of quotes, if the chunk starts outside (0) or inside (1) of them.
  package var breaks = InlinePair(0, 0)
  /// The first such line break, or -1.
  package var first = InlinePair(-1, -1)
  /// Line breaks of any kind before the first such one.
  package var before = InlinePair(0, 0)
  /// All line breaks.
  package var allBreaks: Int { breaks[0] + breaks[1] }
  /// Whether the chunk has an odd number of quotes.
  package var isOdd = false

  /// Two numbers, one for each assumption.
  package struct InlinePair: Sendable, Equatable {
    private var outside: Int
    private var inside: Int
    package init(_ outside: Int, _ inside: Int) { (self.outside, self.inside) = (outside, inside) }
    package subscript(state: Int) -> Int {
      get { state == 0 ? outside : inside }
      set { if state == 0 { outside = newValue } else { inside = newValue } }
    }
  }

  /// Counts the bytes of a range.
  ///
  /// - Complexity: O(n), eight bytes at a time where there are no quotes.
  package init(_ bytes: Span<UInt8>, _ range: Range<Int>, isQuoted: Bool) {
    let words = bytes.numberBytes
    let feeds = ByteMatch.pattern(FieldScanner.lineFeed)
    let quotes = ByteMatch.pattern(FieldScanner.quote)
    // `state` is the assumption under which the current byte lies outside of quotes.
    var state = 0
    var index = range.lowerBound
    while index < range.upperBound {
      if index &+ 8 <= range.upperBound {
        let word = words.word64(at: index)
        if !isQuoted || ByteMatch.marks(word, quotes) == 0 {
          let marks = ByteMatch.marks(word, feeds)
          if marks != 0 {
            note(index &+ marks.trailingZeroBitCount >> 3, state)
            breaks[state] += marks.nonzeroBitCount
          }
          index &+= 8
          continue
        }
      }
      let end = min(index &+ 8, range.upperBound)
      while index < end {
        let byte = bytes[index]
        if isQuoted, byte == FieldScanner.quote {
          state ^= 1
        } else if byte == FieldScanner.lineFeed {
          note(index, state)
          breaks[state] += 1
        }
        index &+= 1
      }
    }
    isOdd = state == 1
  }

  @inline(__always)
  private mutating func note(_ index: Int, _ state: Int) {
    if first[state] >= 0 { return }
    first[state] = index
    before[state] = allBreaks
  }
}

/// Where the chunks of a file start, in which line, and for how many rows they need room.
package struct ChunkLayout: Sendable {
  /// One chunk: whole records.
  package struct Chunk: Sendable, Equatable {
    /// The bytes, from the start of a record to the start of another one.
    package var bytes: Range<Int>
    /// The line of the first byte, counted from 1.
    package var line: Int
    /// Rows before this chunk, and room for its own; blank lines leave room unused.
    package var rows: Range<Int>
  }

  /// The chunks in file order.
  package let chunks: [Chunk]
  /// Room for all rows.
  package var capacity: Int { chunks.last?.rows.upperBound ?? 0 }

  /// Cuts the bytes of a file from `start`, which is the start of a record in line `line`.
  package init(
    _ content: TableContent, from start: Int, line: Int, isQuoted: Bool, chunkBytes: Int,
    threads: Int
  ) {
    let size = content.withBytes { $0.count }
    let length = max(1, chunkBytes)
    let count = (size - start + length - 1) / length
    let censuses = ParallelFor.map(count: count, threads: threads) { index in
      let first = start + index * length
      return content.withBytes {
        ChunkCensus($0, first..<min(first + length, size), isQuoted: isQuoted)
      }
    }
    let endsInBreak = content.withBytes { size > 0 && $0[size - 1] == FieldScanner.lineFeed }
    chunks = Self.combine(
      censuses, from: start, to: size, line: line, endsInBreak: endsInBreak)
  }

  private static func combine(
    _ censuses: [ChunkCensus], from start: Int, to size: Int, line: Int, endsInBreak: Bool
  ) -> [Chunk] {
    guard size > start else { return [] }
    var chunks = [Chunk(bytes: start..<size, line: line, rows: 0..<0)]
    var state = 0
    var (records, breaks) = (0, 0)
    for (index, census) in censuses.enumerated() {
      let first = census.first[state]
      // Chunk 0 starts at `start`; every other one behind the first record that ends in it.
      if index > 0, first >= 0, first + 1 < size {
        let last = chunks.count - 1
        chunks[last].bytes = chunks[last].bytes.lowerBound..<first + 1
        chunks[last].rows = chunks[last].rows.lowerBound..<records + 1
        chunks.append(
          Chunk(
            bytes: first + 1..<size, line: line + breaks + census.before[state] + 1,
            rows: records + 1..<records + 1))
      }
      records += census.breaks[state]
      breaks += census.allBreaks
      if census.isOdd { state ^= 1 }
    }
    let last = chunks.count - 1
    let end = endsInBreak ? records : records + 1
    chunks[last].rows = chunks[last].rows.lowerBound..<max(chunks[last].rows.lowerBound, end)
    return chunks
  }
}
