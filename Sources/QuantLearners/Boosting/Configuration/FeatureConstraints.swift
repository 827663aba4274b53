internal import QuantCore

/// The constraints of a configuration in terms of the features of a window, by place of their names.
struct FeatureConstraints: Hashable, Sendable {
  /// The direction of each feature; empty where all are free.
  let directions: [MonotoneDirection]
  /// For each group whether a feature is in it; empty where features may meet as they like.
  let groups: [[Bool]]

  /// - Throws: `ConfigurationError` for a list of another length than the features, an unknown name,
  ///   a column that does not exist, an empty group, and a direction of a categorical feature.
  init(
    _ configuration: BoostingConfiguration, matrix: BinnedMatrix
  ) throws(ConfigurationError) {
    let window = matrix.window
    let byColumn = try configuration.monotoneConstraints.directions(of: window.featureNames)
    for column in window.categoricalColumns where byColumn[column] != .free {
      throw ConfigurationError(
        parameter: MonotoneConstraints.parameter,
        value: "a direction of '\(window.featureNames[column])', whose values are categories",
        accepted: "features of ordered values")
    }
    let isFree = configuration.monotoneConstraints.isEmpty
    directions = isFree ? [] : matrix.order.map { byColumn[$0] }
    groups = try configuration.interactionConstraints.columns(of: window.featureNames).map {
      group in matrix.order.map { group.contains($0) }
    }
  }

  /// The direction of a feature.
  func direction(_ feature: Int) -> MonotoneDirection {
    directions.isEmpty ? .free : directions[feature]
  }
}
