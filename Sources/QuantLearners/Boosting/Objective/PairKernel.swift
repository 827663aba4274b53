// The pairs of one row of a ranked group with all rows of later ranks that differ in gain. Fast because
// pairs are listed first, without a branch, and then taken four at a time; the sums of a row are still
// added one by one, in the order of ranks. Memory is that of the group, in the first-level cache for
// groups of a few thousand rows. Lists need room for three more than the rows of the group, since the
// last four may reach beyond the last pair.

/// What the pairs of a group depend on.
struct PairKernel {
  /// Scores by rank, descending.
  let scores: [Double]
  /// Gains by rank; only their order counts where `scale` is `nil`.
  let gains: [Double]
  /// Discounts by rank, or none where `scale` is `nil`.
  let discounts: [Double]
  /// What a change of gain x discount is multiplied by, or `nil` where each pair counts 1.
  let scale: Double?
  /// Whether a pair is divided by 0.01 + the distance of its scores.
  let isDistanceDivided: Bool

  /// Lists the later ranks of the pairs of a rank, by how much the score of the better row is higher, and
  /// what each pair counts; returns their number.
  func list(
    _ first: Int, seconds: inout MutableSpan<Int32>, distances: inout MutableSpan<Double>,
    weights: inout MutableSpan<Double>
  ) -> Int {
    let (scores, gains, discounts) = (scores.span, gains.span, discounts.span)
    var count = 0
    for rank in first + 1..<scores.count {
      // Overwritten by the next rank where the gains agree.
      seconds[count] = Int32(truncatingIfNeeded: rank)
      count &+= gains[rank] != gains[first] ? 1 : 0
    }
    for place in count..<count + 3 { seconds[place] = Int32(truncatingIfNeeded: first) }
    for place in stride(from: 0, to: count, by: 4) {
      let ranks = (
        Int(seconds[place]), Int(seconds[place &+ 1]), Int(seconds[place &+ 2]),
        Int(seconds[place &+ 3])
      )
      let gain = gains[first] - gather(gains, ranks)
      let isWorse = gain .< 0
      let difference = scores[first] - gather(scores, ranks)
      store(difference.replacing(with: -difference, where: isWorse), to: &distances, place)
      guard let scale else {
        store(SIMD4(repeating: 1), to: &weights, place)
        continue
      }
      let discount = discounts[first] - gather(discounts, ranks)
      var change = gain.replacing(with: -gain, where: isWorse) * discount * scale
      if isDistanceDivided {
        change /= difference.replacing(with: -difference, where: difference .< 0) + 0.01
      }
      store(change, to: &weights, place)
    }
    return count
  }

  /// Turns the distances of listed pairs into first derivatives, and their weights into second ones.
  static func differentiate(
    _ count: Int, distances: inout MutableSpan<Double>, weights: inout MutableSpan<Double>
  ) {
    for place in stride(from: 0, to: count, by: 4) {
      // The probability of the wrong order; the loss falls as the distance grows.
      let wrong = logisticLanes(-load(distances.span, place))
      let slope = wrong.value * load(weights.span, place)
      store(slope, to: &distances, place)
      store(slope * wrong.complement, to: &weights, place)
    }
  }

  /// Turns the distances of listed pairs into losses.
  static func measure(
    _ count: Int, distances: inout MutableSpan<Double>, weights: Span<Double>
  ) {
    for place in stride(from: 0, to: count, by: 4) {
      let loss = load(weights, place) * softplusLanes(-load(distances.span, place))
      store(loss, to: &distances, place)
    }
  }
}

@inline(__always)
private func load(_ values: Span<Double>, _ place: Int) -> SIMD4<Double> {
  SIMD4(values[place], values[place &+ 1], values[place &+ 2], values[place &+ 3])
}

@inline(__always)
private func gather(_ values: Span<Double>, _ ranks: (Int, Int, Int, Int)) -> SIMD4<Double> {
  SIMD4(values[ranks.0], values[ranks.1], values[ranks.2], values[ranks.3])
}

@inline(__always)
private func store(
  _ lanes: SIMD4<Double>, to values: inout MutableSpan<Double>, _ place: Int
) {
  values[place] = lanes.x
  values[place &+ 1] = lanes.y
  values[place &+ 2] = lanes.z
  values[place &+ 3] = lanes.w
}
