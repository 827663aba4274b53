extension FundamentalsSource {
  /// The members of `metadata_global.npz` that the panel itself writes.
  static let reservedKeys = [
    "gvkey", "datadate", "snapshot_ts", "available_ts", "row_key", "quarter_id", "age_days",
    "pit_flags", "pit_risk",
  ]

  /// The key columns that are written, each once; one called `gvkey` is the firm itself where that
  /// is the firm column.
  var keyNames: [String] {
    var seen = Set(firm == "gvkey" ? ["gvkey"] : [])
    return keys.filter { seen.insert($0).inserted }
  }
}
