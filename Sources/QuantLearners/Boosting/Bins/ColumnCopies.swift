internal import QuantCore

/// Copies of the columns that a fit asks for most, each byte beside the next.
///
/// Sorting the rows of a node to two sides reads one byte of a line for each row, and the line comes from
/// memory. Most rows are sorted by a few features, whose columns by themselves stay in the cache. Which
/// columns are copied decides no result.
struct ColumnCopies {
  /// Columns that are kept at most: 8, and a byte for every four of a row.
  private static let limit = 8

  private let sample: BinnedSample
  /// For each feature how many rows asked for it.
  private var asked: [Int]
  private var copies: [Int: DisjointSlices<UInt8>] = [:]
  private let capacity: Int

  init(_ sample: BinnedSample) {
    self.sample = sample
    asked = [Int](repeating: 0, count: sample.binCounts.count)
    capacity = min(Self.limit, sample.binCounts.count / 4)
  }

  /// Where the codes of a row stand.
  var lines: RowLines { sample.lines }

  /// The codes of a feature, for a node of so many rows.
  mutating func column(_ feature: Int, rows: Int, threads: Int) -> CodeColumn {
    asked[feature] += rows
    if copies[feature] == nil { keep(feature, threads: threads) }
    guard let codes = copies[feature] else { return sample.column(feature) }
    return CodeColumn(codes: codes, width: 1, place: 0)
  }

  /// Copies a column that as many rows asked for as there are, and that others do not exceed.
  private mutating func keep(_ feature: Int, threads: Int) {
    let group = sample.group(of: feature)
    guard capacity > 0, asked[feature] >= group.rowCount else { return }
    if copies.count == capacity {
      guard
        let least = copies.keys.min(by: { (asked[$0], $0) < (asked[$1], $1) }),
        2 * asked[least] < asked[feature]
      else { return }
      copies[least] = nil
    }
    copies[feature] = Self.copy(CodeColumn(group, feature: feature), group, threads: threads)
  }

  private static func copy(
    _ column: CodeColumn, _ group: CodeGroup, threads: Int
  ) -> DisjointSlices<UInt8> {
    let chunks = CodeGroup.chunks(group.rowCount)
    let copy = DisjointSlices<UInt8>(repeating: 0, count: group.rowCount, ranges: chunks)
    ParallelFor.run(count: chunks.count, threads: threads) { chunk in
      copy.withSlice(chunk) { codes, rows in
        let source = column.codes.span
        var place = rows.lowerBound &* column.width &+ column.place
        for row in codes.indices {
          codes[row] = source[place]
          place &+= column.width
        }
      }
    }
    return copy
  }
}
