/// What LightGBM's `feature_infos` says of each feature.
///
/// LightGBM puts the range of the training data there, which a model of ours does not know. The range of
/// the thresholds, or the categories that some split asks for, stand in for it. Predictions do not
/// depend on it.
enum LightGBMFeatureInfo {
  /// One text for each feature; `none` where no split asks for it.
  static func texts(_ model: TreeEnsemble) -> [String] {
    var ranges: [Int: ClosedRange<Float>] = [:]
    var categories: [Int: [UInt32]] = [:]
    for split in model.trees.lazy.flatMap(\.splits) {
      switch split.question {
      case .atMost(let threshold):
        let value = threshold.isFinite ? threshold : 0
        let range = ranges[split.feature] ?? value...value
        ranges[split.feature] = min(range.lowerBound, value)...max(range.upperBound, value)
      case .isOneOf(let set):
        var words = categories[split.feature] ?? []
        while words.count < set.words.count { words.append(0) }
        for (index, word) in set.words.enumerated() { words[index] |= word }
        categories[split.feature] = words
      }
    }
    return model.featureNames.indices.map { feature in
      if let words = categories[feature] {
        let listed = CategorySet(words: words).categories
        return listed.isEmpty ? "none" : listed.map { "\($0)" }.joined(separator: ":")
      }
      guard let range = ranges[feature] else { return "none" }
      return "[\(range.lowerBound):\(range.upperBound)]"
    }
  }
}
