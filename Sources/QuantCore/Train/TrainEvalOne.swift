/// Fits one task, predicts its whole unsampled test period and measures the ranking.
///
/// The stages: slice the panel by index (`WindowSplit`, `SamplingPolicy`), prepare the window, choose
/// the number of iterations on the stop tail, refit on all training rows with that many (or a fixed
/// number where the data supports no tail), predict, measure. Compiling inside of it throws.
///
/// ```swift
/// let result = try trainEvalOne(
///   task, in: panel, learner: LogisticSGD(), configuration: LogisticConfiguration(),
///   train: TrainConfiguration(), evaluate: EvaluationRule(), threads: 2)
/// result.metrics.areaUnderROC
/// ```
///
/// - Parameters:
///   - task: period, horizon, repeat and configuration.
///   - panel: the compiled panel.
///   - learner: the learner.
///   - configuration: its hyper-parameters.
///   - train: how rows are split and sampled, budgets and the seed.
///   - evaluate: what is measured.
///   - threads: threads to use; the result does not depend on it.
///   - prepared: the prepared window of the period where the caller has it already.
/// - Returns: A result that depends on panel, task and configuration alone, seconds and memory apart.
/// - Throws: `TrainError`: `.split` with counts where the data cannot support the task (unknown
///   period or horizon, no known labels, one class), `.learner`, `.storage`, `.metric`.
/// - Complexity: that of the learner; memory for the sampled rows, never for the whole panel.
public func trainEvalOne<L: Learner>(
  _ task: TrainTask, in panel: CompiledPanel, learner: L, configuration: L.Configuration,
  train: TrainConfiguration, evaluate: EvaluationRule, threads: Int,
  prepared: PreparedWindow<L>? = nil
) throws(TrainError) -> FitResult {
  try PhaseGuard.training { () throws(TrainError) in
    var clock = StageClock()
    let run = TaskRun(
      task: task, panel: panel, learner: learner, configuration: configuration, train: train,
      threads: threads)
    var ranking = try run.rank(
      prepared: prepared, selection: evaluate.selection, needsTestLabels: true, clock: &clock)
    let evaluation = try Evaluation(ranking, panel: panel, rule: evaluate)
    ranking.finish(&clock)
    return FitResult(
      ranking: ranking, y: evaluation.y, metrics: evaluation.metrics,
      reliability: evaluation.equalMass, reliabilityEqualWidth: evaluation.equalWidth)
  }
}

/// Fits one task and ranks its test period, whose labels may be unknown: the newest period.
///
/// As `trainEvalOne`, without measures.
///
/// - Throws: `TrainError`, but never for unknown test labels.
public func rankOne<L: Learner>(
  _ task: TrainTask, in panel: CompiledPanel, learner: L, configuration: L.Configuration,
  train: TrainConfiguration, evaluate: EvaluationRule, threads: Int,
  prepared: PreparedWindow<L>? = nil
) throws(TrainError) -> RankResult {
  try PhaseGuard.training { () throws(TrainError) in
    var clock = StageClock()
    let run = TaskRun(
      task: task, panel: panel, learner: learner, configuration: configuration, train: train,
      threads: threads)
    var ranking = try run.rank(
      prepared: prepared, selection: evaluate.selection, needsTestLabels: false, clock: &clock)
    ranking.finish(&clock)
    return ranking
  }
}

/// The measures of a ranking, over the test rows with known labels.
private struct Evaluation {
  let y: [UInt8]
  let metrics: TaskMetrics
  let equalMass: ReliabilityTable
  let equalWidth: ReliabilityTable

  init(
    _ ranking: RankResult, panel: CompiledPanel, rule: EvaluationRule
  ) throws(TrainError) {
    guard let labels = panel.labels(ranking.task.horizon) else {
      throw .split(.unknownHorizon(ranking.task.horizon, available: panel.horizons))
    }
    let y = ranking.testRows.map { labels.y[$0] }
    self.y = y
    let known = y.indices.filter { y[$0] != PanelLabels.unknown }
    let knownLabels = known.map { y[$0] }
    let probabilities = known.map { ranking.probability[$0] }
    do throws(MetricError) {
      let ranked = try RankedLabels(
        scores: known.map { ranking.raw[$0] }, labels: knownLabels,
        keys: known.map { panel.rowKeys[ranking.testRows.lowerBound + $0] })
      equalMass = try ReliabilityTable(
        probabilities: probabilities, labels: knownLabels, binning: .equalMass, bins: rule.bins)
      equalWidth = try ReliabilityTable(
        probabilities: probabilities, labels: knownLabels, binning: .equalWidth, bins: rule.bins)
      metrics = try TaskMetrics(
        ranked: ranked, probabilities: probabilities, labels: knownLabels,
        reliability: (equalWidth, equalMass), topK: rule.topK)
    } catch {
      throw .metric(error)
    }
  }
}
