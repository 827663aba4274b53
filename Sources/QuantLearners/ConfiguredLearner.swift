public import QuantCore

/// A learner together with its hyper-parameters, its types erased: opened once by a command.
///
/// Inside, every task runs the generic code of its learner; a user's learner works the same way.
public struct ConfiguredLearner: Sendable {
  /// The name of the learner.
  public let identifier: String
  /// The short hash of learner and parameters that tasks and artifacts carry.
  public let configurationID: String
  /// The parameters with all defaults filled in.
  public let parameters: JSONValue
  /// The iterations and patience that suit the learner.
  public let defaultBudget: FitBudget
  private let runner: any Runner
  private let opener: (any WindowOpener)?

  /// Binds a learner and its configuration.
  ///
  /// - Throws: `ConfigurationError` where a parameter has no JSON form, such as an infinity.
  public init<L: Learner>(
    _ learner: L, _ configuration: L.Configuration
  ) throws(ConfigurationError) {
    identifier = L.identifier
    configurationID = try LearnerDeclaration.configurationID(of: L.self, configuration)
    do {
      parameters = try JSONValue(encoding: configuration)
    } catch {
      throw ConfigurationError(
        parameter: "learner", value: "without a JSON form (\(error))", accepted: "finite numbers")
    }
    defaultBudget = L.Configuration.defaultBudget
    runner = TypedRunner(learner: learner, configuration: configuration)
    opener = nil
  }

  /// Binds a learner that can also be used by itself.
  ///
  /// - Throws: `ConfigurationError` where a parameter has no JSON form, such as an infinity.
  public init<L: StandaloneLearner>(
    standalone learner: L, _ configuration: L.Configuration
  ) throws(ConfigurationError) {
    let plain = try ConfiguredLearner(learner, configuration)
    identifier = plain.identifier
    configurationID = plain.configurationID
    parameters = plain.parameters
    defaultBudget = plain.defaultBudget
    runner = plain.runner
    opener = TypedOpener(learner: learner, configuration: configuration)
  }

  /// Prepares a window for fits without a panel.
  ///
  /// - Throws: `LearnerError`; `.configuration` for a learner that cannot be used by itself.
  public func open(
    _ window: TrainingWindow, threads: Int
  ) throws(LearnerError) -> OpenedWindow {
    guard let opener else {
      throw .configuration(
        ConfigurationError(
          parameter: "learner", value: "'\(identifier)', whose models have no files",
          accepted: "a learner that conforms to StandaloneLearner"))
    }
    return try opener.open(window, threads)
  }

  /// The task of a period, horizon and repeat under this configuration.
  public func task(period: Period, horizon: Horizon, repeatIndex: Int = 0) -> TrainTask {
    TrainTask(
      period: period, horizon: horizon, repeatIndex: repeatIndex,
      configurationID: configurationID)
  }

  /// See the function `trainEvalOne`.
  ///
  /// - Throws: `TrainError`.
  public func trainEvalOne(
    _ task: TrainTask, in panel: CompiledPanel, train: TrainConfiguration,
    evaluate: EvaluationRule, threads: Int
  ) throws(TrainError) -> FitResult {
    try runner.trainEval(task, panel, train, evaluate, threads)
  }

  /// See the function `rankOne`.
  ///
  /// - Throws: `TrainError`.
  public func rankOne(
    _ task: TrainTask, in panel: CompiledPanel, train: TrainConfiguration,
    evaluate: EvaluationRule, threads: Int
  ) throws(TrainError) -> RankResult {
    try runner.rank(task, panel, train, evaluate, threads)
  }

  /// See the function `walkForward`; prepared windows are shared between tasks of one period.
  ///
  /// - Throws: `TrainError`.
  public func walkForward(
    _ tasks: [TrainTask], in panel: CompiledPanel, train: TrainConfiguration,
    evaluate: EvaluationRule, threads: Int, onOutcome: (TaskOutcome) -> Void = { _ in }
  ) throws(TrainError) -> [TaskOutcome] {
    try runner.walk(tasks, panel, train, evaluate, threads, onOutcome)
  }
}

private protocol WindowOpener: Sendable {
  func open(_ window: TrainingWindow, _ threads: Int) throws(LearnerError) -> OpenedWindow
}

private struct TypedOpener<L: StandaloneLearner>: WindowOpener {
  let learner: L
  let configuration: L.Configuration

  func open(_ window: TrainingWindow, _ threads: Int) throws(LearnerError) -> OpenedWindow {
    try OpenedWindow(learner, configuration, window, threads: threads)
  }
}

private protocol Runner: Sendable {
  func trainEval(
    _ task: TrainTask, _ panel: CompiledPanel, _ train: TrainConfiguration,
    _ evaluate: EvaluationRule, _ threads: Int
  ) throws(TrainError) -> FitResult
  func rank(
    _ task: TrainTask, _ panel: CompiledPanel, _ train: TrainConfiguration,
    _ evaluate: EvaluationRule, _ threads: Int
  ) throws(TrainError) -> RankResult
  func walk(
    _ tasks: [TrainTask], _ panel: CompiledPanel, _ train: TrainConfiguration,
    _ evaluate: EvaluationRule, _ threads: Int, _ onOutcome: (TaskOutcome) -> Void
  ) throws(TrainError) -> [TaskOutcome]
}

private struct TypedRunner<L: Learner>: Runner {
  let learner: L
  let configuration: L.Configuration

  func trainEval(
    _ task: TrainTask, _ panel: CompiledPanel, _ train: TrainConfiguration,
    _ evaluate: EvaluationRule, _ threads: Int
  ) throws(TrainError) -> FitResult {
    try QuantCore.trainEvalOne(
      task, in: panel, learner: learner, configuration: configuration, train: train,
      evaluate: evaluate, threads: threads)
  }

  func rank(
    _ task: TrainTask, _ panel: CompiledPanel, _ train: TrainConfiguration,
    _ evaluate: EvaluationRule, _ threads: Int
  ) throws(TrainError) -> RankResult {
    try QuantCore.rankOne(
      task, in: panel, learner: learner, configuration: configuration, train: train,
      evaluate: evaluate, threads: threads)
  }

  func walk(
    _ tasks: [TrainTask], _ panel: CompiledPanel, _ train: TrainConfiguration,
    _ evaluate: EvaluationRule, _ threads: Int, _ onOutcome: (TaskOutcome) -> Void
  ) throws(TrainError) -> [TaskOutcome] {
    try QuantCore.walkForward(
      tasks, in: panel, learner: learner, configuration: configuration, train: train,
      evaluate: evaluate, threads: threads, onOutcome: onOutcome)
  }
}
