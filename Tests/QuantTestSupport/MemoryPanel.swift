package import QuantCore

/// Makes small panels in memory, for tests of training.
///
/// Labels follow a logistic model of the features; a label of horizon h is known `h` months and the
/// recording lag after the decision, and unknown where that lies past the end of the data.
package struct MemoryPanel {
  /// First period of the grid.
  package var first = "2000Q1"
  /// Rows of each period.
  package var rowCounts: [Int]
  /// Number of features.
  package var featureCount = 6
  /// Horizons in months.
  package var horizons = [3]
  /// Days after a label window until it is recorded.
  package var recordingLagDays = 0
  /// Days between the day a label is known and the decision that may use it.
  package var embargoDays = 0
  /// Log odds of an event where all features are 0.
  package var intercept = -2.0
  /// Coefficients of the leading features; further ones have none.
  package var coefficients: [Double] = [1, -0.5, 0.25]
  /// Share of missing feature values.
  package var missingShare = 0.05
  /// Share of rows with the risk flag `restated`.
  package var riskyShare = 0.0
  /// Periods (by place) whose labels are all 0.
  package var periodsWithoutEvents: Set<Int> = []
  /// Labels in place of the model's, by horizon in months, one for each row.
  package var fixedLabels: [Int: [UInt8]] = [:]
  /// Seed of everything.
  package var seed: UInt64 = 1
  /// Order in which features are stored, as places; `nil` for ascending.
  package var columnOrder: [Int]?

  package init(periods: Int, rowsPerPeriod: Int) {
    rowCounts = Array(repeating: rowsPerPeriod, count: periods)
  }

  package init(rowCounts: [Int]) {
    self.rowCounts = rowCounts
  }

  /// The name of a feature by its place in `coefficients`.
  package static func featureName(_ index: Int) -> String {
    "feature_" + String(repeating: "0", count: max(0, 3 - String(index).count)) + String(index)
  }

  /// The panel.
  package func make() -> CompiledPanel {
    guard let start = Period(first) else { preconditionFailure("no period: \(first)") }
    var entries: [ManifestPeriod] = []
    var row = 0
    for (index, count) in rowCounts.enumerated() {
      let period = start.advanced(by: index)
      entries.append(
        ManifestPeriod(
          period, decisionDate: period.lastDay, firstRow: row, rowCount: count))
      row += count
    }
    let coveredTo = entries.last?.decisionDate ?? start.lastDay
    let rows = row
    let keys = (0..<rows).map { CounterStream(seed: seed, 1).bits(UInt64($0)) }
    let columns = (0..<featureCount).map { column(of: $0, keys: keys) }
    let stored = columnOrder ?? Array(0..<featureCount)
    var labels: [Horizon: PanelLabels] = [:]
    for months in horizons {
      labels[Horizon(months: months)] = makeLabels(
        months, entries: entries, columns: columns, keys: keys, coveredTo: coveredTo)
    }
    let risk = CounterStream(seed: seed, 2)
    return CompiledPanel(
      manifest: CompileManifest(
        inMemory: entries, featureCount: featureCount,
        horizons: horizons.map { Horizon(months: $0) }, recordingLagDays: recordingLagDays,
        embargoDays: embargoDays, coveredTo: coveredTo),
      featureNames: stored.map(Self.featureName),
      matrix: FeatureMatrix(columns: stored.map { columns[$0] }), rowKeys: ArrayFile(keys),
      quarterIDs: ArrayFile(
        entries.flatMap { Array(repeating: $0.quarterID, count: $0.rowCount) }),
      riskFlags: ArrayFile(
        keys.map { UInt8(risk.unit($0) < riskyShare ? PointInTimeRisk.restated.rawValue : 0) }),
      firmKeys: KeyColumn(
        entries.flatMap { entry in (0..<entry.rowCount).map { "F\(100_000 + $0)" } }),
      labels: labels)
  }

  /// Standard normal values, about, with some missing.
  private func column(of index: Int, keys: [UInt64]) -> [Float] {
    let value = CounterStream(seed: seed, 3, UInt64(index))
    let missing = CounterStream(seed: seed, 4, UInt64(index))
    return keys.map { key in
      if missing.unit(key) < missingShare { return .nan }
      var random = SplitMix64(seed: value.bits(key))
      return Float(random.normal())
    }
  }

  private func makeLabels(
    _ months: Int, entries: [ManifestPeriod], columns: [[Float]], keys: [UInt64],
    coveredTo: CalendarDate
  ) -> PanelLabels {
    let chance = CounterStream(seed: seed, 5)
    var (y, knownOn): ([UInt8], [Int32]) = ([], [])
    for (place, entry) in entries.enumerated() {
      let end = entry.decisionDate.addingMonths(months)
      let known = end.addingDays(recordingLagDays)
      for row in entry.rows {
        var score = intercept
        for (coefficient, column) in zip(coefficients, columns) where !column[row].isNaN {
          score += coefficient * Double(column[row])
        }
        let isEvent =
          chance.unit(keys[row]) < Elementary.logistic(score)
          && !periodsWithoutEvents.contains(place)
        let label: UInt8 = end > coveredTo ? PanelLabels.unknown : isEvent ? 1 : 0
        y.append(fixedLabels[months].map { $0[row] } ?? label)
        knownOn.append(known.daysSinceEpoch)
      }
    }
    return PanelLabels(y: ArrayFile(y), knownOn: ArrayFile(knownOn))
  }
}
