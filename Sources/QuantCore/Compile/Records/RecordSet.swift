/// The records of one source, ordered by firm, fiscal month and availability.
///
/// A group holds the versions of one fiscal period of one firm. Which version is in use depends on
/// the day; no lookup here ever shows a record before it was available.
struct RecordSet: Sendable {
  /// The source.
  let source: FundamentalsSource
  /// First group of each firm, and the number of groups at the end; `firms.count + 1` elements.
  let firmStart: [Int32]
  /// The fiscal month of each group (see `CalendarDate.monthOrdinal`), ascending within a firm.
  let groupMonth: [Int32]
  /// First record of each group, and the number of records at the end.
  let groupStart: [Int32]
  /// First day on which each record may be used, ascending within a group.
  let available: [Int32]
  /// Last day of each record's period.
  let periodEnd: [Int32]
  /// Bits of `PointInTimeRisk`.
  let flags: [UInt8]
  /// 1…4, or 0 where unknown.
  let fiscalQuarter: [UInt8]
  /// Row of the table behind each record.
  let tableRow: [Int32]
  /// Numeric columns in the order of the records.
  let values: [String: [Float]]
  /// Key columns in the order of the records.
  let keys: [String: TextColumn]
  /// The label column in the order of the records.
  let labels: [Float]?
  /// What was dropped so far.
  let drops: DropTally
  /// Rows of the table.
  let rowsIn: Int

  /// The number of records.
  var count: Int { available.count }
  /// The groups of a firm.
  func groups(of firm: Int) -> Range<Int> { Int(firmStart[firm])..<Int(firmStart[firm + 1]) }
  /// The records of a group.
  func records(of group: Int) -> Range<Int> { Int(groupStart[group])..<Int(groupStart[group + 1]) }

  /// The record of a group that is in use on a day, or -1 where none is available.
  func record(inGroup group: Int, on day: Int32) -> Int32 {
    let versions = records(of: group)
    guard available[versions.lowerBound] <= day else { return -1 }
    if source.restatements == .firstReported { return Int32(versions.lowerBound) }
    var record = versions.upperBound - 1
    while available[record] > day { record -= 1 }
    return Int32(record)
  }

  /// The latest group of a firm with a record that is available on a day, or -1.
  func latestGroup(of firm: Int, on day: Int32) -> Int32 {
    for group in groups(of: firm).reversed() where available[Int(groupStart[group])] <= day {
      return Int32(group)
    }
    return -1
  }

  /// The record in use on a day for the fiscal period `lag` steps before that of `base`, or -1.
  ///
  /// A fiscal month may be off by one, so that a changed year end or a late calendar does not tear a
  /// history apart; the exact month wins, then the earlier one. Monthly records must match exactly.
  func record(of firm: Int, base: Int, lag: Int, on day: Int32) -> Int32 {
    if lag == 0 { return record(inGroup: base, on: day) }
    let target = groupMonth[base] - Int32(lag * source.frequency.months)
    let offsets: [Int32] = source.frequency == .monthly ? [0] : [0, -1, 1]
    for offset in offsets {
      guard let group = self.group(of: firm, month: target + offset) else { continue }
      let found = record(inGroup: group, on: day)
      if found >= 0 { return found }
    }
    return -1
  }

  private func group(of firm: Int, month: Int32) -> Int? {
    var (low, high) = (Int(firmStart[firm]), Int(firmStart[firm + 1]))
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if groupMonth[middle] < month { low = middle + 1 } else { high = middle }
    }
    return low < end && groupMonth[low] == month ? low : nil
  }
}
