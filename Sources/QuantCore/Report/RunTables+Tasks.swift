extension RunTables {
  /// What a task did beyond the columns of `timing.csv`: one row for each task, skipped ones included.
  ///
  /// Columns: the task, `status` (`finished` or `skipped`), `reason`, the learner, seeds, counts of
  /// the split and of sampling, weights, iterations, stopping, and the key of the panel. Nothing here
  /// depends on the machine; times and memory are in `logs/`.
  public static func tasks(
    _ outcomes: [TaskOutcome], train: TrainConfiguration, panelFingerprint: String
  ) -> ResultTable {
    var table = ResultTable(
      taskColumns + [
        "status", "reason", "learner", "run_seed", "fit_seed", "panel_key", "window_rows",
        "training_rows", "training_events", "not_yet_known", "risky", "fit_rows", "fit_events",
        "stop_rows", "stop_events", "purged", "calibrate_rows", "calibrate_events", "test_rows",
        "test_events", "test_unknown", "sampled", "neg_pos_ratio", "positives",
        "negatives_available",
        "negatives_kept", "negative_weight", "iterations", "maximum_iterations", "patience",
        "early_stopping", "early_stopped", "stopping", "stop_metric", "best_stop_loss",
        "n_features",
      ])
    for outcome in outcomes {
      let seeds: [ResultTable.Cell] = [
        .text(String(train.seed)), .text(String(train.fitSeed(of: outcome.task))),
        .text(panelFingerprint),
      ]
      switch outcome {
      case .skipped(let task, let error):
        let head = cells(of: task) + [.text("skipped"), .text(error.description), .missing] + seeds
        let rest = [ResultTable.Cell](
          repeating: .missing, count: table.columns.count - head.count)
        table.append(head + rest)
      case .finished(let result):
        table.append(
          cells(of: result.task) + [.text("finished"), .missing, .text(result.learner)] + seeds
            + cells(of: result.split.counts) + cells(of: result.sampling)
            + cells(of: result.iterations, result.split.stopping)
            + [.integer(result.featureCount)])
      }
    }
    return table
  }

  private static func cells(of counts: SplitCounts) -> [ResultTable.Cell] {
    [
      counts.windowRows, counts.trainingRows, counts.trainingEvents, counts.notYetKnown,
      counts.risky, counts.fitRows, counts.fitEvents, counts.stopRows, counts.stopEvents,
      counts.purged, counts.calibrateRows, counts.calibrateEvents, counts.testRows,
      counts.testEvents, counts.testUnknown,
    ].map { .integer($0) }
  }

  private static func cells(of sampling: SamplingReport) -> [ResultTable.Cell] {
    [
      .boolean(sampling.isSampled), .number(sampling.policy.ratio), .integer(sampling.positives),
      .integer(sampling.negativesAvailable), .integer(sampling.negativesKept),
      .number(sampling.negativeWeight),
    ]
  }

  private static func cells(
    of iterations: IterationChoice, _ stopping: StoppingPlan
  ) -> [ResultTable.Cell] {
    let isTail: Bool
    let words: String
    switch stopping {
    case .tail(let periods):
      isTail = true
      words = "tail " + periods.map(\.description).joined(separator: " ")
    case .fixed(let reason):
      isTail = false
      words = reason.description
    }
    return [
      .integer(iterations.chosen), .integer(iterations.budget.maximumIterations),
      .integer(iterations.budget.patience), .boolean(isTail),
      .boolean(iterations.isEarlyStopped), .text(words),
      iterations.stopMetric.map { .text($0) } ?? .missing, .number(iterations.stopCurve.min()),
    ]
  }

  /// How long tasks took and what they held: `logs/tasks.csv`, beside the exact columns of
  /// `timing.csv`.
  ///
  /// Columns: the task, `prepare_seconds, rss_peak_mb, workers, learner_threads` and the counters of
  /// the process after the task.
  public static func resources(
    _ results: [FitResult], threads: Int, counters: [ProcessCounters.Step: Int]
  ) -> ResultTable {
    let steps = ProcessCounters.Step.allCases
    var table = ResultTable(
      taskColumns + ["prepare_seconds", "rss_peak_mb", "workers", "learner_threads"]
        + steps.map { "\($0.rawValue)_calls" })
    for result in results {
      table.append(
        cells(of: result.task) + [
          .rounded(result.seconds.prepare, 6), .rounded(result.memory.after?.peakMB, 3),
          .integer(1), .integer(threads),
        ] + steps.map { .integer(counters[$0] ?? 0) })
    }
    return table
  }
}

extension RunTables {
  /// The notes of a task in `timing.csv`.
  static func notes(of result: FitResult) -> String {
    let sampling = result.sampling
    var notes = ["sampled=\(sampling.isSampled)"]
    switch result.split.stopping {
    case .tail:
      notes.append("early_stopping=true")
    case .fixed(let reason):
      notes += ["early_stopping=false", reason.description]
    }
    notes.append("iterations=\(result.iterations.chosen)")
    if let peak = result.memory.after?.peakMB {
      notes.append("rss_peak_mb=\((peak * 1e3).rounded() / 1e3)")
    }
    return notes.joined(separator: "; ")
  }

  /// Deals that found no firm because their identifier is missing or not in the map.
  public static func unmappedDeals(_ manifest: CompileManifest) -> Int {
    manifest.sources.filter { $0.source == "events" }.flatMap(\.dropped)
      .filter { ["missingIdentifier", "unmappedIdentifier"].contains($0.reason) }
      .reduce(0) { $0 + $1.count }
  }
}
