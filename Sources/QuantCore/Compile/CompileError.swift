/// Why a panel could not be compiled.
public enum CompileError: Error, Sendable {
  /// The configuration asks for something the data or the recipes do not offer.
  case configuration(ConfigurationError)
  /// A source could not be parsed.
  case table(TableError)
  /// A file could not be read or written.
  case storage(StorageError)
  /// Two records of a source have the same firm, period end and availability; lines are counted
  /// from 1 and include the header.
  case duplicateRecord(source: String, firm: String, periodEnd: CalendarDate, lines: [Int])
  /// No label window of this horizon ends within the data.
  case horizonTooLong(Horizon, firstDecision: CalendarDate, coveredTo: CalendarDate)
  /// No row is left; the counts say where they went.
  case empty(dropped: [DropCount])
  /// A rate lies below its configured threshold.
  case coverage(rate: String, value: Double, threshold: Double)
  /// A recipe produced an infinite value.
  case infiniteFeature(feature: String, firm: String, period: Period)
  /// An identifier leads to two firms on one day; lines are counted from 1 with the header.
  case ambiguousIdentifier(
    identifier: String, firms: [String], day: CalendarDate, file: String, lines: [Int])
  /// A compile was started inside a training task.
  case insideTraining
  /// The compile contradicts itself: a mistake of the program, not of the data.
  case inconsistent(String)
}

extension CompileError: CustomStringConvertible {
  /// One line: what is wrong, where, and what would be accepted.
  public var description: String {
    switch self {
    case .configuration(let error): return error.description
    case .table(let error): return error.description
    case .storage(let error): return error.description
    case .duplicateRecord(let source, let firm, let periodEnd, let lines):
      return "\(source): firm \(firm) has several records for \(periodEnd) available on one day "
        + "(lines \(lines.map(String.init).joined(separator: ", "))); accepted: one version a day, "
        + "one amendment among them, or conflicts: \"drop\""
    case .horizonTooLong(let horizon, let first, let last):
      return "horizon of \(horizon.months) months: no label window from \(first) on is known by "
        + "\(last), the end of the events; accepted: shorter horizons"
    case .empty(let dropped):
      let reasons = dropped.map { "\($0.reason) \($0.count)" }.joined(separator: ", ")
      return "no row is left (\(reasons)); accepted: a grid that meets the records"
    case .coverage(let rate, let value, let threshold):
      return "coverage.\(rate) is \(value); accepted: at least \(threshold)"
    case .infiniteFeature(let feature, let firm, let period):
      return "feature \(feature) is infinite for firm \(firm) in \(period); "
        + "accepted: finite values, or NaN for missing"
    case .ambiguousIdentifier(let identifier, let firms, let day, let file, let lines):
      return "\(file): identifier '\(identifier)' leads to firms "
        + "\(firms.joined(separator: " and ")) on \(day) (lines "
        + "\(lines.map(String.init).joined(separator: ", "))); accepted: one firm on each day"
    case .insideTraining:
      return "a compile was started inside a training task; accepted: compile before training"
    case .inconsistent(let what):
      return "internal inconsistency: \(what); please report it"
    }
  }
}
