/// How the rows of a panel are split in time: the `train.split` section of a configuration.
///
/// ```swift
/// var rule = SplitRule()
/// rule.stopPeriods = 2
/// let split = try WindowSplit.make(
///   for: Period("2015Q3")!, horizon: Horizon(months: 3), in: panel, rule: rule)
/// ```
public struct SplitRule: Codable, Hashable, Sendable {
  /// Training looks back over this many periods before the tested one, or `nil` for all of them.
  public var windowPeriods: Int?
  /// How many of the last training periods choose the number of iterations; 0 for none.
  public var stopPeriods: Int
  /// How many of the last periods with known labels later calibrate probabilities.
  public var calibratePeriods: Int
  /// The fewest events, and the fewest non-events, that fit rows and stop rows must each have.
  public var minimumEvents: Int

  /// The defaults: an expanding window, 4 stop periods, 8 calibration periods, 20 events.
  public init() {
    windowPeriods = nil
    stopPeriods = 4
    calibratePeriods = 8
    minimumEvents = 20
  }

  /// Reads `train.split`.
  ///
  /// - Throws: `ConfigurationError` for a field that is unknown or out of range.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    let defaults = SplitRule()
    windowPeriods = try reader.optionalInteger(
      "windowPeriods",
      "training looks back over this many periods before the tested one; default: all of them",
      in: 1...10_000)
    stopPeriods = try reader.integer(
      "stopPeriods", default: defaults.stopPeriods,
      "how many of the last training periods choose the number of iterations; 0 for none",
      in: 0...1000)
    calibratePeriods = try reader.integer(
      "calibratePeriods", default: defaults.calibratePeriods,
      "how many of the last periods with known labels later calibrate probabilities",
      in: 0...1000)
    minimumEvents = try reader.integer(
      "minimumEvents", default: defaults.minimumEvents,
      "fewest events (and non-events) of fit rows and of stop rows; with fewer the number of "
        + "iterations is fixed", in: 1...1_000_000_000)
  }
}
