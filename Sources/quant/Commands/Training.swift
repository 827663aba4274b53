internal import QuantCore
internal import QuantLearners

/// One `quant train`: tasks, run, folder.
struct Training {
  let inputs: RunInputs
  let learner: ConfiguredLearner
  let compiled: CompileOutcome
  let memory: MemoryUse
  let console: Console

  private var panel: CompiledPanel { compiled.panel }
  private var train: TrainConfiguration { inputs.configuration.train }

  /// The tasks of a selection; repeats of a period stand together.
  ///
  /// - Throws: `SplitError` for a period that the panel does not have, or where not one of the tasks
  ///   can be trained: then the reason of the last.
  func tasks(
    _ selection: PeriodSelection, horizon: Horizon, repeats: Int
  ) throws -> [TrainTask] {
    let support = HorizonSupport.of(panel, windowPeriods: train.split.windowPeriods)
      .first { $0.horizon == horizon }
    let periods = try selection.periods(of: panel, newest: support?.evaluated?.upperBound)
    // Refused before anything is written: one task that works is enough to begin.
    var refusal: SplitError?
    for period in periods.reversed() {
      do throws(SplitError) {
        _ = try WindowSplit.make(
          for: period, horizon: horizon, in: panel, rule: train.split,
          excludingRisky: train.excludePitRisk)
        refusal = nil
        break
      } catch {
        refusal = error
      }
    }
    if let refusal { throw refusal }
    return periods.flatMap { period in
      (0..<repeats).map {
        learner.task(period: period, horizon: horizon, repeatIndex: $0)
      }
    }
  }

  /// What identifies the run of these tasks.
  func run(_ tasks: [TrainTask]) throws -> RunRecorder.Run {
    let commit = BuildInformation.commit
    let codeVersion = BuildInformation.version + (commit == "unknown" ? "" : "+" + commit)
    var configuration = inputs.configuration
    configuration.learner = LearnerDeclaration(
      identifier: learner.identifier, parameters: learner.parameters)
    let base = try configuration.runID(
      panelFingerprint: compiled.fingerprint.hexadecimal, codeVersion: codeVersion)
    return RunRecorder.Run(
      runID: RunFolder.runID(base: base, tasks: tasks), codeVersion: BuildInformation.version,
      codeCommit: commit, configuration: try inputs.document(), train: train,
      threads: inputs.threads)
  }

  /// The folder of a run where none is given: readable, and of its own for every run.
  func folder(for tasks: [TrainTask], runID: String) -> String {
    let first = tasks.first?.period.description ?? "none"
    let last = tasks.last?.period.description ?? "none"
    let name = panel.manifest.name.prefix(64).map { $0.isLetter || $0.isNumber ? $0 : "-" }
    let months = tasks.first?.horizon.months ?? 0
    return
      "runs/\(String(name))-\(first)\(first == last ? "" : "-\(last)")-\(months)m-\(runID.prefix(8))"
  }

  /// Trains and writes, task by task; tasks that the data does not support are recorded as skipped.
  func perform(
    _ tasks: [TrainTask], run: RunRecorder.Run, in folder: String
  ) throws -> [TaskOutcome] {
    var recorder = try RunRecorder(run, in: folder, compiled: compiled, memory: memory)
    defer { console.endProgress() }
    var done = 0
    console.progress("training", done: 0, total: tasks.count, unit: "tasks")
    // Period by period, so that files appear while the walk goes on; a period shares its window.
    for group in tasks.grouped(by: \.period) {
      let outcomes = try learner.walkForward(
        group, in: panel, train: train, evaluate: inputs.configuration.evaluate,
        threads: inputs.threads
      ) { outcome in
        done += 1
        console.progress(
          "training", detail: outcome.task.period.description, done: done, total: tasks.count,
          unit: "tasks")
      }
      for outcome in outcomes {
        try recorder.record(outcome)
        if case .skipped(let task, let error) = outcome {
          console.note("skipped \(task.period): \(error)")
        }
      }
    }
    try recorder.finish()
    return recorder.outcomes
  }
}

extension Array {
  /// Runs of neighbours with equal keys, in order.
  func grouped<Key: Equatable>(by key: (Element) -> Key) -> [[Element]] {
    var groups: [[Element]] = []
    for element in self {
      if let last = groups.last?.last, key(last) == key(element) {
        groups[groups.count - 1].append(element)
      } else {
        groups.append([element])
      }
    }
    return groups
  }
}
