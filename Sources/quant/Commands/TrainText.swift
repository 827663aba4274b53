internal import QuantCore

/// What a training run found, for reading.
struct TrainText {
  let outcomes: [TaskOutcome]
  let panel: CompiledPanel
  let style: Style

  /// One task in detail, or one line for each of many.
  var text: String {
    let results = outcomes.compactMap(\.result)
    if outcomes.count == 1, let result = results.first { return detail(result) }
    return list
  }

  private func detail(_ result: FitResult) -> String {
    let sampling = result.sampling
    let metrics = result.metrics
    let counts = result.split.counts
    var text = style.bold("\(result.task.period), \(result.task.horizon.months) months ahead")
    text += "  \(result.learner), \(NumberText.grouped(result.featureCount)) features\n\n"
    let rows = [
      (
        "train",
        "\(NumberText.count(counts.trainingRows, "row")), \(NumberText.count(counts.trainingEvents, "event")); "
          + (sampling.isSampled
            ? "sampled to \(NumberText.grouped(sampling.rows)), non-events weigh "
              + NumberText.fixed(sampling.negativeWeight, 2) : "all used")
      ),
      ("fit", TrainText.stopping(result)),
      (
        "test",
        "\(NumberText.count(result.testRows.count, "row")), \(NumberText.count(metrics.events, "event"))"
          + (counts.testUnknown > 0
            ? ", \(NumberText.grouped(counts.testUnknown)) labels unknown" : "")
      ),
      ("time", "\(NumberText.seconds(result.seconds.total))"),
    ]
    text += rows.map { "  \($0.0.padding(6))\($0.1)\n" }.joined() + "\n"
    let values: [(String, MetricValue)] = [
      ("AUC", metrics.areaUnderROC), ("average precision", metrics.averagePrecision),
      ("event rate", metrics.eventRate), ("mean probability", metrics.meanProbability),
      ("log loss", metrics.logLoss), ("Brier score", metrics.brierScore),
      ("calibration error", metrics.calibrationErrorEqualMass),
    ]
    for (name, value) in values {
      text += "  \(name.padding(18))\(TrainText.metric(value, 4))"
      text += (value.reason.map { style.dim("  undefined: \(TerminalText.safe($0))") } ?? "") + "\n"
    }
    return text + "\n" + top(metrics) + "\n" + best(result) + "\n"
  }

  private func top(_ metrics: TaskMetrics) -> String {
    var table = TextTable([
      .number("best"), .number("hits"), .number("precision"), .number("lift"), .number("NDCG"),
    ])
    for top in metrics.topK {
      table.append([
        String(top.k), String(top.hits), TrainText.metric(top.precision, 3),
        TrainText.metric(top.lift, 2), TrainText.metric(top.normalizedDiscountedCumulativeGain, 3),
      ])
    }
    return table.text(style: style, indent: 2)
  }

  private func best(_ result: FitResult) -> String {
    var table = TextTable([.number("rank"), .text("firm"), .number("p"), .text("event")])
    for (index, row) in result.selection.prefix(5).enumerated() {
      let place = Int(row) - result.testRows.lowerBound
      let event =
        switch result.y[place] {
        case 0: "no"
        case 1: "yes"
        default: "unknown"
        }
      table.append([
        String(index + 1), panel.firmKeys[Int(row)], NumberText.fixed(result.probability[place], 4),
        event,
      ])
    }
    return table.text(style: style, indent: 2)
  }

  private var list: String {
    var table = TextTable([
      .text("quarter"), .number("repeat"), .number("train"), .number("events"), .number("test"),
      .number("events"), .number("iterations"), .number("AUC"), .number("AP"), .number("Brier"),
      .number("seconds"), .text("note"),
    ])
    for outcome in outcomes {
      let task = outcome.task
      switch outcome {
      case .skipped:
        table.append(
          [task.period.description, String(task.repeatIndex)]
            + [String](repeating: "", count: 9) + ["skipped"])
      case .finished(let result):
        table.append([
          task.period.description, String(task.repeatIndex),
          NumberText.grouped(result.split.counts.trainingRows),
          NumberText.grouped(result.split.counts.trainingEvents),
          NumberText.grouped(result.testRows.count), NumberText.grouped(result.metrics.events),
          String(result.iterations.chosen), TrainText.metric(result.metrics.areaUnderROC, 3),
          TrainText.metric(result.metrics.averagePrecision, 3),
          TrainText.metric(result.metrics.brierScore, 4),
          NumberText.fixed(result.seconds.total, 2), "",
        ])
      }
    }
    let finished = outcomes.compactMap(\.result)
    let areas = finished.compactMap(\.metrics.areaUnderROC.number)
    var summary = "\n\(finished.count) of \(outcomes.count) tasks finished"
    if !areas.isEmpty {
      summary += ", mean AUC \(NumberText.fixed(areas.reduce(0, +) / Double(areas.count), 3))"
    }
    return table.text(style: style) + summary + "\n"
  }

  private static func stopping(_ result: FitResult) -> String {
    let count = NumberText.count(result.iterations.chosen, "iteration")
    switch result.split.stopping {
    case .fixed(let reason): return "\(count); \(reason)"
    case .tail(let periods):
      let first = periods.first?.description ?? ""
      let last = periods.last?.description ?? ""
      return "\(count), chosen on \(first) to \(last)"
        + (result.iterations.isEarlyStopped ? " (stopped early)" : "")
    }
  }

  static func metric(_ value: MetricValue, _ decimals: Int) -> String {
    value.number.map { NumberText.fixed($0, decimals) } ?? "-"
  }
}

extension String {
  /// The text with blanks behind it up to a number of characters.
  func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}

/// What a training run found, for programs.
enum TrainJSON {
  static func document(_ outcome: TaskOutcome) -> JSONValue {
    let task = outcome.task
    var members: [String: JSONValue] = [
      "quarter": .string(task.period.description), "horizon": .integer(task.horizon.months),
      "repeat": .integer(task.repeatIndex), "configID": .string(task.configurationID),
    ]
    switch outcome {
    case .skipped(_, let error):
      members["status"] = .string("skipped")
      members["reason"] = .string(error.description)
    case .finished(let result):
      members["status"] = .string("finished")
      members["metrics"] = (try? JSONValue(encoding: result.metrics)) ?? .null
      members["split"] = (try? JSONValue(encoding: result.split.counts)) ?? .null
      members["sampling"] = (try? JSONValue(encoding: result.sampling)) ?? .null
      members["iterations"] = .integer(result.iterations.chosen)
      members["isEarlyStopped"] = .bool(result.iterations.isEarlyStopped)
      members["seconds"] = (try? JSONValue(encoding: result.seconds)) ?? .null
    }
    return .object(members)
  }
}
