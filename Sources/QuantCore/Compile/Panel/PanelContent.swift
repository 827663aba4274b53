/// Everything that a compiled panel holds, in memory and ready to be written.
struct PanelContent: Sendable {
  /// The rows.
  let rows: PanelRows
  /// The firms that rows point to.
  let firms: FirmIndex
  /// The first source.
  let records: RecordSet
  /// For each row its record in the first source.
  let recordIndex: [Int32]
  /// The names of the features.
  let featureNames: [String]
  /// One column for each feature.
  let columns: [[Float]]
  /// The labels.
  let labels: LabelSet
  /// The events as they were read, where there are any.
  let deals: DealSet?
  /// Where the events went.
  let dealCoverage: DealCoverage?
  /// Where the rows of the sources went.
  let accounts: [SourceAccount]
  /// Coverage rates by name.
  let rates: [String: Double]

  /// For each row the key that depends on firm and decision date alone.
  var rowKeys: [UInt64] {
    zip(rows.firm, rows.days).map { firm, day in
      RowKey.key(firm: firms.keys[Int(firm)], decisionDate: CalendarDate(daysSinceEpoch: day))
    }
  }

  /// Features without any value.
  var allMissingFeatures: [String] {
    zip(featureNames, columns).filter { $1.allSatisfy(\.isNaN) }.map(\.0)
  }
}
