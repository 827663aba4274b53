internal import QuantCore

/// How the leaf values of a row become its raw score, and the score a prediction.
public struct ScoreRule: Hashable, Sendable {
  /// The score before the first tree; where trees are averaged, it is added to their average.
  public var start: Double
  /// Whether trees are averaged, as in a random forest, and not summed; 0 trees average to 0.
  public var isAveraged: Bool
  /// Whether sums are rounded to single precision after each tree, as XGBoost does.
  public var isSinglePrecision: Bool
  /// What turns a raw score into a prediction.
  public var link: ScoreLink

  /// Creates a rule.
  public init(
    start: Double, link: ScoreLink, isAveraged: Bool = false, isSinglePrecision: Bool = false
  ) {
    self.start = start
    self.link = link
    self.isAveraged = isAveraged
    self.isSinglePrecision = isSinglePrecision
  }
}

/// What turns a raw score into a prediction.
public enum ScoreLink: Hashable, Sendable {
  /// The score is the prediction: a value, a quantile or a rank.
  case identity
  /// 1 / (1 + e^(-slope x score)): a probability; the slope is 1 but in imported models.
  case logistic(slope: Double)
  /// e^score: a rate.
  case exponential

  /// The prediction that belongs to a score.
  public func prediction(_ raw: Double) -> Double {
    switch self {
    case .identity: raw
    case .logistic(let slope): Elementary.logistic(slope * raw)
    case .exponential: Elementary.exp(raw)
    }
  }
}
