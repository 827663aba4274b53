/// A fitted and evaluated task.
///
/// Arrays are aligned with `testRows`. Nothing in it but `seconds` and `memory` depends on the machine
/// or on the number of threads.
public struct FitResult: Sendable {
  /// The fit and the ranking.
  public var ranking: RankResult
  /// Labels of the test rows: 0, 1, or 255 where unknown.
  public var y: [UInt8]
  /// Measures over the test rows with known labels.
  public var metrics: TaskMetrics
  /// Predicted against observed over bins of equal mass.
  public var reliability: ReliabilityTable
  /// Predicted against observed over bins of equal width.
  public var reliabilityEqualWidth: ReliabilityTable
}

extension FitResult {
  /// The task.
  public var task: TrainTask { ranking.task }
  /// The name of the learner.
  public var learner: String { ranking.learner }
  /// How the rows were split, with counts.
  public var split: SplitSummary { ranking.split }
  /// What sampling did to the training rows of the final fit.
  public var sampling: SamplingReport { ranking.sampling }
  /// How the number of iterations was chosen.
  public var iterations: IterationChoice { ranking.iterations }
  /// The model of the final fit.
  public var model: any Predictor { ranking.model }
  /// The rows of the tested period, all of them, unsampled.
  public var testRows: Range<Int> { ranking.testRows }
  /// Raw scores; ranking uses these.
  public var raw: [Double] { ranking.raw }
  /// Uncalibrated probabilities (`p_raw`).
  public var probability: [Double] { ranking.probability }
  /// 1 for the highest raw score; ties are broken by row key.
  public var rank: [Int32] { ranking.rank }
  /// The best rows of the panel, best first.
  public var selection: [Int32] { ranking.selection }
  /// Columns of the panel.
  public var featureCount: Int { ranking.featureCount }
  /// Seconds of each stage.
  public var seconds: PhaseSeconds { ranking.seconds }
  /// Memory before and after.
  public var memory: MemoryUse { ranking.memory }
}
