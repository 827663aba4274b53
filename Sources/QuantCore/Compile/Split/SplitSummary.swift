/// What a result keeps of the split of its task: dates and counts, not the rows.
///
/// A walk holds the results of hundreds of tasks; the row lists of each would be megabytes.
/// `WindowSplit.make` gives them again.
public struct SplitSummary: Hashable, Sendable {
  /// The day on which the tested decision is made.
  public let decisionDate: CalendarDate
  /// Rows whose features training may see.
  public let window: Range<Int>
  /// How the number of iterations is decided.
  public let stopping: StoppingPlan
  /// How many rows and events each part has.
  public let counts: SplitCounts
}

extension WindowSplit {
  /// The split without its lists of rows.
  public var summary: SplitSummary {
    SplitSummary(decisionDate: decisionDate, window: window, stopping: stopping, counts: counts)
  }
}
