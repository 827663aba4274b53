public import QuantCore

/// How well the predictions of a model agree with labels: the usual measures of its kind.
///
/// Rows count by their weights. Probabilities get `log_loss`, `auc` and `average_precision`; values get
/// `rmse` and `mae`; ranks get `ndcg` and `precision` of the first rows of each group.
public struct PredictionMetrics: Sendable {
  /// One measure; its value is `nil` where it is not defined, such as `auc` of one class.
  public struct Measure: Sendable {
    /// The name.
    public var name: String
    /// The value.
    public var value: Double?
  }

  /// The measures, in the order of a report.
  public let measures: [Measure]

  /// Rows of a group that measures of ranks look at where nobody says.
  public static let defaultCutoff = 10

  /// Measures raw scores.
  ///
  /// - Parameters:
  ///   - model: the model that gave them.
  ///   - raw: one score a row, aligned with `rows`.
  ///   - rows: labels, weights and groups; its places are looked up in `rowKeys`.
  ///   - rowKeys: order rows of one score within a group.
  ///   - cutoff: rows of a group that measures of ranks look at.
  ///   - threads: threads to use; values do not depend on it.
  /// - Complexity: O(rows), by radix sort.
  public init(
    _ model: any StandaloneModel, raw: [Double], rows: TrainingSample.Rows, rowKeys: [UInt64],
    cutoff: Int = defaultCutoff, threads: Int
  ) {
    precondition(raw.count == rows.rows.count)
    switch model.kind {
    case .probability:
      let metrics: [any BoostingMetric] =
        Self.hasBothClasses(rows) ? [AreaUnderROC(), AveragePrecision()] : []
      let ranked = metrics.map { Self.measure($0, raw, rows, [raw.indices], threads) }
      let none = metrics.isEmpty ? ["auc", "average_precision"] : []
      measures =
        [Measure(name: "log_loss", value: Self.logLoss(model, raw, rows))] + ranked
        + none.map { Measure(name: $0, value: nil) }
    case .value:
      let predictions = raw.map { model.prediction(raw: $0) }
      let metrics = [
        PredictionError(.rootMeanSquared, link: .identity),
        PredictionError(.meanAbsolute, link: .identity),
      ]
      measures = metrics.map { Self.measure($0, predictions, rows, [raw.indices], threads) }
    case .rank:
      var numbered = rows
      numbered.rows = rows.rows.indices.map { Int32($0) }
      let keys = rows.rows.map { rowKeys[Int($0)] }
      let ordered = OrderedRows(numbered, rowKeys: keys.span)
      let scores = ordered.rows.rows.map { raw[Int($0)] }
      let metrics: [any BoostingMetric] = [
        NormalizedGain(cutoff: cutoff), PrecisionAtCutoff(cutoff: cutoff),
      ]
      measures = metrics.map { Self.measure($0, scores, ordered.rows, ordered.groups, threads) }
    }
  }

  private static func measure(
    _ metric: any BoostingMetric, _ scores: [Double], _ rows: TrainingSample.Rows,
    _ groups: [Range<Int>], _ threads: Int
  ) -> Measure {
    let value = metric.value(
      scores: scores.span, labels: rows.labels.span, weights: rows.weights.span, groups: groups,
      threads: threads)
    return Measure(name: metric.name, value: value)
  }

  private static func hasBothClasses(_ rows: TrainingSample.Rows) -> Bool {
    rows.positiveCount > 0 && rows.positiveCount < rows.rows.count
  }

  /// Labels that are no events count as none, as those above one half count as events.
  private static func logLoss(
    _ model: any StandaloneModel, _ raw: [Double], _ rows: TrainingSample.Rows
  ) -> Double {
    var (sum, total) = (ExactSum(), ExactSum())
    for row in raw.indices {
      let probability = min(max(model.prediction(raw: raw[row]), 0x1p-52), 1 - 0x1p-52)
      let weight = Double(rows.weights[row])
      let log =
        rows.labels[row] > 0.5 ? Elementary.log(probability) : Elementary.log1p(-probability)
      sum.add(-log * weight)
      total.add(weight)
    }
    return sum.value / total.value
  }
}
