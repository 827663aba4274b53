/// For each row of a set the leaf of one tree: a byte a row, or four where it has more than 256 leaves.
enum LeafCodes: Sendable {
  case bytes([UInt8])
  case words([UInt32])

  /// All rows in leaf 0.
  init(rows: Int, leaves: Int) {
    if leaves <= 256 {
      self = .bytes([UInt8](repeating: 0, count: rows))
    } else {
      self = .words([UInt32](repeating: 0, count: rows))
    }
  }

  /// Notes the leaf of rows of a partition, given the range of each leaf in it.
  mutating func note(_ partition: NodePartition, _ ranges: [Range<Int>]) {
    switch self {
    case .bytes(var codes):
      self = .bytes([])
      Self.note(partition.rows, ranges, &codes)
      self = .bytes(codes)
    case .words(var codes):
      self = .words([])
      Self.note(partition.rows, ranges, &codes)
      self = .words(codes)
    }
  }

  private static func note<Code: FixedWidthInteger>(
    _ rows: Span<Int32>, _ ranges: [Range<Int>], _ codes: inout [Code]
  ) {
    var target = codes.mutableSpan
    for (leaf, range) in ranges.enumerated() {
      for index in range { target[Int(rows[index])] = Code(truncatingIfNeeded: leaf) }
    }
  }

  /// Adds to some scores the values of the leaves of their rows.
  ///
  /// - Parameters:
  ///   - rows: the places of the scores.
  ///   - first: the row of score 0.
  func add(
    _ values: [Double], to scores: inout MutableSpan<Double>, rows: Range<Int>, first: Int
  ) {
    let range = first..<first + rows.upperBound
    switch self {
    case .bytes(let codes):
      Self.add(codes.span.extracting(range), values.span, rows, &scores)
    case .words(let codes):
      Self.add(codes.span.extracting(range), values.span, rows, &scores)
    }
  }

  @inline(__always)
  private static func add<Code: FixedWidthInteger>(
    _ codes: Span<Code>, _ values: Span<Double>, _ rows: Range<Int>,
    _ scores: inout MutableSpan<Double>
  ) {
    for row in rows { scores[row] += values[Int(codes[row])] }
  }
}
