internal import QuantCore

/// Some rows of a node with what histograms need of them, copied side by side.
struct RowBatch {
  /// Rows of a batch at most.
  ///
  /// Four planes of codes take 128 KB, a part of the second-level cache.
  static let limit = 2_048
  private static let plane = limit * 16

  private var words = [Int64](repeating: 0, count: limit)
  private var lines = [Int32](repeating: 0, count: limit)
  private var planes = [UInt8](repeating: 0, count: 4 * plane)
  private var count = 0
  /// What fetching returned; nothing depends on it.
  private var fetched: UInt8 = 0

  /// Takes rows with their quanta; `rows` has at most `limit`.
  mutating func load(_ rows: Span<Int32>, quanta: Span<Int32>, lines table: RowLines) {
    precondition(rows.count <= Self.limit)
    count = rows.count
    Self.load(rows, quanta, table, &words, &lines)
  }

  private static func load(
    _ rows: Span<Int32>, _ quanta: Span<Int32>, _ table: RowLines, _ words: inout [Int64],
    _ lines: inout [Int32]
  ) {
    var word = words.mutableSpan
    var line = lines.mutableSpan
    loadWords(rows, quanta: quanta, into: &word)
    let offset = Int32(table.offset)
    if table.table.isEmpty {
      for index in rows.indices { line[index] = rows[index] &+ offset }
    } else {
      let places = table.table.span
      for index in rows.indices { line[index] = places[Int(rows[index])] &+ offset }
    }
  }

  /// Copies the codes of some steps of 16 features; step i of them becomes plane i.
  mutating func gather(_ group: CodeGroup, steps: Range<Int>) {
    fetched = Self.gather(&planes, group, lines, count, steps)
  }

  private static func gather(
    _ planes: inout [UInt8], _ group: CodeGroup, _ lines: [Int32], _ count: Int,
    _ steps: Range<Int>
  ) -> UInt8 {
    let codes = group.codes
    var target = planes.mutableSpan
    return QuantLearners.gather(
      codes: codes.span, width: group.width, limit: group.rowCount,
      lines: lines.span.extracting(0..<count), steps: steps, into: &target, stride: plane)
  }

  /// Adds the rows to the histograms of some columns of a plane.
  func accumulate(plane: Int, places: Span<Int>, into histograms: inout MutableSpan<Int64>) {
    let first = plane * Self.plane
    QuantLearners.accumulate(
      codes: planes.span.extracting(first..<first + count * 16),
      words: words.span.extracting(0..<count), places: places, into: &histograms)
  }

  /// Rows of the batch.
  var rowCount: Int { count }
}
