/// For each row of a panel the records of one source that were known at its decision date.
struct AsOfHistory: Sendable {
  /// The records of the source.
  let records: RecordSet
  private let rows: PanelRows
  private let days: [Int32]
  private let baseGroup: [Int32]

  /// Finds the latest record of each row.
  init(_ records: RecordSet, rows: PanelRows, threads: Int) {
    self.records = records
    self.rows = rows
    let days = rows.days
    self.days = days
    baseGroup = RowColumns.make(count: rows.count, threads: threads, zero: -1) { row in
      records.latestGroup(of: Int(rows.firm[row]), on: days[row])
    }
  }

  /// The decision day of a row.
  func day(ofRow row: Int) -> Int32 { days[row] }

  /// For each row the record `lag` fiscal periods before its latest, as known at the decision date;
  /// -1 where there is none.
  func records(lag: Int, threads: Int) -> [Int32] {
    RowColumns.make(count: rows.count, threads: threads, zero: -1) { row in
      let base = Int(baseGroup[row])
      if base < 0 { return -1 }
      return records.record(of: Int(rows.firm[row]), base: base, lag: lag, on: days[row])
    }
  }
}
