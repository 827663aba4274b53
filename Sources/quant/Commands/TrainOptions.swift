internal import QuantCore

extension Option {
  static let quarter = Option(
    "quarter", "QUARTER", .suggestions(["latest", "all"]),
    "2015Q3, a range 2003Q1..2012Q4 or 2003..2012, all, or latest")
  static let repeats = Option(
    "repeats", "N", .integer(1...10_000), default: "1",
    "repeats of each task, with seeds of their own")
  static let mode = Option(
    "mode", "MODE", .choice(SamplingPolicy.Mode.allCases.map(\.rawValue)),
    default: "as configured", "non-events for each event in training: 10, 20 or all of them")
  static let ratio = Option(
    "neg-pos-ratio", "X", .positive, default: "that of the mode",
    "non-events for each event in training")
  static let excludeRisk = Option(
    flag: "exclude-pit-risk", "train without rows whose record was restated or misdated")
  static let seed = Option(
    "seed", "N", .integer(0...Int.max), default: "as configured", "seed of all random choices")
  static let learner = Option(
    "learner", "NAME", .text, default: "as configured",
    "the learner, with its default parameters unless the configuration names it")
  static let runFolder = Option(
    "out", "DIR", .directory, default: "runs/NAME-QUARTER-HORIZON-RUN", "folder of the run")

  /// Options that change how tasks are trained.
  static let training: [Option] = [mode, ratio, excludeRisk, seed, learner]
}

extension RunInputs {
  /// Puts what the arguments say about training in place of what the configuration says.
  mutating func override(_ arguments: Arguments) throws {
    if let text = arguments.text(.mode), let mode = SamplingPolicy.Mode(rawValue: text) {
      if mode == .none, arguments.has(.ratio) {
        throw UsageError.conflict(
          "--neg-pos-ratio does not go with --mode none; accepted: dev or standard",
          command: arguments.command)
      }
      configuration.train.sampling = SamplingPolicy(mode: mode)
    }
    if let ratio = arguments.number(.ratio) {
      let mode = configuration.train.sampling.mode
      configuration.train.sampling = SamplingPolicy(
        mode: mode == .none ? .dev : mode, negativesPerPositive: ratio)
    }
    if arguments.has(.excludeRisk) { configuration.train.excludePitRisk = true }
    if let seed = arguments.integer(.seed) { configuration.train.seed = UInt64(seed) }
    if let name = arguments.text(.learner), name != configuration.learner.identifier {
      configuration.learner = LearnerDeclaration(identifier: name)
    }
  }

  /// The selection of periods in the arguments.
  static func selection(_ arguments: Arguments) throws -> PeriodSelection {
    let text = try arguments.required(.quarter)
    guard let selection = PeriodSelection(text) else {
      throw UsageError.invalidValue(
        "option '--quarter'", value: text, accepted: PeriodSelection.accepted,
        command: arguments.command)
    }
    return selection
  }

  /// The horizon in the arguments, which the configuration must have.
  func horizon(_ arguments: Arguments) throws -> Horizon {
    let months = arguments.integer(.horizon) ?? 0
    let horizon = Horizon(months: months)
    guard configuration.compile.labels.horizons.contains(horizon) else {
      throw SplitError.unknownHorizon(
        horizon, available: configuration.compile.labels.horizons)
    }
    return horizon
  }
}
