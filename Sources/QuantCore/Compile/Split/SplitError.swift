/// Why a panel cannot be split for a period and horizon; every case says what would be accepted.
public enum SplitError: Error, Hashable, Sendable {
  /// The grid has no such period.
  case unknownPeriod(Period, first: Period?, last: Period?)
  /// The panel has no such horizon.
  case unknownHorizon(Horizon, available: [Horizon])
  /// The period has no rows.
  case emptyPeriod(Period, support: [HorizonSupport])
  /// No label of an earlier period is known at the decision; the first will be on `knownFrom`.
  /// `risky` usable rows were left out because their record is risky.
  case noKnownLabels(
    Period, Horizon, decision: CalendarDate, windowRows: Int, risky: Int,
    knownFrom: CalendarDate?, support: [HorizonSupport])
  /// The labels that are known at the decision all agree.
  case oneClass(Period, Horizon, events: Int, rows: Int, support: [HorizonSupport])
  /// No label of the tested period is known; the first will be on `knownFrom`, data permitting.
  case testLabelsUnknown(
    Period, Horizon, rows: Int, knownFrom: CalendarDate?, support: [HorizonSupport])

  /// Whether a walk over many periods records the period as skipped and goes on.
  public var isSkippable: Bool {
    switch self {
    case .unknownPeriod, .unknownHorizon: false
    case .emptyPeriod, .noKnownLabels, .oneClass, .testLabelsUnknown: true
    }
  }
}

extension SplitError: CustomStringConvertible {
  /// One line: what is wrong, where, and what would be accepted.
  public var description: String {
    switch self {
    case .unknownPeriod(let period, let first, let last):
      guard let first, let last else { return "period \(period): the panel has no periods" }
      return "period \(period) is not in the panel; accepted: \(first) to \(last)"
    case .unknownHorizon(let horizon, let available):
      let months = available.map { String($0.months) }.joined(separator: ", ")
      return "horizon of \(horizon.months) months is not in the panel; accepted: \(months)"
    case .emptyPeriod(let period, let support):
      return "period \(period) has no rows; accepted: \(Self.text(support))"
    case .noKnownLabels(
      let period, let horizon, let decision, let windowRows, let risky, let knownFrom,
      let support):
      let when = knownFrom.map { "; the first is known on \($0)" } ?? ""
      let left = risky > 0 ? " (\(risky) risky rows were left out)" : ""
      return "\(period), \(horizon): of \(windowRows) earlier rows none has a label known by "
        + "\(decision)\(left)\(when); accepted: \(Self.text(support))"
    case .oneClass(let period, let horizon, let events, let rows, let support):
      return "\(period), \(horizon): training data has one class only: \(events) events in "
        + "\(rows) rows; accepted: \(Self.text(support))"
    case .testLabelsUnknown(let period, let horizon, let rows, let knownFrom, let support):
      let when = knownFrom.map { " before \($0)" } ?? ""
      return "\(period), \(horizon): none of \(rows) labels is known\(when), so the period can be "
        + "ranked but not evaluated; accepted: \(Self.text(support))"
    }
  }

  private static func text(_ support: [HorizonSupport]) -> String {
    support.isEmpty
      ? "nothing: the panel has no horizons" : support.map(\.description).joined(separator: "; ")
  }
}
