public import QuantCore

/// A window that a learner has prepared, its types erased; fits may follow one another.
public struct OpenedWindow: Sendable {
  private let fitter: any WindowFitter

  init<L: StandaloneLearner>(
    _ learner: L, _ configuration: L.Configuration, _ window: TrainingWindow, threads: Int
  ) throws(LearnerError) {
    let prepared = try learner.prepare(window, threads: threads)
    fitter = TypedFitter(
      learner: learner, configuration: configuration, window: window, prepared: prepared)
  }

  /// Rows of a group that measures of ranks should look at, as the configuration says.
  public var metricCutoff: Int { fitter.metricCutoff }

  /// Fits a model and keeps the one of the best iteration.
  ///
  /// Without stop rows, or with a patience of 0, that is the last iteration. Where the labels leave
  /// nothing to learn, the model is the prior and `priorReason` says why.
  ///
  /// - Parameters:
  ///   - sample: fit rows, and stop rows where patience is wanted.
  ///   - rule: iterations and patience.
  ///   - seed: decides every random choice.
  ///   - threads: threads to use; the model does not depend on it.
  ///   - continuing: a model of the same learner to go on from.
  ///   - onIteration: called after each iteration.
  /// - Throws: `LearnerError`.
  public func fit(
    _ sample: TrainingSample, rule: StoppingRule, seed: UInt64, threads: Int,
    continuing: (any StandaloneModel)? = nil, onIteration: (IterationReport) -> Void = { _ in }
  ) throws(LearnerError) -> StandaloneFit {
    try fitter.fit(sample, rule, seed, threads, continuing, onIteration)
  }
}

private protocol WindowFitter: Sendable {
  var metricCutoff: Int { get }
  func fit(
    _ sample: TrainingSample, _ rule: StoppingRule, _ seed: UInt64, _ threads: Int,
    _ continuing: (any StandaloneModel)?, _ onIteration: (IterationReport) -> Void
  ) throws(LearnerError) -> StandaloneFit
}

private struct TypedFitter<L: StandaloneLearner>: WindowFitter {
  let learner: L
  let configuration: L.Configuration
  let window: TrainingWindow
  let prepared: L.Prepared

  var metricCutoff: Int { learner.metricCutoff(of: configuration) }

  func fit(
    _ sample: TrainingSample, _ rule: StoppingRule, _ seed: UInt64, _ threads: Int,
    _ continuing: (any StandaloneModel)?, _ onIteration: (IterationReport) -> Void
  ) throws(LearnerError) -> StandaloneFit {
    let first = try typed(continuing)
    var trace = StopTrace(rule: rule)
    let model: L.Model
    do throws(LearnerError) {
      model = try learner.fit(
        prepared, sample, configuration: configuration, iterations: rule.iterations, seed: seed,
        threads: threads, continuing: first
      ) { report in
        onIteration(report)
        return trace.decide(report)
      }
    } catch {
      return try prior(sample, after: error, isFirst: first == nil)
    }
    var kept = model
    if trace.kept < trace.iterations {
      let before = first?.treeCount ?? 0
      if let earlier = learner.model(
        model, after: before + trace.kept, configuration: configuration)
      {
        kept = earlier
      } else {
        // The same choices again, only fewer of them.
        kept = try learner.fit(
          prepared, TrainingSample(fit: sample.fit), configuration: configuration,
          iterations: trace.kept, seed: seed, threads: threads, continuing: first
        ) { _ in .proceed }
      }
    }
    return StandaloneFit(
      model: kept, iterations: trace.iterations, keptIteration: trace.kept,
      stopLosses: trace.losses, isStoppedEarly: trace.isStopped, priorReason: nil)
  }

  /// The prior in the place of a fit that found one class; any other error goes on.
  private func prior(
    _ sample: TrainingSample, after error: LearnerError, isFirst: Bool
  ) throws(LearnerError) -> StandaloneFit {
    guard isFirst, case .oneClass = error else { throw error }
    let model = try learner.prior(window, sample, configuration: configuration)
    return StandaloneFit(
      model: model, iterations: 0, keptIteration: 0, stopLosses: [], isStoppedEarly: false,
      priorReason: error)
  }

  private func typed(_ model: (any StandaloneModel)?) throws(LearnerError) -> L.Model? {
    guard let model else { return nil }
    if let model = model as? L.Model { return model }
    throw .configuration(
      ConfigurationError(
        parameter: "continuing", value: "a model of another learner",
        accepted: "a model of \(L.identifier)"))
  }
}

/// The losses of a fit and the best of them so far.
private struct StopTrace {
  let rule: StoppingRule
  private(set) var losses: [Double] = []
  private(set) var iterations = 0
  private(set) var isStopped = false
  private var best = (loss: Double.infinity, iteration: 0)

  init(rule: StoppingRule) { self.rule = rule }

  /// The iteration whose model is kept.
  var kept: Int { rule.patience > 0 && best.iteration > 0 ? best.iteration : iterations }

  mutating func decide(_ report: IterationReport) -> FitDecision {
    iterations = report.iteration
    guard let loss = report.stopLoss else { return .proceed }
    losses.append(loss)
    if best.iteration == 0 || loss < best.loss - rule.minimumImprovement {
      best = (loss, report.iteration)
    }
    isStopped = rule.patience > 0 && report.iteration - best.iteration >= rule.patience
    return isStopped ? .stop : .proceed
  }
}
