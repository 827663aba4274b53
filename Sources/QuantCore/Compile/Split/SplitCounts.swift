/// How many rows and events each part of a split has.
///
/// The window is accounted for: `windowRows = trainingRows + notYetKnown + risky`.
public struct SplitCounts: Codable, Hashable, Sendable {
  /// Rows of the window.
  public var windowRows: Int
  /// Usable training rows.
  public var trainingRows: Int
  /// Events among them.
  public var trainingEvents: Int
  /// Rows of the window whose label is unknown, or known too late for the decision.
  public var notYetKnown: Int
  /// Rows with a known label that were left out because their record is risky.
  public var risky: Int
  /// Fit rows.
  public var fitRows: Int
  /// Events among them.
  public var fitEvents: Int
  /// Stop rows.
  public var stopRows: Int
  /// Events among them.
  public var stopEvents: Int
  /// Training rows that are neither fit nor stop rows: purged between the two.
  public var purged: Int
  /// Calibration rows.
  public var calibrateRows: Int
  /// Events among them.
  public var calibrateEvents: Int
  /// Rows of the tested period.
  public var testRows: Int
  /// Events among them, as far as labels are known.
  public var testEvents: Int
  /// Rows of the tested period without a known label.
  public var testUnknown: Int
}
