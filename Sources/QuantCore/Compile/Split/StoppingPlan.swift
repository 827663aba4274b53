/// How the number of iterations of a task is decided.
public enum StoppingPlan: Hashable, Sendable {
  /// By the loss on the stop rows, which lie in these periods.
  case tail(periods: [Period])
  /// By the configuration, for the reason given.
  case fixed(FixedIterationsReason)
}

/// Why the data cannot support a stop tail.
public enum FixedIterationsReason: Hashable, Sendable, CustomStringConvertible {
  /// The rule asks for no stop periods.
  case notAsked
  /// So many periods have usable rows; at least `needed` are.
  case tooFewPeriods(available: Int, needed: Int)
  /// Fit or stop rows have fewer events or non-events than the rule asks for.
  case tooFewEvents(
    fitEvents: Int, fitRows: Int, stopEvents: Int, stopRows: Int, minimum: Int)

  /// One line with the counts.
  public var description: String {
    switch self {
    case .notAsked: "fixed iterations: stopPeriods is 0"
    case .tooFewPeriods(let available, let needed):
      "fixed iterations: \(available) periods have known labels, a stop tail needs \(needed)"
    case .tooFewEvents(let fitEvents, let fitRows, let stopEvents, let stopRows, let minimum):
      "fixed iterations: fit has \(fitEvents) events in \(fitRows) rows and stop \(stopEvents) in "
        + "\(stopRows), a stop tail needs \(minimum) events and non-events in each"
    }
  }
}
