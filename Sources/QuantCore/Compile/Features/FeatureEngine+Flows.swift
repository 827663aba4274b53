// Single periods and trailing years of flow columns, which sources write in three ways: as single
// periods, as sums since the start of the fiscal year, or as quarters with the year in the fourth.
extension FeatureEngine {
  /// How a column counts.
  private enum Flow {
    case plain
    case yearToDate
    case quarterThenYear
  }

  private func flow(_ column: String, _ source: FundamentalsSource) -> Flow {
    guard source.frequency == .quarterly else { return .plain }
    if source.yearToDate.contains(column) { return .yearToDate }
    return source.quarterThenYear.contains(column) ? .quarterThenYear : .plain
  }

  /// A column for single periods at a lag.
  ///
  /// Year to date: the record less that of the quarter before, which must be the one before by its
  /// fiscal quarter. Quarters with the year in the fourth: the year less its first three quarters.
  /// NaN where a record that is needed is missing or its fiscal quarter is not known.
  func singlePeriods(_ column: String, source: Int, lag: Int) -> [Float] {
    let key = "single \(source) \(column) \(lag)"
    if let known = cache.column(key) { return known }
    let set = histories[source].records
    let values = set.values[column] ?? []
    let result: [Float]
    switch flow(column, set.source) {
    case .plain:
      let index = recordIndex(source: source, lag: lag)
      result = rowValues { row in
        index[row] < 0 ? .nan : values[Int(index[row])]
      }
    case .yearToDate:
      let view = FlowView(self, source: source, column: column, lags: lag...lag + 1)
      result = rowValues { row in
        let quarter = view.quarter(row, 0)
        if quarter == 1 { return Float(finiteOrMissing: view.value(row, 0)) }
        guard quarter > 1, view.quarter(row, 1) == quarter - 1 else { return .nan }
        return Float(finiteOrMissing: view.value(row, 0) - view.value(row, 1))
      }
    case .quarterThenYear:
      let view = FlowView(self, source: source, column: column, lags: lag...lag + 3)
      result = rowValues { row in
        Float(finiteOrMissing: view.singleOfMixed(row, 0))
      }
    }
    cache.insert(result, for: key)
    return result
  }

  /// The sum of the four quarters that end with the record at a lag (twelve months for monthly
  /// sources, the record itself for annual ones).
  func trailingYear(_ column: String, source: Int, lag: Int) -> [Float] {
    let key = "year \(source) \(column) \(lag)"
    if let known = cache.column(key) { return known }
    let set = histories[source].records
    let result: [Float]
    switch (set.source.frequency, flow(column, set.source)) {
    case (.annual, _):
      return singlePeriods(column, source: source, lag: lag)
    case (.monthly, _), (.quarterly, .plain):
      let count = 12 / set.source.frequency.months
      let view = FlowView(self, source: source, column: column, lags: lag...lag + count - 1)
      result = rowValues { row in
        Float(finiteOrMissing: (0..<count).reduce(0.0) { $0 + view.value(row, $1) })
      }
    case (.quarterly, .yearToDate):
      let view = FlowView(self, source: source, column: column, lags: lag...lag + 4)
      result = rowValues { row in
        let quarter = view.quarter(row, 0)
        guard quarter > 0 else { return .nan }
        if quarter == 4 { return Float(finiteOrMissing: view.value(row, 0)) }
        guard view.quarter(row, quarter) == 4, view.quarter(row, 4) == quarter else { return .nan }
        return Float(
          finiteOrMissing: view.value(row, 0) + view.value(row, quarter) - view.value(row, 4))
      }
    case (.quarterly, .quarterThenYear):
      let view = FlowView(self, source: source, column: column, lags: lag...lag + 6)
      result = rowValues { row in
        let quarter = view.quarter(row, 0)
        guard quarter > 0 else { return .nan }
        if quarter == 4 { return Float(finiteOrMissing: view.value(row, 0)) }
        guard view.quarter(row, quarter) == 4 else { return .nan }
        var sum = view.value(row, quarter)
        for step in 0..<quarter {
          guard view.quarter(row, step) == quarter - step,
            view.quarter(row, step + 4) == quarter - step
          else { return .nan }
          sum += view.value(row, step) - view.value(row, step + 4)
        }
        return Float(finiteOrMissing: sum)
      }
    }
    cache.insert(result, for: key)
    return result
  }
}

/// A column at several consecutive lags, read record by record.
private struct FlowView: Sendable {
  private let index: [[Int32]]
  private let values: [Float]
  private let quarters: [UInt8]

  init(_ engine: FeatureEngine, source: Int, column: String, lags: ClosedRange<Int>) {
    index = lags.map { engine.recordIndex(source: source, lag: $0) }
    let set = engine.histories[source].records
    values = set.values[column] ?? []
    quarters = set.fiscalQuarter
  }

  /// The value at a step from the first lag; NaN where there is no record.
  func value(_ row: Int, _ step: Int) -> Double {
    let record = index[step][row]
    return record < 0 ? .nan : Double(values[Int(record)])
  }

  /// The fiscal quarter at a step, 0 where it is not known.
  func quarter(_ row: Int, _ step: Int) -> Int {
    let record = index[step][row]
    return record < 0 ? 0 : Int(quarters[Int(record)])
  }

  /// The single quarter of a column that holds the year in the fourth.
  func singleOfMixed(_ row: Int, _ step: Int) -> Double {
    let own = quarter(row, step)
    guard own > 0 else { return .nan }
    if own < 4 { return value(row, step) }
    var rest = value(row, step)
    for back in 1...3 {
      guard quarter(row, step + back) == 4 - back else { return .nan }
      rest -= value(row, step + back)
    }
    return rest
  }
}
