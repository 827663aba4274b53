internal import QuantCore

/// Rows of a sample in an order that the rows alone decide: by group, key, label and weight.
///
/// Rows of a group are neighbours then. Rows that agree in all four are copies of each other, so that
/// nothing can depend on which of them comes first.
struct OrderedRows {
  let rows: TrainingSample.Rows
  /// The range of each group, ascending by the number of the group; one range without groups.
  let groups: [Range<Int>]

  /// - Parameters:
  ///   - rowKeys: the keys of all rows of the matrix.
  /// - Complexity: O(n), by radix sort.
  init(_ rows: TrainingSample.Rows, rowKeys: Span<UInt64>) {
    let copies = zip(rows.labels, rows.weights).map { label, weight in
      UInt64(label.bitPattern) << 32 | UInt64(weight.bitPattern)
    }
    let byKey = RankOrder.ascending(
      rows.rows.map { rowKeys[Int($0)] }, start: RankOrder.ascending(copies))
    let order = RankOrder.ascending(
      rows.groups.isEmpty
        ? rows.rows.map { _ in 0 } : rows.groups.map { UInt64(UInt32(bitPattern: $0)) },
      start: byKey)
    self.rows = TrainingSample.Rows(
      rows: order.map { rows.rows[Int($0)] }, labels: order.map { rows.labels[Int($0)] },
      weights: order.map { rows.weights[Int($0)] },
      groups: rows.groups.isEmpty ? [] : order.map { rows.groups[Int($0)] })
    groups = Self.groups(self.rows)
  }

  private static func groups(_ rows: TrainingSample.Rows) -> [Range<Int>] {
    guard !rows.groups.isEmpty else { return rows.rows.isEmpty ? [] : [0..<rows.rows.count] }
    var (groups, start): ([Range<Int>], Int) = ([], 0)
    for row in 1...rows.groups.count
    where row == rows.groups.count || rows.groups[row] != rows.groups[start] {
      groups.append(start..<row)
      start = row
    }
    return groups
  }
}
