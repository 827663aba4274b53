internal import QuantCore

extension BoostingConfiguration {
  /// The objective that the configuration names, with its parameters.
  ///
  /// - Parameters:
  ///   - custom: the objective that was given in code.
  /// - Throws: `ConfigurationError` where parameters contradict each other, or an objective was given
  ///   that is not asked for, or is asked for and was not given.
  func resolvedObjective(
    custom: (any BoostingObjective)?
  ) throws(ConfigurationError) -> any BoostingObjective {
    if custom != nil, objective != .custom {
      throw ConfigurationError(
        parameter: "objective", value: "'\(objective.rawValue)' beside an objective given in code",
        accepted: "'custom'")
    }
    try checkClassWeights()
    let result = try objective(custom: custom)
    if result is any LeafRenewingObjective, !monotoneConstraints.isEmpty {
      throw ConfigurationError(
        parameter: MonotoneConstraints.parameter,
        value: "given for objective '\(objective.rawValue)', whose leaf values know no bounds",
        accepted: "none, or another objective")
    }
    return result
  }

  private func objective(
    custom: (any BoostingObjective)?
  ) throws(ConfigurationError) -> any BoostingObjective {
    switch objective {
    case .binary: return BinaryLogLoss(positiveWeight: positiveWeight, isBalanced: isBalanced)
    case .regression: return SquaredError()
    case .quantile: return QuantileLoss(level: quantileLevel)
    case .lambdaRank:
      return LambdaRank(cutoff: rankingCutoff, isNormalized: isRankingNormalized)
    case .pairwise:
      return PairwiseLogistic(cutoff: rankingCutoff, isNormalized: isRankingNormalized)
    case .custom:
      guard let custom else {
        throw ConfigurationError(
          parameter: "objective", value: "'custom' without an objective",
          accepted: "GradientBoosting(objective:) with an objective, or the name of another")
      }
      return custom
    }
  }

  private func checkClassWeights() throws(ConfigurationError) {
    guard positiveWeight != 1 || isBalanced else { return }
    guard objective == .binary else {
      throw ConfigurationError(
        parameter: isBalanced ? "isBalanced" : "positiveWeight",
        value: "set for objective '\(objective.rawValue)'", accepted: "objective 'binary'")
    }
    if positiveWeight != 1, isBalanced {
      throw ConfigurationError(
        parameter: "positiveWeight", value: "\(positiveWeight) beside isBalanced",
        accepted: "one of the two")
    }
  }
}

extension BoostingObjectiveName {
  /// The link of a built-in objective.
  var link: ScoreLink { self == .binary ? .logistic(slope: 1) : .identity }
}
