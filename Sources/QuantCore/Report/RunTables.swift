/// The tables of a run folder, made from results; the only place that names their columns.
///
/// Undefined metrics are empty cells. Every table is a function of its results alone, so equal inputs
/// give equal bytes.
public enum RunTables {
  /// The order of the rows of predictions.
  public enum Order: Sendable {
    /// That of the panel: by firm.
    case panel
    /// Best first.
    case rank
  }

  /// Predictions of one task, one row for each row of the tested period.
  ///
  /// Columns: `quarter, horizon_mo, repeat_id, config_id, row, gvkey, datadate, snapshot_ts, y, score,
  /// p_raw, rank, selected`. `row` is the row of `X_global`, `y` is empty where the label is unknown.
  ///
  /// - Parameters:
  ///   - ranking: the ranked rows of the period.
  ///   - labels: aligned with the rows of the period, or `nil` to leave `y` empty.
  ///   - panel: the panel of the ranking.
  ///   - order: the order of the rows.
  public static func predictions(
    of ranking: RankResult, labels: [UInt8]?, in panel: CompiledPanel, order: Order = .panel
  ) -> ResultTable {
    var table = ResultTable(
      taskColumns + [
        "row", "gvkey", "datadate", "snapshot_ts", "y", "score", "p_raw", "rank", "selected",
      ])
    let decision = ranking.split.decisionDate.description
    let selected = Set(ranking.selection)
    let task = cells(of: ranking.task)
    var places = Array(0..<ranking.testRows.count)
    if order == .rank { places.sort { ranking.rank[$0] < ranking.rank[$1] } }
    for index in places {
      let row = ranking.testRows.lowerBound + index
      let label = labels?[index] ?? PanelLabels.unknown
      table.append(
        task + [
          .integer(row), .text(panel.firmKeys[row]), .text(panel.recordDate(row)?.description),
          .text(decision),
          .integer(label == PanelLabels.unknown ? nil : Int(label)), .number(ranking.raw[index]),
          .number(ranking.probability[index]), .integer(Int(ranking.rank[index])),
          .boolean(selected.contains(Int32(row))),
        ])
    }
    return table
  }

  /// Metrics of every task, in the order of the results.
  ///
  /// Columns: the task, `n_test_rows, n_events, event_rate, mean_p_raw, auc, average_precision,
  /// log_loss, brier, ece_equal_width, ece_equal_mass`, and for each K of the evaluation
  /// `hits_at_K, precision_at_K, lift_at_K, ndcg_at_K`.
  public static func quarterMetrics(_ results: [FitResult]) -> ResultTable {
    let depths = results.first?.metrics.topK.map(\.k) ?? []
    var table = ResultTable(
      taskColumns + [
        "n_test_rows", "n_known_labels", "n_events", "event_rate", "mean_p_raw", "auc",
        "average_precision", "log_loss", "brier", "ece_equal_width", "ece_equal_mass",
      ]
        + depths.flatMap {
          ["hits_at_\($0)", "precision_at_\($0)", "lift_at_\($0)", "ndcg_at_\($0)"]
        }
    )
    for result in results {
      let metrics = result.metrics
      let values = [
        metrics.eventRate, metrics.meanProbability, metrics.areaUnderROC, metrics.averagePrecision,
        metrics.logLoss, metrics.brierScore, metrics.calibrationErrorEqualWidth,
        metrics.calibrationErrorEqualMass,
      ]
      let top = metrics.topK.flatMap { top -> [ResultTable.Cell] in
        [
          .integer(top.hits), .number(top.precision.number), .number(top.lift.number),
          .number(top.normalizedDiscountedCumulativeGain.number),
        ]
      }
      table.append(
        cells(of: result.task)
          + [.integer(result.testRows.count), .integer(metrics.rows), .integer(metrics.events)]
          + values.map { .number($0.number) } + top)
    }
    return table
  }

  /// Predicted against observed, one row for each task, binning and bin.
  ///
  /// Columns: the task, `binning, bin, lower, upper, n_rows, n_events, mean_p_raw, event_rate`.
  public static func calibration(_ results: [FitResult]) -> ResultTable {
    var table = ResultTable(
      taskColumns + [
        "binning", "bin", "lower", "upper", "n_rows", "n_events", "mean_p_raw", "event_rate",
      ])
    for result in results {
      for reliability in [result.reliabilityEqualWidth, result.reliability] {
        for (index, bin) in reliability.bins.enumerated() {
          table.append(
            cells(of: result.task) + [
              .text(reliability.binning.rawValue), .integer(index + 1), .number(bin.lower),
              .number(bin.upper), .integer(bin.count), .integer(bin.events),
              .number(bin.meanProbability.number), .number(bin.eventRate.number),
            ])
        }
      }
    }
    return table
  }

  /// The columns that name a task.
  static let taskColumns = ["quarter", "horizon_mo", "repeat_id", "config_id"]

  static func cells(of task: TrainTask) -> [ResultTable.Cell] {
    [
      .text(task.period.description), .integer(task.horizon.months), .integer(task.repeatIndex),
      .text(task.configurationID),
    ]
  }
}

extension CompiledPanel {
  /// The period end of the record behind a row, or `nil` where the panel does not have it.
  public func recordDate(_ row: Int) -> CalendarDate? {
    guard let days = metadata?.periodEnd[row] else { return nil }
    return Int32(exactly: days).map { CalendarDate(daysSinceEpoch: $0) }
  }
}
