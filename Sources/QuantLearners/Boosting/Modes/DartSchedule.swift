internal import QuantCore

/// Each tree corrects all those before it but some that are dropped at random.
///
/// With k dropped trees the new one takes a share of 1 / (k + 1) of its step, and the dropped ones keep
/// k / (k + 1) of theirs, so that together they are as large as the dropped ones were (K. V. Rashmi and
/// R. Gilad-Bachrach, "DART: Dropouts meet Multiple Additive Regression Trees", 2015; LightGBM without
/// `xgboost_dart_mode`). Nothing is dropped with the probability `skip`. Otherwise each tree is dropped
/// with the probability `fraction`, times its weight over the mean weight unless drops are uniform; from
/// the first tree on, until `limit` of them are. The start score is never dropped.
///
/// Which trees are dropped, and hence all weights, is a function of (seed, number of the tree): a fit that
/// continues a model repeats the choices of the fit before it.
struct DartSchedule: BoostingSchedule {
  private let learningRate: Double
  private let fraction: Double
  private let limit: Int
  private let skip: Double
  private let isUniform: Bool
  private let seed: UInt64
  /// Trees that are never dropped: the first ones.
  private let fixed: Int
  /// The share of its step that each other tree has.
  private(set) var weights: [Double] = []

  /// - Parameters:
  ///   - trees: how many trees are there already.
  ///   - fixed: how many of them are never dropped: all or none.
  init(_ configuration: BoostingConfiguration, seed: UInt64, trees: Int, fixed: Int = 0) {
    learningRate = configuration.learningRate
    fraction = configuration.dropFraction
    limit = configuration.maximumDropped == 0 ? .max : configuration.maximumDropped
    skip = configuration.dropSkipFraction
    isUniform = configuration.isDropUniform
    self.seed = seed
    self.fixed = fixed
    for _ in fixed..<trees { _ = next() }
  }

  mutating func next() -> TreePlan {
    let dropped = dropped()
    let count = Double(dropped.count)
    let plan = TreePlan(
      rate: learningRate / (count + 1), dropped: dropped.map { $0 + fixed },
      droppedRate: count / (count + 1))
    for tree in dropped { weights[tree] *= plan.droppedRate }
    weights.append(plan.rate)
    return plan
  }

  /// Trees that are dropped, by their places among those that can be.
  private func dropped() -> [Int] {
    let stream = CounterStream(seed: seed, 0x6472_6F70, UInt64(fixed + weights.count))
    if weights.isEmpty || stream.unit(.max) < skip { return [] }
    // As many as the limit on average where more would be drawn, so that late trees are drawn too.
    let share = min(fraction, Double(limit) / Double(weights.count))
    let mean = weights.reduce(0, +) / Double(weights.count)
    var dropped: [Int] = []
    for (tree, weight) in weights.enumerated() where dropped.count < limit {
      let probability = isUniform ? share : share * (weight / mean)
      if stream.unit(UInt64(tree)) < probability { dropped.append(tree) }
    }
    return dropped
  }

  func fitScores(_ rows: [Int32], from start: BoostingStart) -> any TreeScores {
    DroppableScores(rows, from: start)
  }

  func stopScores(_ rows: [Int32], from start: BoostingStart) -> any TreeScores {
    DroppableScores(rows, from: start)
  }
}
