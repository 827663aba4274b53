internal import QuantCore

extension BoostingConfiguration {
  /// The metric that the configuration names, with its parameters.
  ///
  /// - Parameters:
  ///   - objective: what the trees minimise.
  ///   - custom: the metric that was given in code.
  /// - Throws: `ConfigurationError` where the metric does not suit the objective, was given and is not
  ///   asked for, or is asked for and was not given.
  func resolvedMetric(
    _ objective: any BoostingObjective, custom: (any BoostingMetric)?
  ) throws(ConfigurationError) -> any BoostingMetric {
    if custom != nil, stopMetric != .custom {
      throw ConfigurationError(
        parameter: "stopMetric", value: "'\(stopMetric.rawValue)' beside a metric given in code",
        accepted: "'custom'")
    }
    switch stopMetric {
    case .objective:
      switch self.objective {
      case .lambdaRank, .pairwise: return NormalizedGain(cutoff: metricCutoff)
      default: return ObjectiveLoss(objective: objective)
      }
    case .logLoss:
      guard case .logistic(let slope) = objective.link else {
        throw ConfigurationError(
          parameter: "stopMetric",
          value: "'log_loss' for objective '\(self.objective.rawValue)'",
          accepted: "an objective that predicts probabilities, such as 'binary'")
      }
      return LogLoss(slope: slope)
    case .areaUnderROC: return AreaUnderROC()
    case .averagePrecision: return AveragePrecision()
    case .ndcg: return NormalizedGain(cutoff: metricCutoff)
    case .precision: return PrecisionAtCutoff(cutoff: metricCutoff)
    case .meanSquaredError: return PredictionError(.meanSquared, link: objective.link)
    case .rootMeanSquaredError: return PredictionError(.rootMeanSquared, link: objective.link)
    case .meanAbsoluteError: return PredictionError(.meanAbsolute, link: objective.link)
    case .pinball: return PredictionError(.pinball(quantileLevel), link: objective.link)
    case .custom:
      guard let custom else {
        throw ConfigurationError(
          parameter: "stopMetric", value: "'custom' without a metric",
          accepted: "GradientBoosting(metric:) with a metric, or the name of another")
      }
      return custom
    }
  }
}
