/// Why a learner could not fit.
public enum LearnerError: Error, Hashable, Sendable {
  /// All labels agree; `positives` of `rows` fit rows are events.
  case oneClass(positives: Int, rows: Int)
  /// There are no fit rows or no features.
  case empty(String)
  /// A label, weight or feature is not usable: which one, where, and what would be accepted.
  case invalid(what: String, row: Int, value: String, accepted: String)
  /// A parameter is out of range.
  case configuration(ConfigurationError)
  /// The features could not be read.
  case storage(StorageError)
}

extension LearnerError: CustomStringConvertible {
  /// One line: what is wrong, where, and what would be accepted.
  public var description: String {
    switch self {
    case .oneClass(let positives, let rows):
      "training data has one class only: \(positives) events in \(rows) rows; "
        + "accepted: at least one event and one non-event"
    case .empty(let what):
      "\(what); accepted: at least one row and one feature"
    case .invalid(let what, let row, let value, let accepted):
      "\(what) of row \(row) is \(value); accepted: \(accepted)"
    case .configuration(let error): error.description
    case .storage(let error): error.description
    }
  }
}
