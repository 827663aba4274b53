/// The rows that one task fits, stops, calibrates and tests on: the one owner of time.
///
/// For a tested period with decision date D:
/// - **test** rows are the rows of the period;
/// - **training** rows lie in earlier periods of the window, have a known label (0 or 1), and their
///   label was known, with the embargo added, on or before D. Positives are held back like negatives;
/// - **stop** rows are the training rows of the last `stopPeriods` periods that have any;
/// - **fit** rows are earlier training rows whose label was known, with the embargo added, on or
///   before the decision date of the first stop period (pairwise purging);
/// - **calibrate** rows are usable rows of the last `calibratePeriods` periods. They are training
///   rows too: calibration uses the out-of-time predictions made for them back then, so it costs none.
///
/// All row lists ascend. The split is a function of the labels and dates alone, so it does not depend
/// on features, learner or seed.
public struct WindowSplit: Hashable, Sendable {
  /// The tested period.
  public let period: Period
  /// How far ahead the event is predicted.
  public let horizon: Horizon
  /// The day on which the tested decision is made.
  public let decisionDate: CalendarDate
  /// Rows whose features training may see, whatever the horizon: those of the window's periods.
  public let window: Range<Int>
  /// All usable training rows; a fit with a chosen number of iterations uses all of them.
  public let training: [Int32]
  /// Rows that fit the model while the number of iterations is chosen.
  public let fit: [Int32]
  /// Rows whose loss chooses the number of iterations; empty where it is fixed.
  public let stop: [Int32]
  /// Rows whose out-of-time predictions later calibrate probabilities.
  public let calibrate: [Int32]
  /// The rows of the tested period.
  public let test: Range<Int>
  /// How the number of iterations is decided.
  public let stopping: StoppingPlan
  /// How many rows and events each part has.
  public let counts: SplitCounts
}
