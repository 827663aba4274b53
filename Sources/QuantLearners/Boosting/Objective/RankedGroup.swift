internal import QuantCore

/// The rows of one group in the order of their scores, best first, and sums over their pairs.
///
/// Rows come in the order of their keys, which breaks ties; so the order of ranks, in which all sums
/// are taken, depends on scores and keys alone.
struct RankedGroup {
  /// What a pair counts.
  enum PairWeight {
    /// 1.
    case one
    /// By how much its exchange would change scale x gain, perhaps over the distance of the scores.
    case gain(scale: Double, isDistanceDivided: Bool)
  }

  private let order: [Int32]
  private let kernel: PairKernel
  private let cutoff: Int

  /// - Parameters:
  ///   - cutoff: pairs count where one row has a rank below it, ranks counted from 0.
  init(scores: Span<Double>, labels: Span<Float>, cutoff: Int, weight: PairWeight) {
    order = RankOrder.descending(scores.indices.map { scores[$0] })
    self.cutoff = cutoff
    let sorted = order.map { scores[Int($0)] }
    let grades = order.map { labels[Int($0)] }
    switch weight {
    case .one:
      kernel = PairKernel(
        scores: sorted, gains: grades.map(Double.init), discounts: [], scale: nil,
        isDistanceDivided: false)
    case .gain(let scale, let isDistanceDivided):
      // As in LightGBM, distances do not count where all scores are equal.
      let isSpread = sorted.first != sorted.last
      kernel = PairKernel(
        scores: sorted, gains: grades.map(RankingGrades.gain),
        discounts: order.indices.map { RankDiscounts[$0] }, scale: scale,
        isDistanceDivided: isDistanceDivided && isSpread)
    }
  }

  /// Writes derivatives in the order in which the rows came, times their weights.
  ///
  /// - Parameters:
  ///   - isScaled: whether all are multiplied by log2(1 + sum) / sum, of the sum of all gradients
  ///     without their signs.
  /// - Complexity: O(cutoff x rows).
  func derivatives(
    isScaled: Bool, weights: Span<Float>, gradients: inout MutableSpan<Float>,
    hessians: inout MutableSpan<Float>
  ) {
    var sums = [SIMD2<Double>](repeating: SIMD2(), count: order.count)
    let total = addDerivatives(to: &sums)
    let factor = isScaled && total > 0 ? Elementary.log1p(total) / Elementary.log(2) / total : 1
    for (rank, place) in order.enumerated() {
      let sum = sums[rank] * (factor * Double(weights[Int(place)]))
      gradients[Int(place)] = Float(sum.x)
      hessians[Int(place)] = Float(sum.y)
    }
  }

  /// Adds first and second derivatives by rank; returns the sum of first ones without their signs.
  private func addDerivatives(to sums: inout [SIMD2<Double>]) -> Double {
    var (secondList, distanceList, weightList) = lists
    var seconds = secondList.mutableSpan
    var distances = distanceList.mutableSpan
    var pairWeights = weightList.mutableSpan
    var target = sums.mutableSpan
    let gains = kernel.gains.span
    var total = 0.0
    for first in firstRanks {
      let count = kernel.list(
        first, seconds: &seconds, distances: &distances, weights: &pairWeights)
      PairKernel.differentiate(count, distances: &distances, weights: &pairWeights)
      var own = SIMD2<Double>()
      for place in 0..<count {
        let second = Int(seconds[place])
        let (slope, bend) = (distances[place], pairWeights[place])
        let signed = gains[second] < gains[first] ? slope : -slope
        target[second] += SIMD2(signed, bend)
        own += SIMD2(-signed, bend)
        total += 2 * slope
      }
      target[first] += own
    }
    return total
  }

  /// Writes the losses of pairs, each to its better row, in the order in which the rows came.
  func losses(into losses: inout MutableSpan<Double>) {
    var (secondList, distanceList, weightList) = lists
    var seconds = secondList.mutableSpan
    var distances = distanceList.mutableSpan
    var pairWeights = weightList.mutableSpan
    let gains = kernel.gains.span
    for row in losses.indices { losses[row] = 0 }
    for first in firstRanks {
      let count = kernel.list(
        first, seconds: &seconds, distances: &distances, weights: &pairWeights)
      PairKernel.measure(count, distances: &distances, weights: pairWeights.span)
      for place in 0..<count {
        let second = Int(seconds[place])
        let better = gains[second] < gains[first] ? first : second
        losses[Int(order[better])] += distances[place]
      }
    }
  }

  /// The earlier ranks of pairs.
  private var firstRanks: Range<Int> { 0..<min(cutoff, max(0, order.count - 1)) }

  private var lists: ([Int32], [Double], [Double]) {
    let numbers = [Double](repeating: 0, count: order.count + 3)
    return ([Int32](repeating: 0, count: order.count + 3), numbers, numbers)
  }
}
