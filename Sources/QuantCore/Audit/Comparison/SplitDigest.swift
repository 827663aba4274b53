/// The rows of one task, as a checksum and counts.
struct SplitDigest: Hashable, Sendable {
  let period: Period
  let horizon: Horizon
  /// Rows in all parts together.
  let rows: Int
  /// The counts, or why there is no split.
  let words: String
  private let digest: UInt64

  init(
    _ period: Period, _ horizon: Horizon, in panel: CompiledPanel, rule: SplitRule,
    excludingRisky: Bool
  ) {
    self.period = period
    self.horizon = horizon
    do throws(SplitError) {
      let split = try WindowSplit.make(
        for: period, horizon: horizon, in: panel, rule: rule, excludingRisky: excludingRisky,
        needsTestLabels: false)
      let parts = [split.training, split.fit, split.stop, split.calibrate]
      let ends = [split.window, split.test].flatMap {
        [Int32($0.lowerBound), Int32($0.upperBound)]
      }
      rows = parts.reduce(split.test.count) { $0 + $1.count }
      digest = (parts + [ends]).reduce(0) { XXH64.hash($1.span.numberBytes, seed: $0) }
      words =
        "\(horizon.months)m: training \(split.training.count), fit \(split.fit.count), stop "
        + "\(split.stop.count), calibrate \(split.calibrate.count), test \(split.test.count) rows"
    } catch {
      // Counts and supported periods in the message may name what came later.
      let reason =
        switch error {
        case .unknownPeriod: "unknown period"
        case .unknownHorizon: "unknown horizon"
        case .emptyPeriod: "empty period"
        case .noKnownLabels: "no known labels"
        case .oneClass: "one class"
        case .testLabelsUnknown: "unknown test labels"
        }
      rows = 0
      digest = 0
      words = "\(horizon.months)m: no split, \(reason)"
    }
  }
}
