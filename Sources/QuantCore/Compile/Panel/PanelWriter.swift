/// Writes the files of a panel into a folder; equal content gives equal bytes.
struct PanelWriter: Sendable {
  let content: PanelContent
  let configuration: CompileConfiguration
  let directory: String
  private var rows: PanelRows { content.rows }

  /// Writes all files but the manifest and the checksums.
  func write(progress: (String, Int, Int) -> Void) throws(StorageError) {
    try FileTree.createDirectories(directory + "/labels")
    try FileTree.createDirectories(directory + "/splits")
    progress(PanelFiles.matrix, 0, 4)
    try writeMatrix()
    try AtomicFile.write(
      text: JSONValue.array(content.featureNames.map { .string($0) }).indentedText + "\n",
      to: directory + "/" + PanelFiles.featureNames)
    progress("labels", 1, 4)
    try writeLabels()
    try writeMetadata()
    progress("splits", 2, 4)
    try writeSplits()
    progress("tables", 3, 4)
    try writeTables()
  }

  private func writeMatrix() throws(StorageError) {
    var file = try FileWriter(creating: directory + "/" + PanelFiles.matrix)
    let header = NPY.header(
      type: .float32, shape: [rows.count, content.columns.count], fortranOrder: true)
    try file.write(header.span.numberBytes)
    for column in content.columns {
      // Every missing value is the same NaN, whatever arithmetic it came from.
      let clean = column.map { $0.isNaN ? Float.nan : $0 }
      try file.write(clean.span.numberBytes)
    }
    try file.finish()
  }

  private func writeLabels() throws(StorageError) {
    for labels in content.labels.horizons {
      var file = try NPZWriter(creating: directory + "/" + PanelFiles.labels(labels.horizon))
      try add("y", labels.y, to: &file)
      try addDays("known_on", labels.knownOn, to: &file)
      try add("t1", labels.knownOn, to: &file)
      try file.finish()
    }
  }

  private func writeMetadata() throws(StorageError) {
    let index = content.recordIndex.map(Int.init)
    let records = content.records
    let periods = rows.periodIndex.map(Int.init)
    let decisions = rows.days
    let ends = index.map { records.periodEnd[$0] }
    let flags = index.map { records.flags[$0] }
    var file = try NPZWriter(creating: directory + "/" + PanelFiles.metadata)
    try addTexts("gvkey", rows.firm.map { content.firms.keys[Int($0)] }, to: &file)
    for name in configuration.fundamentals[0].keyNames {
      let column = records.keys[name]
      try addTexts(name, index.map { column?[$0] ?? "" }, to: &file)
    }
    try addDays("datadate", ends, to: &file)
    try addDays("snapshot_ts", decisions, to: &file)
    try addDays("available_ts", index.map { records.available[$0] }, to: &file)
    try add("row_key", content.rowKeys, to: &file)
    try add("quarter_id", periods.map { rows.periods[$0].ordinal }, to: &file)
    try add("age_days", zip(decisions, ends).map { $0 - $1 }, to: &file)
    try add("pit_flags", flags, to: &file)
    let risky = flags.map { flag in
      PointInTimeRisk(rawValue: flag).isDisjoint(with: .risky) ? UInt8(0) : 1
    }
    try file.add("pit_risk", risky.span.numberBytes, type: .boolean, shape: [risky.count])
    try file.finish()
  }

  private func writeSplits() throws(StorageError) {
    var longest: [String: [Int32]] = [:]
    for labels in content.labels.horizons {
      let view = LabelView(
        PanelLabels(y: ArrayFile(labels.y), knownOn: ArrayFile(labels.knownOn)),
        embargoDays: configuration.labels.embargoDays)
      let isLongest = labels.horizon == content.labels.horizons.last?.horizon
      let path = directory + "/" + PanelFiles.trainingRows(labels.horizon)
      var file = try NPZWriter(creating: path)
      for period in rows.periods.indices {
        let training = view.usable(
          0..<rows.ranges[period].lowerBound,
          by: CalendarDate(daysSinceEpoch: rows.decisionDays[period]))
        try add(rows.periods[period].description, training, to: &file)
        if isLongest { longest[rows.periods[period].description] = training }
      }
      try file.finish()
    }
    // The split without a horizon is purged for the longest one, so it is safe for all.
    var training = try NPZWriter(creating: directory + "/" + PanelFiles.trainingRows)
    for period in rows.periods {
      try add(period.description, longest[period.description] ?? [], to: &training)
    }
    try training.finish()
    var test = try NPZWriter(creating: directory + "/" + PanelFiles.testRows)
    for (period, range) in zip(rows.periods, rows.ranges) {
      try add(period.description, range.map { Int32($0) }, to: &test)
    }
    try test.finish()
  }

  // The span of a named array: one of a temporary makes the compiler of Swift 6.3 fail.
  private func add<Element: NPYElement>(
    _ name: String, _ values: [Element], to file: inout NPZWriter
  ) throws(StorageError) {
    try file.add(name, values.span)
  }

  private func addDays(
    _ name: String, _ days: [Int32], to file: inout NPZWriter
  ) throws(StorageError) {
    let wide = days.map { Int64($0) }
    try file.add(name, wide.span.numberBytes, type: .days, shape: [wide.count])
  }

  private func addTexts(
    _ name: String, _ texts: [String], to file: inout NPZWriter
  ) throws(StorageError) {
    let (bytes, width) = KeyColumn.packed(texts)
    try file.add(
      name, bytes.span.numberBytes, type: .text(width: width), shape: [texts.count])
  }
}
