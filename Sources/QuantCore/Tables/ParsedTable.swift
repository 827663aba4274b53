internal import Synchronization

/// All chunks of a file after parsing, before the columns are put together.
package struct ParsedTable: Sendable {
  /// What a chunk leaves behind besides its values.
  private struct ChunkResult: Sendable {
    var rows = 0
    var errors: [TableError] = []
    var isBroken = false
    var dictionaries: [ByteDictionary] = []
    var lines = LineNumbers.none
  }

  /// What was wrong, in the order of the lines.
  package let errors: [TableError]
  /// The number of rows.
  package let rowCount: Int
  /// The line of each row.
  package let lines: LineNumbers
  /// The values.
  private var store: ColumnStore
  private let plan: TablePlan
  private let results: [ChunkResult]
  private let room: [Range<Int>]

  /// Parses what follows the header.
  package init(
    _ content: TableContent, _ plan: TablePlan, _ header: TableHeader, asMatrix: Bool,
    chunkBytes: Int, threads: Int, limit: Int
  ) {
    let layout = ChunkLayout(
      content, from: header.end, line: header.nextLine, isQuoted: plan.scanner.isQuoted,
      chunkBytes: chunkBytes, threads: threads)
    let chunks = layout.chunks
    let store = ColumnStore(plan, layout, asMatrix: asMatrix, threads: threads)
    // Chunks are handed out in order, so everything before a chunk with enough errors gets parsed.
    let lastUseful = Atomic<Int>(chunks.count)
    let results = ParallelFor.map(count: chunks.count, threads: threads) { index in
      if index > lastUseful.load(ordering: .relaxed) { return ChunkResult() }
      let chunk = chunks[index]
      var parser = ChunkParser(plan, line: chunk.line, limit: limit)
      content.withBytes { parser.parse($0, chunk.bytes, chunk: index, into: store) }
      if parser.isBroken || parser.errors.count >= limit {
        lastUseful.min(index, ordering: .relaxed)
      }
      return ChunkResult(
        rows: parser.rows, errors: parser.errors, isBroken: parser.isBroken,
        dictionaries: parser.dictionaries, lines: parser.lines)
    }
    var errors: [TableError] = []
    var lines = LineNumbers.none
    var rowCount = 0
    for result in results {
      errors += result.errors.prefix(limit - errors.count)
      lines.append(result.lines, after: rowCount)
      rowCount += result.rows
      if result.isBroken || errors.count >= limit { break }
    }
    self.errors = errors
    self.lines = lines
    self.rowCount = rowCount
    self.store = store
    self.plan = plan
    self.results = results
    room = chunks.map(\.rows)
  }

  /// The table of the declared columns.
  ///
  /// Columns are released one by one as they are put together, so that they are not in memory twice.
  package consuming func table(threads: Int) -> RawTable {
    guard case .columns(let numbers) = store.numbers else { preconditionFailure("no columns") }
    store.numbers = .columns([])
    let remaining = Mutex<[DisjointSlices<Float>?]>(numbers)
    let parsed = self
    let plan = parsed.plan
    let places = plan.actions.indices.filter { plan.actions[$0] != .skip }
    let values = ParallelFor.map(count: places.count, threads: threads) { index in
      let slot = plan.slots[places[index]]
      guard plan.actions[places[index]] == .number else { return parsed.cells(slot) }
      let column = remaining.withLock { columns in
        let column = columns[slot]
        columns[slot] = nil
        return column
      }
      return ColumnValues.float32(column.map { parsed.packed($0) } ?? [])
    }
    var columns: [String: ColumnValues] = [:]
    for (place, values) in zip(places, values) { columns[plan.names[place]] = values }
    return RawTable(
      file: plan.file, rowCount: parsed.rowCount, columns: columns, lines: parsed.lines)
  }

  /// The columns of numbers as one column-major array, and the distance of its columns.
  package func matrix() -> (cells: DisjointSlices<Float>, stride: Int) {
    guard case .matrix(let matrix, let chunks) = store.numbers else {
      preconditionFailure("no matrix")
    }
    let capacity = room.last?.upperBound ?? 0
    if capacity == rowCount { return (matrix, capacity) }
    let columns = plan.numberCount
    let rows = rowCount
    let dense = DisjointSlices(
      repeating: Float.nan, count: columns * rows,
      ranges: (0..<columns).map { $0 * rows..<($0 + 1) * rows })
    for column in 0..<columns {
      dense.withSlice(column) { target, _ in
        var row = 0
        for chunk in 0..<chunks {
          matrix.withSlice(column * chunks + chunk) { source, _ in
            for index in 0..<results[chunk].rows { target[row + index] = source[index] }
          }
          row += results[chunk].rows
        }
      }
    }
    return (dense, rows)
  }

  /// The days of the first column that is no number.
  package func dates() -> [Int32] {
    guard case .dates(let dates) = cells(0) else { preconditionFailure("no dates") }
    return dates
  }

  private func cells(_ slot: Int) -> ColumnValues {
    switch store.cells[slot] {
    case .wide(let column): return .integers(packed(column))
    case .bytes(let column): return .booleans(packed(column))
    case .narrow(let column):
      var values = packed(column)
      guard plan.cellActions[slot] == .text else { return .dates(values) }
      var dictionary = ByteDictionary()
      var row = 0
      for result in results where result.rows > 0 {
        let codes = dictionary.merge(result.dictionaries[slot])
        for index in row..<row + result.rows where values[index] >= 0 {
          values[index] = codes[Int(values[index])]
        }
        row += result.rows
      }
      return .text(TextColumn(codes: values, values: dictionary.texts))
    }
  }

  /// A column without the room that blank lines left unused.
  private func packed<Element>(_ column: DisjointSlices<Element>) -> [Element] {
    let values = column.take()
    if values.count == rowCount { return values }
    var result: [Element] = []
    result.reserveCapacity(rowCount)
    for (range, chunk) in zip(room, results) {
      result += values[range.lowerBound..<range.lowerBound + chunk.rows]
    }
    return result
  }
}
