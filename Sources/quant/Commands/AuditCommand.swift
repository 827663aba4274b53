internal import QuantCore
internal import QuantLearners

extension Option {
  private static let auditDates = Option(
    "dates", "N", .integer(1...10_000), default: "as configured, 20",
    "how many dates, spread over the panel")
  private static let auditDate = Option(
    "date", "YYYY-MM-DD", .text, isRepeatable: true, "a date of your own in place of these")
  private static let auditSeed = Option(
    "seed", "N", .integer(0...Int.max), default: "1", "seed of the poisons")
  private static let auditIterations = Option(
    "iterations", "N", .integer(1...1_000_000), default: "20",
    "the most iterations of a fit; what leaks with many leaks with few")
  private static let auditWithout = Option(
    flag: "no-predictions", "compare no predictions, which takes no training")
  private static let auditOutput = Option(
    "output", "FILE", .file, "write all that was changed, compared and found (CSV)")
  static let auditOptions = (
    dates: auditDates, date: auditDate, seed: auditSeed, iterations: auditIterations,
    without: auditWithout, output: auditOutput
  )
}

extension Command {
  static let audit: Command = Command(
    "audit", "prove that no feature, label, split or prediction knows what came later",
    examples: [
      .init(
        "quant audit leak --config demo/demo.json",
        "change all later records at 20 dates; exit code 0 where nothing moves, else 1"),
      .init(
        "quant audit leak --config demo/demo.json --date 2015-09-30 --learner gbdt --output leak.csv",
        "one date, predictions of boosted trees, everything counted in a table"),
    ],
    positionals: [Positional("KIND", .choice(["leak"]), "what is audited")],
    required: [.config],
    options: [
      Option.auditOptions.dates, Option.auditOptions.date, Option.auditOptions.seed,
      .learner, Option.auditOptions.iterations, Option.auditOptions.without,
      Option.auditOptions.output, .data, .threads, .json,
    ]
  ) { arguments, console in
    let audit = try AuditRun(arguments)
    let clock = ContinuousClock()
    let start = clock.now
    let report = try audit.report(console)
    let seconds = (clock.now - start) / .seconds(1)
    if let file = arguments.text(Option.auditOptions.output) {
      try RunTables.leakAudit(report).write(to: file)
      console.note("audit of \(report.lines.count) poisons: \(file)")
    }
    console.say(LeakAuditText(report, seconds: seconds, style: console.output.style).text)
    console.json("audit leak", LeakAuditText.members(report, seconds: seconds))
    if let first = report.findings.first {
      let others = report.findings.count - 1
      throw CommandFailure(
        .leak,
        first.description
          + (others > 0 ? " (and \(NumberText.count(others, "other finding")))" : ""))
    }
    return .success
  }
}

/// What the arguments ask to be audited.
private struct AuditRun {
  private var inputs: RunInputs
  private let dates: [CalendarDate]
  private let seed: UInt64
  private let predictions: AuditedPredictions?

  init(_ arguments: Arguments) throws {
    var inputs = try RunInputs(arguments)
    if let name = arguments.text(.learner), name != inputs.configuration.learner.identifier {
      inputs.configuration.learner = LearnerDeclaration(identifier: name)
    }
    if let count = arguments.integer(Option.auditOptions.dates) {
      inputs.configuration.audit.dates = count
    }
    var dates: [CalendarDate] = []
    for text in arguments.texts(Option.auditOptions.date) {
      guard let date = CalendarDate(text) else {
        throw UsageError.invalidValue(
          "option '--date'", value: text, accepted: "a day that exists, such as 2015-09-30",
          command: arguments.command)
      }
      dates.append(date)
    }
    if !dates.isEmpty, arguments.has(Option.auditOptions.dates) {
      throw UsageError.conflict(
        "--date does not go with --dates; accepted: one of them", command: arguments.command)
    }
    let iterations = arguments.integer(Option.auditOptions.iterations) ?? 20
    let learner = try inputs.learner()
    var train = inputs.configuration.train
    let budget = train.budget.resolved(learner.defaultBudget)
    train.budget.maximumIterations = min(budget.maximumIterations, iterations)
    train.budget.fixedIterations = min(budget.fixedIterations, iterations)
    let (rules, threads, evaluate) = (train, inputs.threads, inputs.configuration.evaluate)
    let ranks: @Sendable (Period, Horizon, CompiledPanel) throws(TrainError) -> RankResult = {
      (period, horizon, panel) throws(TrainError) in
      try learner.rankOne(
        learner.task(period: period, horizon: horizon), in: panel, train: rules,
        evaluate: evaluate, threads: threads)
    }
    predictions =
      arguments.has(Option.auditOptions.without)
      ? nil : AuditedPredictions(learner: learner.identifier, ranking: ranks)
    seed = UInt64(arguments.integer(Option.auditOptions.seed) ?? 1)
    self.inputs = inputs
    self.dates = dates
  }

  func report(_ console: Console) throws -> LeakAuditReport {
    defer { console.endProgress() }
    let configuration = inputs.configuration
    let audit = LeakAudit(
      inputs.compiler, rule: configuration.audit, split: configuration.train.split,
      excludingRisky: configuration.train.excludePitRisk, predictions: predictions, dates: dates,
      seed: seed)
    do throws(AuditError) {
      return try audit.run { progress in
        console.progress(
          "auditing", detail: progress.detail, done: progress.completed, total: progress.total,
          unit: "poisons")
      }
    } catch {
      if case .compile(.configuration(let inner)) = error {
        throw RunInputs.failure(inner, in: inputs.path)
      }
      throw error
    }
  }
}
