/// Labels in the order of their scores, best first: sorted once for all measures of ranking.
///
/// ```swift
/// let ranked = try RankedLabels(scores: [0.9, 0.4, 0.4], labels: [1, 0, 1])
/// ranked.areaUnderROC        // 0.75: one pair right, one tied
/// ranked.precision(at: 1)    // 1
/// ```
public struct RankedLabels: Sendable {
  /// Places of the input from the highest score to the lowest; ties by key, then by place.
  public let order: [Int32]
  /// The labels in that order.
  public let labels: [UInt8]
  /// Where each group of equal scores ends (exclusive), ascending; the last is `count`.
  public let tieEnds: [Int32]
  /// The number of events.
  public let events: Int

  /// Sorts labels by score.
  ///
  /// Infinite scores are allowed and tie with their like.
  ///
  /// - Parameters:
  ///   - scores: raw scores; higher is more likely an event.
  ///   - labels: 1 for an event and 0 for none, aligned with `scores`.
  ///   - keys: break ties between equal scores, lowest first; without them the place does.
  /// - Throws: `MetricError` where lengths differ, a score is NaN, or a label is not 0 or 1.
  /// - Complexity: O(n), by radix sort.
  public init(scores: [Double], labels: [UInt8], keys: [UInt64]? = nil) throws(MetricError) {
    guard scores.count == labels.count, keys.map({ $0.count == scores.count }) ?? true else {
      throw .lengths(scores: scores.count, labels: labels.count, keys: keys?.count)
    }
    try MetricInput.check(scores, "score", accepted: "a number, not NaN") { !$0.isNaN }
    events = try MetricInput.events(labels)
    let sorted = RankOrder.sorted(
      scores.map { RankOrder.descendingKey($0) }, start: keys.map { RankOrder.ascending($0) })
    order = sorted.places
    self.labels = order.map { labels[Int($0)] }
    var ends: [Int32] = []
    for position in order.indices.dropFirst()
    where sorted.keys[position] != sorted.keys[position - 1] {
      ends.append(Int32(position))
    }
    if !order.isEmpty { ends.append(Int32(order.count)) }
    tieEnds = ends
  }

  /// The number of rows.
  public var count: Int { order.count }
  /// The number of rows that are no event.
  public var nonEvents: Int { count - events }

  /// For each place of the input its rank, 1 for the best; no two rows share a rank.
  public var ranks: [Int32] { RankOrder.ranks(order) }

  /// Why a measure of two classes is not defined, or `nil` where it is.
  package var missingClass: String? {
    if count == 0 { return "no rows" }
    return events == 0 || events == count ? "one class: \(events) events in \(count) rows" : nil
  }
}
