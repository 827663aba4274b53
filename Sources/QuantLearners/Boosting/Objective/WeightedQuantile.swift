internal import QuantCore

/// Quantiles of weighted numbers.
enum WeightedQuantile {
  /// The number at the share `level` of the way from the smallest to the largest.
  ///
  /// Numbers stand in ascending order, equal ones by weight; two neighbours are as far apart as the
  /// mean of their weights, and between them the quantile moves evenly. Where all weights are equal
  /// that is the usual quantile (type 7 of Hyndman and Fan, 1996), by which LightGBM renews leaves. Not
  /// defined for no numbers.
  ///
  /// - Complexity: O(n), by radix sort.
  static func value(_ values: [Double], weights: Span<Float>, level: Double) -> Double {
    precondition(!values.isEmpty && values.count == weights.count)
    let order = ascending(values, weights)
    func distance(_ rank: Int) -> Double {
      0.5 * (Double(weights[Int(order[rank])]) + Double(weights[Int(order[rank + 1])]))
    }
    // Added in an order that numbers and weights alone decide.
    var way = 0.0
    for rank in 0..<order.count - 1 { way += distance(rank) }
    let target = level * way
    var before = 0.0
    for rank in 0..<order.count - 1 {
      let step = distance(rank)
      if before + step > target {
        let (value, next) = (values[Int(order[rank])], values[Int(order[rank + 1])])
        return value + (target - before) / step * (next - value)
      }
      before += step
    }
    return values[Int(order[order.count - 1])]
  }

  private static func ascending(_ values: [Double], _ weights: Span<Float>) -> [Int32] {
    var (isWeighted, index) = (false, 1)
    while index < weights.count, !isWeighted {
      isWeighted = weights[index] != weights[0]
      index += 1
    }
    let keys = values.map { ~RankOrder.descendingKey($0) }
    guard isWeighted else { return RankOrder.ascending(keys) }
    let weightKeys = weights.indices.map { UInt64(weights[$0].bitPattern) }
    return RankOrder.ascending(keys, start: RankOrder.ascending(weightKeys))
  }
}
