/// The questions of a tree as LightGBM stores them.
struct LightGBMQuestions {
  private(set) var thresholds: [String] = []
  private(set) var decisions: [Int] = []
  private(set) var boundaries = [0]
  private(set) var words: [UInt32] = []

  /// - Throws: `ModelConversionError` where missing values join a set of categories, for LightGBM
  ///   sends them to the others.
  init(_ splits: [Tree.Split], tree: Int) throws(ModelConversionError) {
    typealias Decision = LightGBMFormat.Decision
    for (index, split) in splits.enumerated() {
      switch split.question {
      case .atMost(let threshold):
        let missing = split.isZeroMissing ? Decision.missingZero : Decision.missingNaN
        let way = split.isMissingLeft ? Decision.isMissingLeft : 0
        thresholds.append("\(Double(threshold))")
        decisions.append(missing << Decision.missingShift | way)
      case .isOneOf(let set):
        guard !split.isMissingLeft else {
          throw ModelConversionError(
            place: "tree \(tree), split \(index)",
            reason: "missing values go with the categories, which LightGBM cannot express")
        }
        thresholds.append("\(boundaries.count - 1)")
        decisions.append(Decision.isCategorical | Decision.missingNaN << Decision.missingShift)
        // LightGBM has no empty set; one word of no bits says the same.
        words += set.words.isEmpty ? [0] : set.words
        boundaries.append(words.count)
      }
    }
  }
}
