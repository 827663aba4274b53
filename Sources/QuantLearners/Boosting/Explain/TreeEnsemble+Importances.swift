/// What counts for the importance of a feature.
public enum ImportanceKind: String, Hashable, Sendable, CaseIterable {
  /// The sum of the gains of its splits.
  case gain
  /// The number of its splits.
  case splits
  /// The sum of the rows that its splits were chosen from.
  case cover
}

extension TreeEnsemble {
  /// The importance of each feature, in the order of the columns; 0 for a feature without a split.
  ///
  /// Sums run in the order of trees and splits. Importances are not scaled: they add up to the gain, the
  /// splits or the covers of all trees.
  ///
  /// - Complexity: O(splits).
  public func importances(_ kind: ImportanceKind) -> [Double] {
    var sums = [Double](repeating: 0, count: featureNames.count)
    for split in trees.lazy.flatMap(\.splits) {
      switch kind {
      case .gain: sums[split.feature] += split.gain
      case .splits: sums[split.feature] += 1
      case .cover: sums[split.feature] += Double(split.count)
      }
    }
    return sums
  }
}
