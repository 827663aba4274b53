/// What sampling did to the training rows of a task.
public struct SamplingReport: Codable, Hashable, Sendable {
  /// The policy.
  public var policy: SamplingPolicy
  /// Events, all of them kept.
  public var positives: Int
  /// Non-events before sampling.
  public var negativesAvailable: Int
  /// Non-events after sampling.
  public var negativesKept: Int

  /// Whether any row was left out.
  public var isSampled: Bool { negativesKept < negativesAvailable }
  /// The probability with which a non-event was kept: kept over available, 1 where there is none.
  public var inclusionProbability: Double {
    negativesAvailable == 0 ? 1 : Double(negativesKept) / Double(negativesAvailable)
  }
  /// The weight of a kept non-event: available over kept.
  public var negativeWeight: Double {
    negativesKept == 0 ? 1 : Double(negativesAvailable) / Double(negativesKept)
  }
  /// Rows that are used.
  public var rows: Int { positives + negativesKept }
}
