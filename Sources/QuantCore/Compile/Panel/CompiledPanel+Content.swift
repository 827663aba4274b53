extension CompiledPanel {
  /// A panel in memory, with the rows, features and labels that `PanelWriter` would write.
  init(inMemory content: PanelContent, embargoDays: Int, recordingLagDays: Int) {
    let rows = content.rows
    let entries = rows.periods.indices.map { place in
      ManifestPeriod(
        rows.periods[place],
        decisionDate: CalendarDate(daysSinceEpoch: rows.decisionDays[place]),
        firstRow: rows.ranges[place].lowerBound, rowCount: rows.ranges[place].count)
    }
    let labels = content.labels.horizons.map { columns in
      (columns.horizon, PanelLabels(y: ArrayFile(columns.y), knownOn: ArrayFile(columns.knownOn)))
    }
    self.init(
      manifest: CompileManifest(
        inMemory: entries, featureCount: content.columns.count,
        horizons: content.labels.horizons.map(\.horizon), recordingLagDays: recordingLagDays,
        embargoDays: embargoDays,
        coveredTo: CalendarDate(daysSinceEpoch: content.labels.coveredTo)),
      featureNames: content.featureNames, matrix: FeatureMatrix(columns: content.columns),
      rowKeys: ArrayFile(content.rowKeys),
      quarterIDs: ArrayFile(rows.periodIndex.map { rows.periods[Int($0)].ordinal }),
      riskFlags: ArrayFile(content.recordIndex.map { content.records.flags[Int($0)] }),
      firmKeys: KeyColumn(rows.firm.map { content.firms.keys[Int($0)] }),
      labels: Dictionary(uniqueKeysWithValues: labels))
  }
}
