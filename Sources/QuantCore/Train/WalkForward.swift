/// What became of one task of a walk.
public enum TaskOutcome: Sendable {
  /// The task was fitted and evaluated.
  case finished(FitResult)
  /// The data does not support the task, such as one-class training data; the walk went on.
  case skipped(TrainTask, TrainError)

  /// The task.
  public var task: TrainTask {
    switch self {
    case .finished(let result): result.task
    case .skipped(let task, _): task
    }
  }

  /// The result, or `nil` where the task was skipped.
  public var result: FitResult? {
    if case .finished(let result) = self { result } else { nil }
  }
}

/// Trains and evaluates tasks one after the other, recording those the data cannot support as skipped.
///
/// Tasks that follow each other and share a window share its preparation, so list the horizons,
/// repeats and configurations of a period together. Its seconds count for the first of them.
///
/// - Parameters:
///   - tasks: periods, horizons and repeats, in the order in which they run.
///   - panel: the compiled panel.
///   - learner: the learner.
///   - configuration: its hyper-parameters.
///   - train: how rows are split and sampled, budgets and the seed.
///   - evaluate: what is measured.
///   - threads: threads to use; results do not depend on it.
///   - onOutcome: called after each task.
/// - Returns: One outcome for each task, in order.
/// - Throws: `TrainError` for what no later task would survive either: an unknown period or horizon,
///   unreadable features, an unusable configuration.
public func walkForward<L: Learner>(
  _ tasks: [TrainTask], in panel: CompiledPanel, learner: L, configuration: L.Configuration,
  train: TrainConfiguration, evaluate: EvaluationRule, threads: Int,
  onOutcome: (TaskOutcome) -> Void = { _ in }
) throws(TrainError) -> [TaskOutcome] {
  var prepared: PreparedWindow<L>?
  var outcomes: [TaskOutcome] = []
  for task in tasks {
    let outcome: TaskOutcome
    do throws(TrainError) {
      let split = try TaskRun<L>.split(task, in: panel, train: train, needsTestLabels: true)
      let isShared = prepared?.rows == split.window
      let window =
        if isShared, let prepared { prepared } else {
          try PreparedWindow(learner, rows: split.window, in: panel, threads: threads)
        }
      prepared = window
      var result = try trainEvalOne(
        task, in: panel, learner: learner, configuration: configuration, train: train,
        evaluate: evaluate, threads: threads, prepared: window)
      // The first task of a window pays for its preparation.
      if !isShared { result.ranking.seconds.addPreparation(window.seconds) }
      outcome = .finished(result)
    } catch {
      guard error.isSkippable else { throw error }
      outcome = .skipped(task, error)
    }
    outcomes.append(outcome)
    onOutcome(outcome)
  }
  return outcomes
}
