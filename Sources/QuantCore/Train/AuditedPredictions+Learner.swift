extension AuditedPredictions {
  /// The predictions of a learner, by the function that ranks a task.
  ///
  /// - Parameters:
  ///   - learner: the name of the learner.
  ///   - rank: ranks a period, such as `rankOne` with everything else bound.
  public init(
    learner: String,
    ranking rank:
      @escaping @Sendable (
        _ period: Period, _ horizon: Horizon, _ panel: CompiledPanel
      ) throws(TrainError) -> RankResult
  ) {
    self.init(
      learner: learner,
      scores: { period, horizon, panel in
        do throws(TrainError) {
          return try rank(period, horizon, panel).raw
        } catch {
          guard error.isSkippable else { throw error }
          return nil
        }
      })
  }

  /// The predictions of a learner with its configuration.
  public init<L: Learner>(
    _ learner: L, configuration: L.Configuration, train: TrainConfiguration, threads: Int
  ) {
    let rank: @Sendable (Period, Horizon, CompiledPanel) throws(TrainError) -> RankResult = {
      (period, horizon, panel) throws(TrainError) in
      try rankOne(
        TrainTask(period: period, horizon: horizon, repeatIndex: 0, configurationID: "audit"),
        in: panel, learner: learner, configuration: configuration, train: train,
        evaluate: EvaluationRule(), threads: threads)
    }
    self.init(learner: L.identifier, ranking: rank)
  }
}
