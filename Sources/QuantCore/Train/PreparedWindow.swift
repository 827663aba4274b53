/// What a learner computed once for a window of a panel, to be shared by all fits on it.
///
/// The window depends on the period and on `SplitRule.windowPeriods` alone, so one value serves every
/// horizon, repeat, sample and configuration of a period.
public struct PreparedWindow<L: Learner>: Sendable {
  /// The rows that were looked at.
  public let rows: Range<Int>
  /// What the learner computed.
  public let value: L.Prepared
  /// Seconds it took.
  public let seconds: Double

  /// Prepares the leading rows of a panel for training; counted as `ProcessCounters.Step.prepare`.
  ///
  /// - Throws: `TrainError.storage` or `.learner`.
  public init(
    _ learner: L, rows: Range<Int>, in panel: CompiledPanel, threads: Int
  ) throws(TrainError) {
    var clock = StageClock()
    let features: FeatureMatrix
    do throws(StorageError) {
      features = try panel.features(upTo: rows.upperBound)
    } catch {
      throw .storage(error)
    }
    let window = TrainingWindow(
      features: features, rows: rows, rowKeys: panel.rowKeys, featureNames: panel.featureNames)
    ProcessCounters.increment(.prepare)
    do throws(LearnerError) {
      value = try PhaseGuard.training { () throws(LearnerError) in
        try learner.prepare(window, threads: threads)
      }
    } catch {
      throw .learner(error)
    }
    self.rows = rows
    seconds = clock.lap()
  }
}
