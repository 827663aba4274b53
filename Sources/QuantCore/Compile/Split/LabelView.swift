/// Labels of one horizon, seen with the dates on which they may be used.
///
/// The only place that compares the day a label is known with a decision date.
package struct LabelView {
  private let labels: PanelLabels
  private let embargoDays: Int32

  package init(_ labels: PanelLabels, embargoDays: Int) {
    self.labels = labels
    self.embargoDays = Int32(embargoDays)
  }

  /// Whether the label of a row is 0 or 1 and may be used for a decision on a date.
  package func isKnown(_ row: Int, by decision: CalendarDate) -> Bool {
    labels.y.span[row] != PanelLabels.unknown
      && labels.knownOn.span[row] + embargoDays <= decision.daysSinceEpoch
  }

  /// The rows of a range whose label is known and may be used for a decision on a date, ascending.
  package func usable(_ rows: Range<Int>, by decision: CalendarDate) -> [Int32] {
    let (y, knownOn) = (labels.y.span, labels.knownOn.span)
    let last = decision.daysSinceEpoch - embargoDays
    var result: [Int32] = []
    result.reserveCapacity(rows.count)
    for row in rows where y[row] != PanelLabels.unknown && knownOn[row] <= last {
      result.append(Int32(row))
    }
    return result
  }

  /// The rows of a list whose record carries no point-in-time risk.
  package func withoutRisky(_ rows: [Int32], flags: ArrayFile<UInt8>) -> [Int32] {
    let flags = flags.span
    return rows.filter {
      PointInTimeRisk(rawValue: flags[Int($0)]).isDisjoint(with: PointInTimeRisk.risky)
    }
  }

  /// The number of events in a list of rows.
  package func events(_ rows: [Int32]) -> Int {
    let y = labels.y.span
    return rows.reduce(0) { $0 + (y[Int($1)] == 1 ? 1 : 0) }
  }

  /// The number of events and of unknown labels in a range of rows.
  package func summary(_ rows: Range<Int>) -> (events: Int, unknown: Int) {
    let y = labels.y.span
    var (events, unknown) = (0, 0)
    for row in rows {
      events += y[row] == 1 ? 1 : 0
      unknown += y[row] == PanelLabels.unknown ? 1 : 0
    }
    return (events, unknown)
  }

  /// The first day on which a label of a range may be used, or `nil` for an empty range.
  package func firstKnown(_ rows: Range<Int>) -> CalendarDate? {
    let knownOn = labels.knownOn.span
    var first: Int32?
    for row in rows { first = min(first ?? .max, knownOn[row]) }
    return first.map { CalendarDate(daysSinceEpoch: $0 + embargoDays) }
  }

  /// The last `count` periods that rows of an ascending list lie in, and those rows.
  package func lastPeriods(
    _ count: Int, of rows: [Int32], entries: [ManifestPeriod]
  ) -> (entries: [ManifestPeriod], rows: [Int32]) {
    var end = rows.count
    var found: [ManifestPeriod] = []
    for entry in entries.reversed() where found.count < count {
      var start = end
      while start > 0, Int(rows[start - 1]) >= entry.firstRow { start -= 1 }
      if start < end { found.append(entry) }
      end = start
    }
    return (found.reversed(), Array(rows[end...]))
  }
}
