internal import QuantCore

/// Which features a tree, or a node, may split on.
enum FeatureSampling {
  /// How many features a share of them is: the nearest whole number, halves up, and at least 1.
  ///
  /// Source: `ColSampler` of LightGBM 4, which counts so for trees and for nodes.
  static func count(of features: [Int], fraction: Double) -> Int {
    max(1, Int(Double(features.count) * fraction + 0.5))
  }

  /// A share of the features, by the random bits of their places; ascending.
  static func chosen(_ features: [Int], fraction: Double, stream: CounterStream) -> [Int] {
    chosen(features, count: count(of: features, fraction: fraction), stream: stream)
  }

  /// At most `count` of the features, by the random bits of their places; ascending.
  static func chosen(_ features: [Int], count: Int, stream: CounterStream) -> [Int] {
    guard count < features.count else { return features }
    let bits = features.map { stream.bits(UInt64($0)) }
    return RankOrder.ascending(bits).prefix(count).map { features[Int($0)] }.sorted()
  }
}
