internal import QuantCore

extension GradientBoosting {
  /// Throws where parameters or the number of rows cannot work.
  func check(
    _ prepared: BinnedMatrix, _ fit: TrainingSample.Rows, _ configuration: BoostingConfiguration,
    _ iterations: Int
  ) throws(LearnerError) {
    func require(
      _ holds: Bool, _ parameter: String, _ value: String, _ accepted: String
    ) throws(LearnerError) {
      if holds { return }
      try Self.check(ConfigurationError(parameter: parameter, value: value, accepted: accepted))
    }
    try Self.check(configuration.firstError())
    try require(iterations >= 1, "iterations", "\(iterations)", "at least 1")
    try require(
      fit.rows.count <= WideSum.rowLimit, "rows", "\(fit.rows.count)",
      "at most \(WideSum.rowLimit)")
  }

  static func check(_ error: ConfigurationError?) throws(LearnerError) {
    if let error { throw .configuration(error) }
  }

  /// What is minimised and what is measured, once all rows are found to suit them.
  func resolve(
    _ prepared: BinnedMatrix, _ fit: TrainingSample.Rows, _ stop: TrainingSample.Rows?,
    in stopRows: Range<Int>, _ configuration: BoostingConfiguration
  ) throws(LearnerError) -> (any BoostingObjective, any BoostingMetric) {
    let named = try LearnerError.ofConfiguration { () throws(ConfigurationError) in
      try configuration.resolvedObjective(custom: customObjective)
    }
    try SampleCheck.filled(fit)
    try SampleCheck.places(fit, window: prepared.window.rows)
    try named.check(fit, isFit: true)
    let objective = named.adapted(to: fit)
    let score = objective.startScore(fit)
    guard score.isFinite else {
      throw .configuration(
        ConfigurationError(
          parameter: "objective", value: "a start score of \(score)",
          accepted: "a finite number"))
    }
    let metric = try LearnerError.ofConfiguration { () throws(ConfigurationError) in
      try configuration.resolvedMetric(objective, custom: customMetric)
    }
    guard let stop else { return (objective, metric) }
    try SampleCheck.places(stop, window: stopRows)
    if stop.groups.isEmpty != fit.groups.isEmpty {
      throw .configuration(
        ConfigurationError(
          parameter: "groups", value: "given for \(fit.groups.isEmpty ? "stop" : "fit") rows alone",
          accepted: "groups of fit and of stop rows, or of neither"))
    }
    try objective.check(stop, isFit: false)
    try metric.check(stop)
    return (objective, metric)
  }
}

extension LearnerError {
  /// Passes an error of a configuration on as one of a learner.
  fileprivate static func ofConfiguration<Result>(
    _ body: () throws(ConfigurationError) -> Result
  ) throws(LearnerError) -> Result {
    do throws(ConfigurationError) { return try body() } catch { throw .configuration(error) }
  }
}
