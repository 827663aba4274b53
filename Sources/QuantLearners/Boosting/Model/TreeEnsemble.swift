public import QuantCore

/// A fitted gradient boosting model: a start score and the trees that correct it.
///
/// The raw score of a row is the start score plus one leaf value of each tree, added in order: ((start +
/// t1) + t2) + …, in double precision. Where the rule averages trees it is start + (t1 + t2 + …) / n, and
/// where the rule says single precision, start, leaf values and every sum are rounded to it. For the
/// binary objective the score is in log odds, and its logistic is the probability.
public struct TreeEnsemble: Predictor, Hashable {
  /// What the trees were fitted to.
  public let objective: BoostingObjectiveName
  /// Names of the features, in the order of the columns.
  public let featureNames: [String]
  /// How leaf values become scores.
  public let rule: ScoreRule
  /// The trees, in the order of their fitting.
  public let trees: [Tree]
  let plan: PredictionPlan

  /// The score of a row before the first tree.
  public var startScore: Double { rule.start }

  /// Assembles a model of valid trees.
  init(
    objective: BoostingObjectiveName, featureNames: [String], rule: ScoreRule, trees: [Tree]
  ) {
    self.objective = objective
    self.featureNames = featureNames
    self.rule = rule
    self.trees = trees
    plan = PredictionPlan(trees, featureCount: featureNames.count, rule: rule)
  }

  /// The model of the first trees only, at most all.
  public func prefix(_ count: Int) -> TreeEnsemble {
    TreeEnsemble(
      objective: objective, featureNames: featureNames, rule: rule,
      trees: Array(trees.prefix(count)))
  }

  /// The prediction of a score cut to [0, 1], and never exactly 0 or 1 where it is a logistic.
  public func probability(raw: Double) -> Double {
    let value = rule.link.prediction(raw)
    guard case .logistic = rule.link else { return min(max(value, 0), 1) }
    return min(max(value, .leastNormalMagnitude), 1 - 0x1p-53)
  }

  /// Models are equal where their objective, names, rule and trees are.
  public static func == (left: TreeEnsemble, right: TreeEnsemble) -> Bool {
    left.objective == right.objective && left.featureNames == right.featureNames
      && left.rule == right.rule && left.trees == right.trees
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(objective)
    hasher.combine(featureNames)
    hasher.combine(rule)
    hasher.combine(trees)
  }
}
