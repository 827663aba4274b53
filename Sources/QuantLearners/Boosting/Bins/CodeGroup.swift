internal import QuantCore

/// The codes of up to 64 neighbouring features: the bytes of a row lie side by side.
///
/// 64 bytes are a line of the caches. A row of a small node is far from the next one, and fetching its
/// line costs more than adding up the 16 features of a block; here one fetch serves four blocks.
struct CodeGroup: Sendable {
  /// Features of a group at most.
  static let limit = 64
  /// Rows that are written at once by one thread: 32 KB.
  static let chunk = 512

  /// The places of the features among all names.
  let features: Range<Int>
  /// Number of rows.
  let rowCount: Int
  /// `width` bytes for each row, and 16 more so that the last row can be read in steps of 16.
  let codes: DisjointSlices<UInt8>

  /// Bytes of a row.
  var width: Int { features.count }

  /// Memory for codes, all 0.
  init(features: Range<Int>, rowCount: Int) {
    self.features = features
    self.rowCount = rowCount
    let width = features.count
    codes = DisjointSlices(
      repeating: 0, count: rowCount * width + 16,
      ranges: Self.chunks(rowCount).map { $0.lowerBound * width..<$0.upperBound * width })
  }

  /// Groups for all features.
  static func groups(features: Int, rowCount: Int) -> [CodeGroup] {
    stride(from: 0, to: features, by: limit).map { first in
      CodeGroup(features: first..<min(first + limit, features), rowCount: rowCount)
    }
  }

  /// The rows of each slice of the codes.
  static func chunks(_ rowCount: Int) -> [Range<Int>] {
    stride(from: 0, to: rowCount, by: chunk).map { $0..<min($0 + chunk, rowCount) }
  }
}

/// The codes of one feature.
struct CodeColumn: Sendable {
  let codes: DisjointSlices<UInt8>
  /// Bytes from one row to the next.
  let width: Int
  /// The feature's byte among those of a row.
  let place: Int

  init(codes: DisjointSlices<UInt8>, width: Int, place: Int) {
    self.codes = codes
    self.width = width
    self.place = place
  }

  /// The codes of a feature among those of its group.
  init(_ group: CodeGroup, feature: Int) {
    self.init(
      codes: group.codes, width: group.width, place: feature - group.features.lowerBound)
  }
}

/// Where the codes of each row of a sample stand in its groups.
struct RowLines: Sendable {
  /// The row of the matrix for each row of the sample; empty where they run in parallel.
  let table: [Int32]
  /// What is added to a number of the table, or of the sample where there is none.
  let offset: Int

  /// The rows of a matrix whose first line is that of row `first`.
  init(_ rows: [Int32], first: Int) {
    let start = rows.first.map { Int($0) } ?? first
    let isRun = rows.enumerated().allSatisfy { Int($1) == start + $0 }
    table = isRun ? [] : rows
    offset = isRun ? start - first : -first
  }

  /// The line of a row.
  func line(_ row: Int) -> Int { (table.isEmpty ? row : Int(table[row])) + offset }
}
