/// Which non-events of the training rows are used: the `train.sampling` section.
///
/// All events are kept. Of the non-events those with the smallest random number are, which is a
/// function of (run seed, period, horizon, repeat, row key) and never of a learner's configuration:
/// every trial sees the same rows, and the rows of a smaller ratio are among those of a larger one.
/// Weights of the kept non-events restore the base rate. Stop and test rows are never sampled.
public struct SamplingPolicy: Codable, Hashable, Sendable {
  /// A named ratio.
  public enum Mode: String, Codable, Hashable, Sendable, CaseIterable {
    /// All rows.
    case none
    /// Ten non-events for each event: quick enough to try things.
    case dev
    /// Twenty non-events for each event.
    case standard

    /// Non-events for each event, or `nil` for all.
    public var negativesPerPositive: Double? {
      switch self {
      case .none: nil
      case .dev: 10
      case .standard: 20
      }
    }
  }

  /// The named ratio.
  public var mode: Mode
  /// Non-events for each event in place of the ratio of the mode, or `nil`; greater than 0.
  public var negativesPerPositive: Double?

  /// Creates a policy; without arguments ten non-events for each event.
  public init(mode: Mode = .dev, negativesPerPositive: Double? = nil) {
    self.mode = mode
    self.negativesPerPositive = negativesPerPositive
  }

  /// Reads `train.sampling`.
  ///
  /// - Throws: `ConfigurationError` for an unknown mode or a ratio that is not above 0.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    mode = try reader.choice(
      "mode", default: Mode.dev,
      "non-events used for training: all (none), 10 (dev) or 20 (standard) for each event")
    // 0 stands for the ratio of the mode, so that the field can be left out.
    let ratio = try reader.number(
      "negativesPerPositive", default: 0,
      "non-events for each event in place of the mode's ratio; 0 for the mode's own",
      accepted: "x ≥ 0"
    ) { $0 >= 0 && $0.isFinite }
    negativesPerPositive = ratio > 0 ? ratio : nil
    if mode == .none, ratio > 0 {
      throw reader.error(
        "negativesPerPositive", "\(ratio) with mode none", accepted: "mode dev or standard")
    }
  }

  /// Non-events for each event, or `nil` for all of them.
  public var ratio: Double? {
    mode == .none ? nil : negativesPerPositive ?? mode.negativesPerPositive
  }

  /// The random numbers that decide the sample of a task.
  public static func stream(
    seed: UInt64, period: Period, horizon: Horizon, repeatIndex: Int
  ) -> CounterStream {
    CounterStream(
      seed: seed, 0x7361_6D70_6C65, UInt64(period.frequency.months),
      UInt64(bitPattern: Int64(period.ordinal)), UInt64(horizon.months), UInt64(repeatIndex))
  }

  /// Chooses and weighs training rows.
  ///
  /// The kept non-events are as many as the ratio times the events, rounded, or all where there are
  /// not so many. Their weight is all over kept, rounded to `Float`, so the sum of their weights is
  /// the number of all non-events within a relative 6e-8.
  ///
  /// - Parameters:
  ///   - rows: training rows, ascending, with labels 0 or 1.
  ///   - labels: labels of all rows of the panel.
  ///   - rowKeys: keys of all rows of the panel.
  ///   - stream: the random numbers of the task, drawn by row key.
  /// - Complexity: O(n).
  public func sample(
    _ rows: [Int32], labels: Span<UInt8>, rowKeys: Span<UInt64>, stream: CounterStream
  ) -> (rows: TrainingSample.Rows, report: SamplingReport) {
    let negatives = rows.filter { labels[Int($0)] == 0 }
    let positives = rows.count - negatives.count
    var kept = negatives.count
    if let ratio {
      kept = min(kept, Int(min((ratio * Double(positives)).rounded(), 0x1p53)))
    }
    let report = SamplingReport(
      policy: self, positives: positives, negativesAvailable: negatives.count,
      negativesKept: kept)
    let weight = Float(report.negativeWeight)
    guard kept < negatives.count else {
      return (.labelled(rows, labels, negativeWeight: weight), report)
    }
    var isKept = [Bool](repeating: false, count: negatives.count)
    let order = RankOrder.ascending(negatives.map { stream.bits(rowKeys[Int($0)]) })
    for place in order.prefix(kept) { isKept[Int(place)] = true }
    var (chosen, next) = ([Int32](), 0)
    chosen.reserveCapacity(positives + kept)
    for row in rows {
      if labels[Int(row)] == 0 {
        if isKept[next] { chosen.append(row) }
        next += 1
      } else {
        chosen.append(row)
      }
    }
    return (.labelled(chosen, labels, negativeWeight: weight), report)
  }
}

extension TrainingSample.Rows {
  /// Rows with their labels, events weighing 1 and non-events `negativeWeight`.
  static func labelled(
    _ rows: [Int32], _ labels: Span<UInt8>, negativeWeight: Float = 1
  ) -> TrainingSample.Rows {
    var (values, weights): ([Float], [Float]) = ([], [])
    values.reserveCapacity(rows.count)
    weights.reserveCapacity(rows.count)
    for row in rows {
      let isEvent = labels[Int(row)] == 1
      values.append(isEvent ? 1 : 0)
      weights.append(isEvent ? 1 : negativeWeight)
    }
    return TrainingSample.Rows(rows: rows, labels: values, weights: weights)
  }

  /// Puts each row into the group that its row of the panel has, such as its period.
  mutating func group(by identifiers: Span<Int32>) {
    groups = rows.map { identifiers[Int($0)] }
  }
}
