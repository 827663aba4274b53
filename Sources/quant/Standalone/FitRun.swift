internal import QuantCore
internal import QuantLearners

/// One `quant fit`: read, make keys, prepare, fit, measure, write.
struct FitRun {
  private let arguments: Arguments
  private let console: Console
  private let settings: FitSettings
  private let meter = RunMeter()

  init(_ arguments: Arguments, _ console: Console) throws {
    self.arguments = arguments
    self.console = console
    try FitRun.checkPairs(arguments)
    settings = try FitSettings(arguments)
  }

  /// Options that need others.
  private static func checkPairs(_ arguments: Arguments) throws {
    func conflict(_ text: String) -> UsageError { .conflict(text, command: arguments.command) }
    let dependent: [Option] = [.validationLabels, .validationWeights, .validationGroups]
    for option in dependent where arguments.has(option) && !arguments.has(.validationFeatures) {
      throw conflict("\(option.spelling) needs --validation-features")
    }
    if arguments.has(.labels), arguments.has(.labelColumn) {
      throw conflict("--labels and --label-column are two places of the labels; accepted: one")
    }
    let features = try arguments.required(.features)
    if arguments.has(.labelColumn), !DataFile(features).isTable {
      throw conflict("--label-column names a column of a table, and \(features) is none")
    }
    if !arguments.has(.labels), !arguments.has(.labelColumn) {
      throw UsageError.missingArgument(
        "--labels FILE, or --label-column NAME with a table", command: arguments.command)
    }
    if arguments.has(.validationFeatures), arguments.has(.labels),
      !arguments.has(.validationLabels)
    {
      throw conflict("--validation-features needs --validation-labels")
    }
    if arguments.has(.groups) != arguments.has(.validationGroups),
      arguments.has(.validationFeatures)
    {
      throw conflict("--groups and --validation-groups need each other")
    }
  }

  func perform() throws {
    let inputs: [Option] = [
      .features, .labels, .weights, .groups, .keys, .names, .validationFeatures, .validationLabels,
      .validationWeights, .validationGroups, .parameters,
    ]
    let output = try OutputFile(
      arguments.required(.modelOutput), inputs: inputs.map { arguments.text($0) })
    defer { console.endProgress() }
    var warnings = RunWarnings(console)
    let data = try read()
    let first = try arguments.text(.firstModel).map { path in
      try continued(path)
    }
    report(data, &warnings)
    meter.end("read")
    let window = try window(of: data.fit, keys: arguments.text(.keys), &warnings)
    let validationWindow = try data.validation.map { rows in
      try self.window(of: rows, keys: nil, &warnings)
    }
    meter.end("keys")
    progress("preparing", 0, 0, "")
    let opened = try settings.learner.open(window, threads: settings.threads)
    meter.end("prepare")
    let fit = try fitted(opened, data, validationWindow, first)
    meter.end("fit")
    if let reason = fit.priorReason {
      warnings.add(.oneClass, "\(reason); the model is the prior alone")
    } else if fit.model.isConstant {
      warnings.add(.constantModel, "no split was found: every row gets the same prediction")
    }
    let cutoff = opened.metricCutoff
    let metrics = FitMetrics(
      training: measure(fit.model, data.fit, window, cutoff: cutoff),
      validation: zip(data.validation, validationWindow).map {
        measure(fit.model, $0, $1, cutoff: cutoff)
      })
    meter.end("evaluate")
    let content = try fit.model.fileContent(for: output.path)
    let path = output.path
    try output.finish(content)
    meter.end("write")
    console.endProgress()
    let report = FitReport(
      settings: settings, data: data.fit, validation: data.validation, fit: fit, metrics: metrics,
      model: (path, content.count), continuedTrees: first?.treeCount ?? 0, meter: meter,
      warnings: warnings)
    console.say(report.results)
    if !settings.isQuiet { console.note(report.notes) }
    console.json("fit", report.members)
  }

  // MARK: - Reading

  private func read() throws -> (fit: LabelledRows, validation: LabelledRows?) {
    progress("reading", 0, 0, "")
    let fit = try LabelledRows(
      LabelledRows.Files(
        features: arguments.required(.features), labels: arguments.text(.labels),
        labelColumn: arguments.text(.labelColumn), weights: arguments.text(.weights),
        groups: arguments.text(.groups), names: arguments.text(.names)),
      infinite: arguments.infinite, threads: settings.threads)
    guard let path = arguments.text(.validationFeatures) else { return (fit, nil) }
    let isTable = DataFile(path).isTable
    var validation = try LabelledRows(
      LabelledRows.Files(
        features: path, labels: arguments.text(.validationLabels),
        labelColumn: isTable && !arguments.has(.validationLabels)
          ? arguments.text(.labelColumn) : nil,
        weights: arguments.text(.validationWeights), groups: arguments.text(.validationGroups),
        names: isTable ? nil : arguments.text(.names)),
      infinite: arguments.infinite, threads: settings.threads)
    validation.features = try validation.features.matching(fit.features)
    return (fit, validation)
  }

  private func report(
    _ data: (fit: LabelledRows, validation: LabelledRows?), _ warnings: inout RunWarnings
  ) {
    for rows in [data.fit] + [data.validation].compactMap({ $0 }) {
      warnings.addInfinite(rows.features.infiniteCount, in: rows.features.path)
      if rows.zeroWeights > 0 {
        warnings.add(
          .zeroWeights,
          "\(rows.features.path): \(NumberText.count(rows.zeroWeights, "row")) of weight 0 left out"
        )
      }
    }
  }

  /// The model to go on from.
  private func continued(_ path: String) throws -> any StandaloneModel {
    let (learner, model) = try LearnerRegistry.standard.model(contentsOf: path)
    guard learner == settings.learner.identifier else {
      throw StorageError.foreign(
        path: path, found: "a model of \(learner)",
        accepted: "a model of \(settings.learner.identifier)")
    }
    return model
  }

  // MARK: - Fitting

  /// The rows with their keys.
  private func window(
    of rows: LabelledRows, keys path: String?, _ warnings: inout RunWarnings
  ) throws -> TrainingWindow {
    let (features, names) = (rows.features, rows.features.names)
    let keys: [UInt64]
    if let path {
      keys = try RowValues(path, "key").keys(count: rows.rowCount, of: features.path)
      let repeated = ContentKeys.repeatedCount(keys, threads: settings.threads)
      if repeated > 0 {
        warnings.add(
          .repeatedKeys, "\(path): \(NumberText.count(repeated, "row")) with the key of another row"
        )
      }
    } else {
      keys = ContentKeys.keys(
        of: features.matrix, names: names, besides: rows.besides, threads: settings.threads)
    }
    return TrainingWindow(
      features: features.matrix, rows: 0..<rows.rowCount,
      rowKeys: try ArrayFile(inScratchFile: keys),
      featureNames: names,
      categoricalColumns: try settings.categoricalColumns(of: names, in: features.path))
  }

  private func fitted(
    _ opened: OpenedWindow, _ data: (fit: LabelledRows, validation: LabelledRows?),
    _ validationWindow: TrainingWindow?, _ first: (any StandaloneModel)?
  ) throws -> StandaloneFit {
    let rule = settings.rule(hasValidation: data.validation != nil)
    let sample = TrainingSample(
      fit: data.fit.sample, stop: data.validation?.sample, stopWindow: validationWindow)
    do throws(LearnerError) {
      return try opened.fit(
        sample, rule: rule, seed: settings.seed, threads: settings.threads, continuing: first
      ) { report in
        let loss = report.stop.map { "\($0.name) \(NumberText.fixed($0.value, 5))" } ?? ""
        progress("training", report.iteration, rule.iterations, "trees", detail: loss)
      }
    } catch {
      throw located(error, data)
    }
  }

  /// Says in which file the label of an error stands.
  private func located(
    _ error: LearnerError, _ data: (fit: LabelledRows, validation: LabelledRows?)
  ) -> any Error {
    guard case .invalid(let what, let row, let value, _) = error, what == "label" else {
      return error
    }
    let isFit = data.fit.labels.indices.contains(row) && "\(data.fit.labels[row])" == value
    let rows = isFit ? data.fit : data.validation ?? data.fit
    return CommandFailure(.invalidTraining, "\(rows.labelPath): \(error)")
  }

  private func measure(
    _ model: any StandaloneModel, _ rows: LabelledRows, _ window: TrainingWindow, cutoff: Int
  ) -> PredictionMetrics {
    let sample = rows.sample
    let all = model.rawScores(
      window.features, rows: 0..<rows.rowCount, threads: settings.threads)
    return PredictionMetrics(
      model, raw: sample.rows.map { all[Int($0)] }, rows: sample,
      rowKeys: rows.groups.isEmpty ? [] : window.rowKeys.span.indices.map { window.rowKeys[$0] },
      cutoff: cutoff, threads: settings.threads)
  }

  private func progress(
    _ phase: String, _ done: Int, _ total: Int, _ unit: String, detail: String = ""
  ) {
    if settings.isQuiet { return }
    console.progress(phase, detail: detail, done: done, total: total, unit: unit)
  }
}

/// Pairs two optionals.
private func zip<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
  guard let first, let second else { return nil }
  return (first, second)
}
