public import QuantCore

extension BoostingConfiguration {
  /// Reads the parameters, each under its own name or that of LightGBM.
  ///
  /// - Throws: `ConfigurationError` for a field that is unknown, out of range or given twice.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    self.init()
    objective = try reader.choice("objective", default: objective, "what the trees minimise")
    for parameter in Self.parameters { try parameter.read(&reader, &self) }
  }

  /// The first parameter that is out of range, for configurations made in code.
  func firstError() -> ConfigurationError? {
    for parameter in Self.parameters {
      if let error = parameter.error(self) { return error }
    }
    return nil
  }

  private static var parameters: [Parameter] {
    [
      .whole("leaves", "num_leaves", \.leaves, 2...65_536, "leaves of a tree at most"),
      .whole(
        "maximumDepth", "max_depth", \.maximumDepth, 0...1_000,
        "splits between root and leaf at most; 0 is no limit"),
      .whole(
        "minimumRowsInLeaf", "min_data_in_leaf", \.minimumRowsInLeaf, 1...1_000_000_000,
        "rows of a leaf at least"),
      .number(
        "minimumHessianInLeaf", "min_sum_hessian_in_leaf", \.minimumHessianInLeaf,
        "0 ≤ x ≤ 1e12", "sum of second derivatives of a leaf at least"
      ) { $0 >= 0 && $0 <= 1e12 },
      .number(
        "learningRate", "learning_rate", \.learningRate, "0 < x ≤ 1",
        "share of each tree's step that is taken"
      ) { $0 > 0 && $0 <= 1 },
      .number(
        "featureFraction", "feature_fraction", \.featureFraction, "0 < x ≤ 1",
        "share of the features that a tree may split on"
      ) { $0 > 0 && $0 <= 1 },
      .number(
        "rowFraction", "bagging_fraction", \.rowFraction, "0 < x ≤ 1",
        "share of the rows that a tree is grown on"
      ) { $0 > 0 && $0 <= 1 },
      .number(
        "l1", "lambda_l1", \.l1, "0 ≤ x ≤ 1e12", "weight of the absolute penalty on leaf values"
      ) {
        $0 >= 0 && $0 <= 1e12
      },
      .number(
        "l2", "lambda_l2", \.l2, "0 ≤ x ≤ 1e12", "weight of half the squared penalty on leaf values"
      ) { $0 >= 0 && $0 <= 1e12 },
      .number(
        "minimumGain", "min_gain_to_split", \.minimumGain, "0 ≤ x ≤ 1e12",
        "gain that a split must exceed"
      ) { $0 >= 0 && $0 <= 1e12 },
      .whole(
        "maximumBins", "max_bin", \.maximumBins, 2...255,
        "bins of a feature's values at most; missing values have one more"),
    ]
  }
}

/// One parameter: its names, where it is kept, and what it may be.
private enum Parameter {
  case whole(
    String, String, WritableKeyPath<BoostingConfiguration, Int>, ClosedRange<Int>, String)
  case number(
    String, String, WritableKeyPath<BoostingConfiguration, Double>, String, String,
    (Double) -> Bool)

  func read(
    _ reader: inout ConfigurationReader, _ configuration: inout BoostingConfiguration
  ) throws(ConfigurationError) {
    switch self {
    case .whole(let name, let alias, let path, let range, let help):
      configuration[keyPath: path] = try Self.either(&reader, name, alias) {
        (reader, name, alias) throws(ConfigurationError) in
        try reader.integer(
          name, default: configuration[keyPath: path], Self.help(help, alias), in: range)
      }
    case .number(let name, let alias, let path, let accepted, let help, let accepts):
      configuration[keyPath: path] = try Self.either(&reader, name, alias) {
        (reader, name, alias) throws(ConfigurationError) in
        try reader.number(
          name, default: configuration[keyPath: path], Self.help(help, alias),
          accepted: accepted, where: accepts)
      }
    }
  }

  func error(_ configuration: BoostingConfiguration) -> ConfigurationError? {
    switch self {
    case .whole(let name, _, let path, let range, _):
      let value = configuration[keyPath: path]
      if range.contains(value) { return nil }
      return ConfigurationError(
        parameter: name, value: "\(value)",
        accepted: "\(range.lowerBound) to \(range.upperBound)")
    case .number(let name, _, let path, let accepted, _, let accepts):
      let value = configuration[keyPath: path]
      if accepts(value) { return nil }
      return ConfigurationError(parameter: name, value: "\(value)", accepted: accepted)
    }
  }

  private static func help(_ help: String, _ alias: String?) -> String {
    alias.map { "\(help); alias \($0)" } ?? help
  }

  /// Reads a field under the name that the document uses.
  private static func either<Value>(
    _ reader: inout ConfigurationReader, _ name: String, _ alias: String,
    _ read: (inout ConfigurationReader, String, String?) throws(ConfigurationError) -> Value
  ) throws(ConfigurationError) -> Value {
    guard reader.has(alias) else { return try read(&reader, name, alias) }
    if reader.has(name) {
      throw reader.error(alias, "given beside '\(name)'", accepted: "one of the two names")
    }
    return try read(&reader, alias, nil)
  }
}
