/// All measures of one evaluated task.
public struct TaskMetrics: Codable, Hashable, Sendable {
  /// Measures of the best `k` rows.
  public struct TopK: Codable, Hashable, Sendable {
    /// How many rows.
    public var k: Int
    /// Events among them.
    public var hits: Int
    /// See `RankedLabels.precision(at:)`.
    public var precision: MetricValue
    /// See `RankedLabels.lift(at:)`.
    public var lift: MetricValue
    /// See `RankedLabels.normalizedDiscountedCumulativeGain(at:)`.
    public var normalizedDiscountedCumulativeGain: MetricValue
  }

  /// Rows that were measured: those of the tested period with a known label.
  public var rows: Int
  /// Events among them.
  public var events: Int
  /// Share of events.
  public var eventRate: MetricValue
  /// Mean predicted probability.
  public var meanProbability: MetricValue
  /// See `RankedLabels.areaUnderROC`.
  public var areaUnderROC: MetricValue
  /// See `RankedLabels.averagePrecision`.
  public var averagePrecision: MetricValue
  /// See `ProbabilityMetrics.logLoss(probabilities:labels:)`.
  public var logLoss: MetricValue
  /// See `ProbabilityMetrics.brierScore(probabilities:labels:)`.
  public var brierScore: MetricValue
  /// Expected calibration error over bins of equal width.
  public var calibrationErrorEqualWidth: MetricValue
  /// Expected calibration error over bins of equal mass.
  public var calibrationErrorEqualMass: MetricValue
  /// Measures of the best rows, in the order asked for.
  public var topK: [TopK]

  /// Measures a ranking and its probabilities.
  ///
  /// - Parameters:
  ///   - ranked: the labels sorted by raw score.
  ///   - probabilities: aligned with `labels`, both in the order of the input.
  ///   - labels: 1 for an event and 0 for none.
  ///   - reliability: the tables of equal width and equal mass.
  ///   - topK: how many of the best rows are measured, once for each number.
  /// - Throws: `MetricError` for a probability outside of [0, 1] or NaN, or a wrong label.
  public init(
    ranked: RankedLabels, probabilities: [Double], labels: [UInt8],
    reliability: (equalWidth: ReliabilityTable, equalMass: ReliabilityTable), topK: [Int]
  ) throws(MetricError) {
    rows = ranked.count
    events = ranked.events
    eventRate =
      ranked.count == 0
      ? .undefined("no rows") : .value(Double(ranked.events) / Double(ranked.count))
    meanProbability = ProbabilityMetrics.mean(probabilities)
    areaUnderROC = ranked.areaUnderROC
    averagePrecision = ranked.averagePrecision
    logLoss = try ProbabilityMetrics.logLoss(probabilities: probabilities, labels: labels)
    brierScore = try ProbabilityMetrics.brierScore(probabilities: probabilities, labels: labels)
    calibrationErrorEqualWidth = reliability.equalWidth.expectedCalibrationError
    calibrationErrorEqualMass = reliability.equalMass.expectedCalibrationError
    self.topK = topK.map {
      TopK(
        k: $0, hits: ranked.hits(at: $0), precision: ranked.precision(at: $0),
        lift: ranked.lift(at: $0),
        normalizedDiscountedCumulativeGain: ranked.normalizedDiscountedCumulativeGain(at: $0))
    }
  }
}
