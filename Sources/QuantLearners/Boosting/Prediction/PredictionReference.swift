internal import QuantCore

// What a model means, said as directly as possible: one row, one tree, one question after the other.
// Tests compare all faster ways with it, bit by bit.

extension Tree.Split {
  /// The largest magnitude that counts as zero where zeros count as missing.
  ///
  /// The limit is a single-precision number, as LightGBM's `kZeroThreshold` is.
  static let zeroLimit: Float = 1e-35

  /// Whether a row with such a value of the feature goes left.
  ///
  /// Infinities compare like numbers. NaN is missing whatever is asked.
  func sendsLeft(_ value: Float) -> Bool {
    switch question {
    case .isOneOf(let set):
      return value.isNaN ? isMissingLeft : set.contains(value)
    case .atMost(let threshold):
      let isMissing = value.isNaN || (isZeroMissing && value.magnitude <= Self.zeroLimit)
      return isMissing ? isMissingLeft : value <= threshold
    }
  }
}

extension Tree {
  /// The leaf where a row ends.
  ///
  /// - Parameter value: the value of a feature, given its column.
  func leaf(_ value: (Int) -> Float) -> Int {
    var place = splits.isEmpty ? -1 : 0
    while place >= 0 {
      let split = splits[place]
      place = split.sendsLeft(value(split.feature)) ? split.left : split.right
    }
    return ~place
  }
}

extension TreeEnsemble {
  /// The raw score of a row, given the value of each column.
  func referenceScore(_ value: (Int) -> Float) -> Double {
    let sum = trees.reduce(rule.firstSum) { rule.sum($0, $1.leaves[$1.leaf(value)].value) }
    return rule.score(sum, trees: trees.count)
  }
}
