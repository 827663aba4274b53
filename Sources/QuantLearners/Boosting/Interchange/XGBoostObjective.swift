internal import QuantCore

// What XGBoost's objectives mean for predictions; learnt from its sources, version 3.2.

/// An objective of XGBoost in terms of this library.
struct XGBoostObjective {
  let name: BoostingObjectiveName
  let link: ScoreLink
  private let margin: Margin

  /// How the base score, which is in terms of predictions, becomes a raw score.
  private enum Margin {
    case same
    case logOdds
    case logarithm
  }

  private init(_ name: BoostingObjectiveName, _ link: ScoreLink, _ margin: Margin) {
    self.name = name
    self.link = link
    self.margin = margin
  }

  /// The objective of a name, or `nil` where there is none here.
  init?(_ text: String) {
    switch text {
    case "binary:logistic": self.init(.binary, .logistic(slope: 1), .logOdds)
    case "reg:logistic": self.init(.custom, .logistic(slope: 1), .logOdds)
    case "reg:squarederror", "reg:linear": self.init(.regression, .identity, .same)
    case "reg:quantileerror": self.init(.quantile, .identity, .same)
    case "rank:ndcg": self.init(.lambdaRank, .identity, .same)
    case "rank:pairwise": self.init(.pairwise, .identity, .same)
    case "rank:map", "binary:logitraw", "reg:squaredlogerror", "reg:pseudohubererror",
      "reg:absoluteerror":
      self.init(.custom, .identity, .same)
    case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft":
      self.init(.custom, .exponential, .logarithm)
    default: return nil
    }
  }

  /// The raw score before the first tree; `nil` for a base score without one.
  func start(_ baseScore: Float) -> Float? {
    let start: Float
    switch margin {
    case .same: start = baseScore
    case .logOdds:
      guard baseScore >= 0, baseScore <= 1 else { return nil }
      // XGBoost keeps 1e-6 away from both ends.
      let probability = min(max(baseScore, 1e-6), 1 - 1e-6)
      start = -Float(Elementary.log(Double(1 / probability - 1)))
    case .logarithm:
      guard baseScore > 0 else { return nil }
      start = Float(Elementary.log(Double(baseScore)))
    }
    return start.isFinite ? start : nil
  }
}
