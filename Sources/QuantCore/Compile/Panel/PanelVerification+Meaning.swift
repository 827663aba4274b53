// Whether the parts of a panel agree with each other: what no checksum can say.
extension PanelVerification {
  /// Every value is a number or missing.
  static func matrixProblems(_ panel: CompiledPanel) throws(StorageError) -> [String] {
    let matrix = try panel.features(upTo: panel.rowCount)
    var problems: [String] = []
    for (index, name) in panel.featureNames.enumerated() {
      let column = matrix.column(index)
      var isMissing = true
      for row in 0..<column.count {
        if column[row].isInfinite { problems.append("\(name) is infinite in row \(row)") }
        isMissing = isMissing && column[row].isNaN
      }
      if isMissing != panel.manifest.allMissingFeatures.contains(name) {
        problems.append(
          "\(name) is \(isMissing ? "" : "not ")all missing, unlike the manifest says")
      }
    }
    return problems
  }

  /// Period end ≤ availability ≤ decision date; age, row key and risk follow from the rest.
  static func metadataProblems(
    _ panel: CompiledPanel, _ folder: PanelFolder
  ) throws(StorageError) -> [String] {
    guard let metadata = panel.metadata else { return ["no metadata"] }
    let archive = try NPZReader(try folder.path(PanelFiles.metadata))
    let snapshots = try folder.days("snapshot_ts", in: archive)
    let risk = try archive.array("pit_risk", as: .boolean, of: UInt8.self)
    guard risk.count == panel.rowCount else { return ["pit_risk has \(risk.count) values"] }
    var problems: [String] = []
    var lastKey = ""
    for entry in panel.manifest.periods {
      let decision = Int64(entry.decisionDate.daysSinceEpoch)
      for row in entry.rows {
        let (end, available) = (metadata.periodEnd[row], metadata.available[row])
        if snapshots[row] != decision { problems.append("snapshot_ts differs in row \(row)") }
        if end > available { problems.append("available before the period end in row \(row)") }
        if available > decision { problems.append("not yet available in row \(row)") }
        if Int64(metadata.ageDays[row]) != decision - end {
          problems.append("age_days differs in row \(row)")
        }
        let flags = PointInTimeRisk(rawValue: panel.riskFlags[row])
        if (risk[row] == 1) == flags.isDisjoint(with: .risky) {
          problems.append("pit_risk differs from pit_flags in row \(row)")
        }
        let key = panel.firmKeys[row]
        if panel.rowKeys[row] != RowKey.key(firm: key, decisionDate: entry.decisionDate) {
          problems.append("row_key differs in row \(row)")
        }
        if row > entry.firstRow, !lastKey.precedesByBytes(key) {
          problems.append("firms out of order in row \(row)")
        }
        lastKey = key
      }
    }
    return problems
  }

  /// Both forms of the day on which a label is known agree.
  static func labelProblems(
    _ horizon: Horizon, _ folder: PanelFolder
  ) throws(StorageError) -> [String] {
    let archive = try folder.verifiedArchive(PanelFiles.labels(horizon))
    let short: ArrayFile<Int32> = try folder.column("t1", in: archive)
    let long = try folder.days("known_on", in: archive)
    let labels = try folder.labels(horizon)
    let coveredTo = folder.manifest.coveredTo.daysSinceEpoch
    var problems: [String] = []
    for entry in folder.manifest.periods {
      for row in entry.rows {
        if Int64(short[row]) != long[row] { problems.append("known_on differs in row \(row)") }
        if labels.y[row] != PanelLabels.unknown, short[row] > coveredTo {
          problems.append("row \(row) has a label that is known after the data end")
        }
      }
    }
    return problems
  }

  /// Training rows lie before the tested period, and their labels were known in time.
  static func trainingProblems(
    _ file: String, _ horizon: Horizon, _ panel: CompiledPanel, _ folder: PanelFolder
  ) throws(StorageError) -> [String] {
    guard let labels = panel.labels(horizon) else { return ["no labels of \(horizon)"] }
    let archive = try folder.verifiedArchive(file)
    let periods = panel.manifest.periods
    guard archive.names == periods.map(\.period.description) else {
      return ["members are not the periods"]
    }
    let view = LabelView(labels, embargoDays: panel.manifest.embargoDays)
    var problems: [String] = []
    for entry in periods {
      let rows: ArrayFile<Int32> = try archive.array(entry.period.description)
      let expected = view.usable(0..<entry.firstRow, by: entry.decisionDate)
      guard rows.count == expected.count else {
        problems.append("\(entry.period) has \(rows.count) rows, expected \(expected.count)")
        continue
      }
      let found = rows.span
      for index in 0..<found.count where found[index] != expected[index] {
        problems.append("\(entry.period) has row \(found[index]), expected \(expected[index])")
        break
      }
    }
    return problems
  }

  /// Test rows of a period are all its rows.
  static func testProblems(
    _ panel: CompiledPanel, _ folder: PanelFolder
  ) throws(StorageError) -> [String] {
    let archive = try folder.verifiedArchive(PanelFiles.testRows)
    guard archive.names == panel.periods.map(\.description) else {
      return ["members are not the periods"]
    }
    var problems: [String] = []
    for entry in panel.manifest.periods {
      let rows: ArrayFile<Int32> = try archive.array(entry.period.description)
      let isWhole =
        rows.count == entry.rowCount
        && (0..<rows.count).allSatisfy { Int(rows[$0]) == entry.firstRow + $0 }
      if !isWhole { problems.append("\(entry.period) has other rows than the period") }
    }
    return problems
  }

  /// Quarters sum to years, and years to the total.
  static func coverageProblems(_ folder: PanelFolder) throws(StorageError) -> [String] {
    let columns = ["events", "used"] + DealDrop.allCases.map { "dropped_" + $0.columnName }
    let schema = TableSchema(
      columns: [ColumnSchema("scope", .text), ColumnSchema("period", .text)]
        + columns.map { ColumnSchema($0, .integer) })
    do throws(TableReadError) {
      let table = try CSVReader(threads: 1).read(
        try CoverageSums.path(folder), schema: schema)
      return try CoverageSums(table, columns: columns).problems
    } catch {
      switch error {
      case .storage(let error): throw error
      case .table(let error): return [error.description]
      }
    }
  }
}

/// The sums of the lines of `coverage.csv`, by scope and year.
private struct CoverageSums {
  var problems: [String] = []

  static func path(_ folder: PanelFolder) throws(TableReadError) -> String {
    do throws(StorageError) { return try folder.path(PanelFiles.coverage) } catch {
      throw .storage(error)
    }
  }

  init(_ table: RawTable, columns: [String]) throws(TableReadError) {
    var quarters: [String: [Int64]] = [:]
    var years: [String: [Int64]] = [:]
    var totals: [Int64]?
    do throws(TableError) {
      let scope = try table.text("scope")
      let period = try table.text("period")
      var counts: [[Int64]] = []
      for name in columns { counts.append(try table.integers(name)) }
      for row in 0..<table.rowCount {
        let line = counts.map { $0[row] }
        let name = period[row] ?? ""
        switch scope[row] {
        case "quarter":
          let year = name == "unknown" ? name : String(name.prefix(4))
          quarters[year] = CoverageSums.sum(quarters[year], line)
        case "year": years[name] = line
        case "total": totals = line
        default: problems.append("line \(table.line(ofRow: row)) has no known scope")
        }
      }
    } catch {
      throw .table(error)
    }
    if quarters != years { problems.append("quarters do not sum to years") }
    var sum: [Int64]?
    for line in years.values { sum = CoverageSums.sum(sum, line) }
    if let sum, sum != totals { problems.append("years do not sum to the total") }
  }

  private static func sum(_ left: [Int64]?, _ right: [Int64]) -> [Int64] {
    guard let left else { return right }
    return zip(left, right).map { $0 &+ $1 }
  }
}
