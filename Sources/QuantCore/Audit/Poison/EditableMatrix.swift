/// A matrix on its way to a changed copy.
struct EditableMatrix {
  private let file: String
  private var dates: [Int32]
  private let names: [String]
  private var columns: [[Float]]
  private let threads: Int

  init(_ table: WideTable, threads: Int) {
    file = table.file
    dates = table.dates
    names = table.names
    columns = (0..<table.names.count).map { table.values(of: $0) }
    self.threads = threads
  }

  /// The matrix as it is now; its lines are numbered anew.
  var table: WideTable { WideTable(file: file, dates: dates, names: names, columns: columns) }

  /// Calls `body` with the place and the values of every column.
  mutating func edit(_ body: @Sendable (Int, inout [Float]) -> Void) {
    let before = columns
    columns = ParallelFor.map(count: before.count, threads: threads) { column in
      var values = before[column]
      body(column, &values)
      return values
    }
  }

  /// Takes lines out.
  mutating func remove(_ rows: [Int]) {
    let removed = Set(rows)
    let kept = dates.indices.filter { !removed.contains($0) }
    dates = kept.map { dates[$0] }
    columns = columns.map { column in kept.map { column[$0] } }
  }

  /// Appends empty lines; returns the first.
  mutating func append(days: [Int32]) -> Int {
    let first = dates.count
    dates += days
    columns = columns.map { $0 + [Float](repeating: .nan, count: days.count) }
    return first
  }
}
