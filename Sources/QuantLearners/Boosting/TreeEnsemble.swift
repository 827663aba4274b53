public import QuantCore

/// A fitted gradient boosting model: a start score and the trees that correct it.
///
/// The raw score of a row is the start score plus one leaf value of each tree, added in order. For the
/// binary objective it is in log odds, and its logistic is the probability.
public struct TreeEnsemble: Predictor, Hashable {
  /// What the trees were fitted to.
  public let objective: BoostingObjectiveName
  /// Names of the features, in the order of the columns.
  public let featureNames: [String]
  /// The score of a row before the first tree.
  public let startScore: Double
  /// The trees, in the order of their fitting.
  public let trees: [Tree]
  private let flat: FlatTrees

  /// Assembles a model of valid trees.
  init(
    objective: BoostingObjectiveName, featureNames: [String], startScore: Double, trees: [Tree]
  ) {
    self.objective = objective
    self.featureNames = featureNames
    self.startScore = startScore
    self.trees = trees
    flat = FlatTrees(trees)
  }

  /// Writes the raw score of each row; the features must have the columns that the model was fitted on.
  ///
  /// - Complexity: O(rows x (features + trees x depth)).
  public func predictRaw(
    _ features: FeatureMatrix, rows: Span<Int32>, into scores: inout OutputSpan<Double>
  ) {
    precondition(features.columnCount == featureNames.count, "columns differ from the model's")
    var block = FlatTrees.Block(features: flat.features.count)
    var start = 0
    while start < rows.count {
      let part = rows.extracting(start..<min(start + FlatTrees.blockRows, rows.count))
      flat.gather(features, rows: part, into: &block)
      flat.add(rows: part.count, start: startScore, &block)
      for row in 0..<part.count { scores.append(block.scores[row]) }
      start += part.count
    }
  }

  /// The logistic of the score, never exactly 0 or 1; for a regression the score cut to [0, 1].
  public func probability(raw: Double) -> Double { objective.objective.probability(raw: raw) }

  /// Models are equal where their objective, names, start score and trees are.
  public static func == (left: TreeEnsemble, right: TreeEnsemble) -> Bool {
    left.objective == right.objective && left.featureNames == right.featureNames
      && left.startScore == right.startScore && left.trees == right.trees
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(objective)
    hasher.combine(featureNames)
    hasher.combine(startScore)
    hasher.combine(trees)
  }
}
