// Making the manifest and the checksum list of a panel folder that is otherwise complete.
extension PanelWriter {
  /// Writes the manifest and `SHA256SUMS`, digesting every file once.
  func writeManifest(
    inputs: [ManifestInput], recipes: [String], fingerprint: Fingerprint, codeCommit: String,
    threads: Int
  ) throws(CompileError) {
    let names = PanelFiles.all(horizons: configuration.labels.horizons)
    let files = try CompileError.storing { () throws(StorageError) in
      try ParallelFor.map(count: names.count, threads: threads) { (index) throws(StorageError) in
        try ManifestFile.digesting(path: names[index], root: directory)
      }
    }
    let manifest = try manifest(
      files: files, inputs: inputs, recipes: recipes, fingerprint: fingerprint,
      codeCommit: codeCommit)
    let text: String
    do {
      text = try JSONValue(encoding: manifest).indentedText + "\n"
    } catch {
      throw .inconsistent("the manifest cannot be written as JSON: \(error)")
    }
    try CompileError.storing { () throws(StorageError) in
      try AtomicFile.write(text: text, to: directory + "/" + PanelFiles.manifest)
      let digest = SHA256.hexadecimal(Array(text.utf8).span.numberBytes)
      try AtomicFile.write(
        text: ChecksumList.text(
          files.map { ($0.path, $0.sha256) } + [(PanelFiles.manifest, digest)]),
        to: directory + "/" + PanelFiles.checksums)
    }
  }

  private func manifest(
    files: [ManifestFile], inputs: [ManifestInput], recipes: [String], fingerprint: Fingerprint,
    codeCommit: String
  ) throws(CompileError) -> CompileManifest {
    let rows = content.rows
    let periods = rows.periods.indices.map { index in
      ManifestPeriod(
        period: rows.periods[index], quarterID: rows.periods[index].ordinal,
        decisionDate: CalendarDate(daysSinceEpoch: rows.decisionDays[index]),
        firstRow: rows.ranges[index].lowerBound, rowCount: rows.ranges[index].count)
    }
    return CompileManifest(
      formatVersion: CompileManifest.currentFormatVersion,
      compileVersion: CompileManifest.currentCompileVersion,
      fingerprint: fingerprint.hexadecimal, codeCommit: codeCommit, name: configuration.name,
      rowCount: rows.count, featureCount: content.columns.count, dtypes: CompileManifest.dtypes,
      featureNamesSHA256: files.first { $0.path == PanelFiles.featureNames }?.sha256 ?? "",
      periods: periods, horizons: configuration.labels.horizons,
      recordingLagDays: configuration.labels.recordingLagDays,
      embargoDays: configuration.labels.embargoDays,
      coveredTo: CalendarDate(daysSinceEpoch: content.labels.coveredTo), inputs: inputs,
      sources: content.accounts, grid: rows.account, coverage: content.rates,
      allMissingFeatures: content.allMissingFeatures, recipes: recipes,
      configuration: try configuration.document(), files: files)
  }
}

extension CompileManifest {
  /// The element types of the arrays; those of texts depend on their width.
  static let dtypes = [
    "X_global": "<f4", "y": "|u1", "known_on": "<M8[D]", "t1": "<i4",
    "rows_train_by_quarter": "<i4", "rows_test_by_quarter": "<i4", "datadate": "<M8[D]",
    "snapshot_ts": "<M8[D]", "available_ts": "<M8[D]", "row_key": "<u8", "quarter_id": "<i4",
    "age_days": "<i4", "pit_flags": "|u1", "pit_risk": "|b1",
  ]
}
