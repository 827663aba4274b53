/// Why an audit could not be carried out.
public enum AuditError: Error, Sendable {
  /// The sources cannot be read or compiled as they are.
  case compile(CompileError)
  /// A changed source cannot be compiled, although what was changed came after the date.
  case poisoned(source: String, Mutation, CalendarDate, CompileError)
  /// A task cannot be trained for another reason than what the data supports.
  case predictions(Period, Horizon, String)
  /// No decision with known labels is made on or before a date.
  case dateTooEarly(CalendarDate, first: CalendarDate)
  /// No decision date can be audited.
  case noDates
}

extension AuditError: CustomStringConvertible {
  /// One line: what is wrong, where, and what would be accepted.
  public var description: String {
    switch self {
    case .compile(let error): error.description
    case .poisoned(let source, let mutation, let date, let error):
      "the compile fails when records of \(source) after \(date) are poisoned "
        + "(\(mutation.rawValue)): \(error)"
    case .predictions(let period, let horizon, let reason):
      "\(period), \(horizon): the audit cannot train: \(reason)"
    case .dateTooEarly(let date, let first):
      "no decision with known labels is made by \(date); accepted: \(first) or later"
    case .noDates:
      "no decision date has rows and known labels before the last day of the sources; accepted: "
        + "sources that go on after the first decision whose labels are known"
    }
  }
}
