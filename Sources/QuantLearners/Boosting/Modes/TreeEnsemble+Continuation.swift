internal import QuantCore

extension TreeEnsemble {
  /// Why a fit cannot go on from this model, or `nil` where it can.
  func continuationError(
    _ configuration: BoostingConfiguration, features: [String], link: ScoreLink
  ) -> ConfigurationError? {
    func error(_ value: String, _ accepted: String) -> ConfigurationError {
      ConfigurationError(parameter: "continuing", value: value, accepted: accepted)
    }
    if objective != configuration.objective {
      return error(
        "a model of objective \(objective.rawValue)",
        "a model of objective \(configuration.objective.rawValue)")
    }
    if featureNames.count != features.count {
      return error("a model of \(featureNames.count) features", "one of \(features.count)")
    }
    if let place = features.indices.first(where: { featureNames[$0] != features[$0] }) {
      return error(
        "a model whose feature \(place) is '\(featureNames[place])'", "'\(features[place])'")
    }
    if rule.isAveraged != (configuration.mode == .randomForest) {
      return error(
        rule.isAveraged ? "a random forest" : "a model whose trees are summed",
        "a random forest in mode rf, and summed trees in all others")
    }
    if rule.isAveraged && rule.start != 0 {
      return error("a random forest with start score \(rule.start)", "start score 0")
    }
    if rule.isSinglePrecision {
      return error(
        "a model whose sums are rounded to single precision", "sums in double precision")
    }
    if rule.link != link {
      return error("a model with link \(rule.link)", "link \(link)")
    }
    return nil
  }
}
