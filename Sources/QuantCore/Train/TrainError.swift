/// Why a task could not be trained, ranked or evaluated.
public enum TrainError: Error, Hashable, Sendable {
  /// The panel cannot be split for the period and horizon.
  case split(SplitError)
  /// The learner could not fit.
  case learner(LearnerError)
  /// The features could not be read.
  case storage(StorageError)
  /// The learner's scores or probabilities cannot be measured.
  case metric(MetricError)
  /// A window was prepared for other rows than the task needs.
  case foreignWindow(expected: Range<Int>, prepared: Range<Int>)
  /// The configuration is not usable.
  case configuration(ConfigurationError)

  /// Whether a walk over many periods records the task as skipped and goes on.
  public var isSkippable: Bool {
    switch self {
    case .split(let error): error.isSkippable
    case .learner(.oneClass): true
    default: false
    }
  }
}

extension TrainError: CustomStringConvertible {
  /// One line: what is wrong, where, and what would be accepted.
  public var description: String {
    switch self {
    case .split(let error): error.description
    case .learner(let error): error.description
    case .storage(let error): error.description
    case .metric(let error): error.description
    case .foreignWindow(let expected, let prepared):
      "the window was prepared for rows \(prepared.lowerBound)..<\(prepared.upperBound); "
        + "accepted: rows \(expected.lowerBound)..<\(expected.upperBound)"
    case .configuration(let error): error.description
    }
  }
}
