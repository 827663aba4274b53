public import QuantCore

extension BoostingConfiguration {
  /// Reads the parameters, each under its own name or one of those of LightGBM.
  ///
  /// - Throws: `ConfigurationError` for a field that is unknown, out of range or given twice, for one
  ///   of LightGBM without a counterpart, and for parameters that cannot go together.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    self.init()
    try reader.rewrite(understanding: LightGBMParameters.names) {
      (members) throws(ConfigurationError) in try LightGBMParameters.translated(members)
    }
    objective = try reader.choice("objective", default: objective, "what the trees minimise")
    stopMetric = try reader.aliased("stopMetric", "metric") {
      (reader, name, alias) throws(ConfigurationError) in
      try reader.choice(
        name, default: StopMetricName.objective,
        BoostingParameter.help("what is reported for the stop rows", alias))
    }
    let name = try reader.aliased("mode", "boosting") {
      (reader, name, alias) throws(ConfigurationError) in
      try reader.choice(
        name, default: ModeName.gbdt, BoostingParameter.help("how trees add up", alias))
    }
    let isStrategyGiven = reader.has("rowSelection") || reader.has("data_sample_strategy")
    rowSelection = try reader.aliased("rowSelection", "data_sample_strategy") {
      (reader, name, alias) throws(ConfigurationError) in
      try reader.choice(
        name, default: RowSelection.uniform,
        BoostingParameter.help("how the rows of a tree are drawn", alias))
    }
    if name == .goss, isStrategyGiven, rowSelection == .uniform {
      throw reader.error(
        "mode", "'goss' beside rowSelection bagging", accepted: "gbdt, or rowSelection goss")
    }
    mode = name.mode
    if name == .goss { rowSelection = .gradient }
    monotoneConstraints = try reader.aliased("monotoneConstraints", "monotone_constraints") {
      (reader, name, alias) throws(ConfigurationError) in
      try reader.monotoneConstraints(
        name, BoostingParameter.help("how predictions may move with features", alias))
    }
    interactionConstraints = try reader.aliased("interactionConstraints", "interaction_constraints")
    {
      (reader, name, alias) throws(ConfigurationError) in
      try reader.interactionConstraints(
        name, BoostingParameter.help("groups of features that may meet on one way", alias))
    }
    for parameter in Self.parameters { try parameter.read(&reader, &self) }
    if let error = modeError() {
      throw reader.error(error.parameter, error.value, accepted: error.accepted)
    }
  }

  /// The first parameter that is out of range, for configurations made in code.
  func firstError() -> ConfigurationError? {
    for parameter in Self.parameters {
      if let error = parameter.error(self) { return error }
    }
    return modeError()
  }

  private static var parameters: [BoostingParameter] {
    learningParameters + treeParameters + samplingParameters + categoryParameters
  }
}

/// The names by which a mode is read; those of LightGBM among them.
private enum ModeName: String, CaseIterable {
  case gbdt, dart, rf, gbrt, goss
  case randomForest = "random_forest"

  /// The mode of this name; `goss` names a row selection too.
  var mode: BoostingMode {
    switch self {
    case .gbdt, .gbrt, .goss: .gradient
    case .dart: .dart
    case .rf, .randomForest: .randomForest
    }
  }
}
