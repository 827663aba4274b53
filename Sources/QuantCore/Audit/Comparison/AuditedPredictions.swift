/// The raw scores of one task: how the audit trains, without knowing how.
public struct AuditedPredictions: Sendable {
  /// The name of the learner.
  public let learner: String
  /// Raw scores of the rows of a period, or `nil` where the data cannot support the task.
  public let scores:
    @Sendable (_ period: Period, _ horizon: Horizon, _ panel: CompiledPanel) throws -> [Double]?

  /// Creates the predictions of a learner.
  public init(
    learner: String,
    scores:
      @escaping @Sendable (
        _ period: Period, _ horizon: Horizon, _ panel: CompiledPanel
      ) throws -> [Double]?
  ) {
    self.learner = learner
    self.scores = scores
  }
}
