extension CompileManifest {
  /// The manifest of a panel that was put together in memory: rows and dates, no provenance.
  ///
  /// The fingerprint is `memory`; nothing is read from files.
  package init(
    inMemory periods: [ManifestPeriod], featureCount: Int, horizons: [Horizon],
    recordingLagDays: Int, embargoDays: Int, coveredTo: CalendarDate
  ) {
    formatVersion = 0
    compileVersion = 0
    fingerprint = "memory"
    codeCommit = "unknown"
    name = "memory"
    rowCount = periods.reduce(0) { $0 + $1.rowCount }
    self.featureCount = featureCount
    dtypes = [:]
    featureNamesSHA256 = ""
    self.periods = periods
    self.horizons = horizons.sorted()
    self.recordingLagDays = recordingLagDays
    self.embargoDays = embargoDays
    self.coveredTo = coveredTo
    inputs = []
    sources = []
    grid = SourceAccount(source: "grid", rowsIn: 0, rowsUsed: 0, dropped: [])
    coverage = [:]
    allMissingFeatures = []
    recipes = []
    configuration = .object([:])
    files = []
  }
}

extension ManifestPeriod {
  /// An entry for rows that start at `firstRow`; the ordinal of the period is its identifier.
  package init(
    _ period: Period, decisionDate: CalendarDate, firstRow: Int, rowCount: Int
  ) {
    self.period = period
    quarterID = period.ordinal
    self.decisionDate = decisionDate
    self.firstRow = firstRow
    self.rowCount = rowCount
  }
}
