// Configurations that are read from a file are checked there; these checks are for those made in code.
extension TrainConfiguration {
  /// Throws for the first value that is out of range, as reading it would.
  func check() throws(ConfigurationError) {
    func require(
      _ isUsable: Bool, _ name: String, _ value: String, _ accepted: String
    ) throws(ConfigurationError) {
      if isUsable { return }
      throw ConfigurationError(parameter: "train.\(name)", value: value, accepted: accepted)
    }
    func require(
      _ name: String, _ value: Int?, atLeast least: Int
    ) throws(ConfigurationError) {
      guard let value else { return }
      try require(value >= least, name, "\(value)", "at least \(least)")
    }
    try require("split.windowPeriods", split.windowPeriods, atLeast: 1)
    try require("split.stopPeriods", split.stopPeriods, atLeast: 0)
    try require("split.calibratePeriods", split.calibratePeriods, atLeast: 0)
    try require("split.minimumEvents", split.minimumEvents, atLeast: 1)
    try require("budget.maximumIterations", budget.maximumIterations, atLeast: 1)
    try require("budget.patience", budget.patience, atLeast: 1)
    try require("budget.fixedIterations", budget.fixedIterations, atLeast: 1)
    if let ratio = sampling.ratio {
      try require(
        ratio > 0 && ratio.isFinite, "sampling.negativesPerPositive", "\(ratio)",
        "a finite number above 0")
    }
  }
}
