/// Why the record behind a row deserves caution, as bits of `riskFlags`.
public struct PointInTimeRisk: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// Creates a set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// The version in use at the decision date amends an earlier one.
  public static let restated = PointInTimeRisk(rawValue: 1)
  /// The source gives a date of availability before the period end; the safe lag was used.
  public static let impossibleAvailability = PointInTimeRisk(rawValue: 2)
  /// The source gives no date of availability; the safe lag was assumed.
  public static let assumedAvailability = PointInTimeRisk(rawValue: 4)
  /// What makes a row risky (`pit_risk`): restated, or with an impossible date.
  public static let risky: PointInTimeRisk = [.restated, .impossibleAvailability]
}
