internal import QuantCore

/// How the trees of a mode add up: what happens to each tree and to those before it.
///
/// A schedule looks at no data, so that a fit which continues a model repeats the choices of the fit
/// that made it.
protocol BoostingSchedule: Sendable {
  /// What to do with the next tree.
  mutating func next() -> TreePlan
  /// The scores of the fit rows, at which derivatives are taken.
  func fitScores(_ rows: [Int32], from start: BoostingStart) -> any TreeScores
  /// The scores of the stop rows, which are those of the model.
  func stopScores(_ rows: [Int32], from start: BoostingStart) -> any TreeScores
}

/// What to do with one tree.
struct TreePlan: Hashable, Sendable {
  /// The factor on the steps of the tree.
  var rate: Double
  /// What each node adds to its step.
  var offset = 0.0
  /// Trees that do not count while this one is grown, ascending.
  var dropped: [Int] = []
  /// What a dropped tree is multiplied by once this one is there.
  var droppedRate = 1.0
}

/// What a fit goes on from.
struct BoostingStart: Sendable {
  /// The score of a row before the first tree.
  let score: Double
  /// Trees that are there already.
  let model: TreeEnsemble?
  /// How many of those no mode may change.
  ///
  /// None where the model started from the score that a new fit to these rows would, so that going on is
  /// going on with one fit. Otherwise all: they may have been fitted to other rows, and imported models
  /// hold their start score in a tree, which must not be dropped.
  let fixedTrees: Int
  /// Where the values of the rows stand.
  let features: FeatureMatrix

  /// The same start for rows that stand elsewhere.
  func moved(to features: FeatureMatrix) -> BoostingStart {
    BoostingStart(
      score: score, model: model, fixedTrees: fixedTrees, features: features)
  }

  /// The raw score of each row.
  func scores(_ rows: [Int32]) -> [Double] {
    guard let model else { return [Double](repeating: score, count: rows.count) }
    return raw(model, rows)
  }

  /// The sum over the trees of each row, which a random forest divides by their number.
  func sums(_ rows: [Int32]) -> [Double] {
    guard let model else { return [Double](repeating: 0, count: rows.count) }
    var rule = model.rule
    (rule.start, rule.isAveraged) = (0, false)
    return raw(
      TreeEnsemble(
        objective: model.objective, featureNames: model.featureNames, rule: rule,
        trees: model.trees), rows)
  }

  private func raw(_ model: TreeEnsemble, _ rows: [Int32]) -> [Double] {
    [Double](capacity: rows.count) { scores in
      model.predictRaw(features, rows: rows.span, into: &scores)
    }
  }
}

/// Each tree corrects all those before it.
struct GradientSchedule: BoostingSchedule {
  let learningRate: Double

  func next() -> TreePlan { TreePlan(rate: learningRate) }

  func fitScores(_ rows: [Int32], from start: BoostingStart) -> any TreeScores {
    SummedScores(rows, from: start)
  }

  func stopScores(_ rows: [Int32], from start: BoostingStart) -> any TreeScores {
    SummedScores(rows, from: start)
  }
}
