/// A fitted task with the ranking of its test rows; all arrays are aligned with `testRows`.
public struct RankResult: Sendable {
  /// The task.
  public var task: TrainTask
  /// The name of the learner.
  public var learner: String
  /// How the rows were split, with counts.
  public var split: SplitSummary
  /// What sampling did to the training rows of the final fit.
  public var sampling: SamplingReport
  /// How the number of iterations was chosen.
  public var iterations: IterationChoice
  /// The model of the final fit.
  public var model: any Predictor
  /// The rows of the tested period, all of them, unsampled.
  public var testRows: Range<Int>
  /// Raw scores; ranking uses these.
  public var raw: [Double]
  /// Uncalibrated probabilities (`p_raw`).
  public var probability: [Double]
  /// 1 for the highest raw score; ties are broken by row key.
  public var rank: [Int32]
  /// The best rows of the panel, best first: as many as asked for, or all there are.
  public var selection: [Int32]
  /// Columns of the panel.
  public var featureCount: Int
  /// Seconds of each stage.
  public var seconds: PhaseSeconds
  /// Memory before and after.
  public var memory: MemoryUse

  /// Notes time and memory at the end of the task.
  mutating func finish(_ clock: inout StageClock) {
    seconds.eval = clock.lap()
    seconds.total = clock.total
    memory.after = MemorySample.now()
  }
}

/// How the number of iterations of a fit was chosen.
public struct IterationChoice: Codable, Hashable, Sendable {
  /// Iterations of the final fit.
  public var chosen: Int
  /// Whether patience ran out before the most iterations were done.
  public var isEarlyStopped: Bool
  /// What the learner measured on the stop rows, or `nil` where the number is fixed.
  public var stopMetric: String?
  /// Stop loss after each iteration of the choosing fit, the smaller the better; empty where the number
  /// is fixed.
  public var stopCurve: [Double]
  /// The budget that applied.
  public var budget: FitBudget
}
