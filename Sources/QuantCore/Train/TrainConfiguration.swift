/// How tasks are trained: the `train` section of a configuration.
public struct TrainConfiguration: Codable, Hashable, Sendable {
  /// How rows are split in time.
  public var split: SplitRule
  /// Which training rows are used.
  public var sampling: SamplingPolicy
  /// How long fits go on.
  public var budget: BudgetRule
  /// Seed of all random choices; with period, horizon and repeat it decides every one of them.
  public var seed: UInt64
  /// Whether training rows whose record has a point-in-time risk are left out.
  public var excludePitRisk: Bool

  /// The defaults.
  public init() {
    split = SplitRule()
    sampling = SamplingPolicy()
    budget = BudgetRule()
    seed = 1
    excludePitRisk = false
  }

  /// Reads the `train` section.
  ///
  /// - Throws: `ConfigurationError` for a field that is unknown or out of range.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    split = try reader.object("split", "how rows are split in time") {
      (r) throws(ConfigurationError) in try SplitRule(from: &r)
    }
    sampling = try reader.object("sampling", "which training rows are used") {
      (r) throws(ConfigurationError) in try SamplingPolicy(from: &r)
    }
    budget = try reader.object("budget", "how long fits go on") {
      (r) throws(ConfigurationError) in try BudgetRule(from: &r)
    }
    seed = UInt64(
      try reader.integer("seed", default: 1, "seed of all random choices", in: 0...Int.max))
    excludePitRisk = try reader.bool(
      "excludePitRisk", default: false,
      "leave training rows out whose record was restated or has an impossible date")
  }

  /// The random numbers that decide the fit of a task; the configuration of the learner is no part.
  public func fitSeed(of task: TrainTask) -> UInt64 {
    CounterStream(
      seed: seed, 0x666974, UInt64(task.period.frequency.months),
      UInt64(bitPattern: Int64(task.period.ordinal)), UInt64(task.horizon.months),
      UInt64(task.repeatIndex)
    ).key
  }
}
