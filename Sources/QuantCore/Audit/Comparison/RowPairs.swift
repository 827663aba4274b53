/// The rows of two panels that belong together, up to a decision date.
struct RowPairs: Sendable {
  /// Rows of the first panel, ascending.
  let old: [Int32]
  /// The rows of the second that have the same firm and decision date.
  let new: [Int32]
  /// What became of the rows themselves.
  let comparison: TargetComparison
  /// For each period up to the date its place, and for each pair the place of its period.
  let period: [Int32]

  init(_ first: PanelContent, _ second: PanelContent, upTo cut: Int32) {
    var (old, new, period): ([Int32], [Int32], [Int32]) = ([], [], [])
    var comparison = TargetComparison(subject: .rows, name: "rows")
    func move(_ place: Int, _ firm: String, _ before: String, _ after: String) {
      comparison.moved += 1
      if comparison.first == nil {
        comparison.first = AuditedMove(
          period: first.rows.periods[place], firm: firm, old: before, new: after)
      }
    }
    for place in first.rows.periods.indices where first.rows.decisionDays[place] <= cut {
      let left = first.rows.ranges[place]
      let right = second.rows.ranges[place]
      var (row, other) = (left.lowerBound, right.lowerBound)
      while row < left.upperBound || other < right.upperBound {
        let firm = row < left.upperBound ? first.firm(ofRow: row) : nil
        let otherFirm = other < right.upperBound ? second.firm(ofRow: other) : nil
        if let firm, firm == otherFirm {
          old.append(Int32(row))
          new.append(Int32(other))
          period.append(Int32(place))
          row += 1
          other += 1
        } else if let firm, otherFirm.map({ firm.precedesByBytes($0) }) ?? true {
          move(place, firm, "a row", "no row")
          row += 1
        } else if let otherFirm {
          move(place, otherFirm, "no row", "a row")
          other += 1
        }
        comparison.values += 1
      }
    }
    comparison.bytes = comparison.values * MemoryLayout<UInt64>.size
    self.old = old
    self.new = new
    self.period = period
    self.comparison = comparison
  }
}

extension PanelContent {
  /// The firm of a row.
  func firm(ofRow row: Int) -> String { firms.keys[Int(rows.firm[row])] }
}
