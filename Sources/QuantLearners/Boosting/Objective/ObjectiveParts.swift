internal import QuantCore

/// How the rows of a fit are cut into parts, each of which one thread takes at a time.
///
/// A pointwise objective takes ranges of any length; a grouped one takes whole groups, so that a part
/// never ends inside of one.
struct ObjectiveParts: Sendable {
  /// The rows of each part, in order.
  let ranges: [Range<Int>]
  /// What an objective is called with, part by part: the part itself, or its groups.
  private let calls: [[Range<Int>]]

  /// Parts of rows for a pointwise objective.
  init(rows: Int, threads: Int) {
    ranges = ParallelFor.ranges(of: rows, parts: Self.parts(threads))
    calls = ranges.map { [$0] }
  }

  /// Parts of about equally many rows for a grouped objective.
  ///
  /// - Parameters:
  ///   - groups: ranges that follow each other from 0.
  init(groups: [Range<Int>], threads: Int) {
    let rows = groups.last?.upperBound ?? 0
    let ends = ParallelFor.ranges(of: rows, parts: Self.parts(threads)).map(\.upperBound)
    var (calls, next): ([[Range<Int>]], Int) = ([], 0)
    for end in ends {
      let first = next
      while next < groups.count, groups[next].lowerBound < end { next += 1 }
      if next > first { calls.append(Array(groups[first..<next])) }
    }
    self.calls = calls
    ranges = calls.map { ($0.first?.lowerBound ?? 0)..<($0.last?.upperBound ?? 0) }
  }

  private static func parts(_ threads: Int) -> Int { threads <= 1 ? 1 : 4 * threads }

  /// Writes the derivatives of the rows of one part, whose first row is row 0 of the results.
  func derivatives(
    _ objective: any BoostingObjective, part: Int, scores: Span<Double>, labels: Span<Float>,
    weights: Span<Float>, gradients: inout MutableSpan<Float>,
    hessians: inout MutableSpan<Float>
  ) {
    guard objective.isGrouped else {
      let range = ranges[part]
      objective.derivatives(
        scores: scores.extracting(range), labels: labels.extracting(range),
        weights: weights.extracting(range), gradients: &gradients, hessians: &hessians)
      return
    }
    let start = ranges[part].lowerBound
    for group in calls[part] {
      var (first, second) = (Self.zeros(group), Self.zeros(group))
      var firstSpan = first.mutableSpan
      var secondSpan = second.mutableSpan
      objective.derivatives(
        scores: scores.extracting(group), labels: labels.extracting(group),
        weights: weights.extracting(group), gradients: &firstSpan, hessians: &secondSpan)
      for (place, row) in group.enumerated() {
        gradients[row - start] = first[place]
        hessians[row - start] = second[place]
      }
    }
  }

  private static func zeros(_ range: Range<Int>) -> [Float] {
    [Float](repeating: 0, count: range.count)
  }

  /// The sum of weight x loss over all rows, exactly rounded.
  func lossSum(
    _ objective: any BoostingObjective, scores: Span<Double>, labels: Span<Float>,
    weights: Span<Float>, threads: Int
  ) -> Double {
    let sums = ParallelFor.map(count: calls.count, threads: threads) { part in
      var sum = ExactSum()
      var losses: [Double] = []
      for call in calls[part].flatMap({ objective.isGrouped ? [$0] : Self.pieces($0) }) {
        if losses.count != call.count { losses = [Double](repeating: 0, count: call.count) }
        var target = losses.mutableSpan
        objective.losses(
          scores: scores.extracting(call), labels: labels.extracting(call), losses: &target)
        for (place, row) in call.enumerated() { sum.add(Double(weights[row]) * losses[place]) }
      }
      return sum
    }
    var total = ExactSum()
    for sum in sums { total.add(sum) }
    return total.value
  }

  /// Pieces of a range whose losses fit the first-level cache.
  private static func pieces(_ range: Range<Int>) -> [Range<Int>] {
    stride(from: range.lowerBound, to: range.upperBound, by: 1_024).map {
      $0..<min($0 + 1_024, range.upperBound)
    }
  }
}
