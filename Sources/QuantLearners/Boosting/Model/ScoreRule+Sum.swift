extension ScoreRule {
  /// The sum before the first tree.
  ///
  /// A sum that is averaged begins with 0: see `score(_:trees:)`.
  var firstSum: Double { isAveraged ? 0 : rounded(start) }

  /// The sum after another tree.
  func sum(_ sum: Double, _ leaf: Double) -> Double { rounded(sum + rounded(leaf)) }

  /// The raw score of a row whose leaf values sum up to `sum`.
  ///
  /// An average is that of the trees, and the start comes on top: start + (t1 + t2 + …) / n. LightGBM
  /// folds the start of a random forest into the leaves of every tree; such a model has start 0 here.
  func score(_ sum: Double, trees: Int) -> Double {
    guard isAveraged else { return sum }
    return rounded(rounded(start) + rounded(sum / Double(max(1, trees))))
  }

  /// A number in the precision of the sums.
  ///
  /// A sum or quotient of two floats that is rounded to double and then to float is the same as one
  /// rounded to float at once, because a double has more than twice as many bits.
  func rounded(_ value: Double) -> Double { isSinglePrecision ? Double(Float(value)) : value }
}
