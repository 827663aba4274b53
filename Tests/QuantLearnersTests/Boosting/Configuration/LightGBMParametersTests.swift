import QuantCore
import Testing

@testable import QuantLearners

@Suite("LightGBM's names of parameters")
struct LightGBMParametersTests {
  private func translated(_ text: String) throws -> JSONValue {
    guard case .object(let members) = try JSONValue(parsing: Array(text.utf8), source: "text")
    else { return .null }
    return .object(try LightGBMParameters.translated(members))
  }

  private func expect(_ text: String, _ expected: String) throws {
    #expect(
      try translated(text) == JSONValue(parsing: Array(expected.utf8), source: "text"), "\(text)")
  }

  @Test("Aliases get their first name, values their spelling here; other names stay")
  func literal() throws {
    try expect("{eta: 0.1, max_leaves: 7}", "{learning_rate: 0.1, num_leaves: 7}")
    try expect("{max_depth: -1}", "{max_depth: 0}")
    try expect("{max_depth: 4, leaves: 3}", "{max_depth: 4, leaves: 3}")
    try expect(
      "{objective: 'mse', metric: ['l2_root']}", "{objective: 'regression', metric: 'rmse'}")
    try expect("{boost: 'goss', eval_at: [5]}", "{boosting: 'goss', eval_at: 5}")
    try expect("{deterministic: true, device: 'cpu', linear_tree: false, eta: null}", "{}")
  }

  @Test("Every alias sets what its first name sets")
  func aliases() throws {
    let values: [String: JSONValue] = [
      "objective": .string("regression"), "boosting": .string("dart"),
      "metric": .string("auc"), "eval_at": .integer(3), "learning_rate": .number(0.3),
      "num_leaves": .integer(9), "min_data_in_leaf": .integer(4),
      "min_sum_hessian_in_leaf": .number(2), "bagging_fraction": .number(0.5),
      "pos_bagging_fraction": .number(0.5), "neg_bagging_fraction": .number(0.5),
      "bagging_freq": .integer(3), "feature_fraction": .number(0.5),
      "feature_fraction_bynode": .number(0.5), "extra_trees": .bool(true),
      "lambda_l1": .number(1), "lambda_l2": .number(1), "min_gain_to_split": .number(1),
      "drop_rate": .number(0.3), "max_bin": .integer(31), "is_unbalance": .bool(true),
    ]
    let standard = BoostingConfiguration()
    for (name, value) in JSONValue.sorted(values) {
      let others = try #require(LightGBMParameters.aliases.first { $0.name == name }?.others)
      let expected = try BoostingConfiguration(json: JSONValue.object([name: value]).canonicalText)
      #expect(expected != standard, "\(name)")
      for other in others {
        #expect(
          try BoostingConfiguration(json: JSONValue.object([other: value]).canonicalText)
            == expected, "\(other)")
      }
    }
  }

  @Test(
    "A metric means what LightGBM means by its name",
    arguments: [
      ("l1", StopMetricName.meanAbsoluteError), ("l2", .meanSquaredError),
      ("mse", .meanSquaredError), ("rmse", .rootMeanSquaredError), ("quantile", .pinball),
      ("binary_logloss", .logLoss), ("auc", .areaUnderROC),
      ("average_precision", .averagePrecision), ("ndcg", .ndcg), ("lambdarank", .ndcg),
      ("", .objective),
    ])
  func metrics(name: String, expected: StopMetricName) throws {
    #expect(try BoostingConfiguration(json: "{metric: '\(name)'}").stopMetric == expected)
    #expect(
      try BoostingConfiguration(json: "{metrics: ['\(name)'], eval_at: [3]}").metricCutoff == 3)
  }

  @Test("A run's configuration reads them too, and errors name their place")
  func ofRuns() throws {
    func learner(_ text: String) throws -> ConfiguredLearner {
      let parameters = try JSONValue(parsing: Array(text.utf8), source: "text")
      return try LearnerRegistry.standard.configured(
        LearnerDeclaration(identifier: "gbdt", parameters: parameters))
    }
    let ours = try learner("{stopMetric: 'log_loss', learningRate: 0.3, maximumDepth: 0}")
    let theirs = try learner("{metric: 'binary_logloss', eta: 0.3, max_depth: -1}")
    #expect(theirs.parameters == ours.parameters)
    #expect(theirs.configurationID == ours.configurationID)
    for (text, description) in [
      ("{linear_tree: true}", "learner.linear_tree is true; accepted: false"),
      (
        "{num_leafs: 3}",
        "learner.num_leafs is not a known field; accepted: 'num_leaf' (did you mean it?)"
      ),
      ("{stopMetric: 'auc', metric: 'auc'}", "learner.metric is given beside 'stopMetric'"),
    ] {
      do {
        _ = try learner(text)
        Issue.record("\(text) is accepted")
      } catch let error as ConfigurationError {
        #expect(error.description.hasPrefix(description), "\(error)")
      }
    }
  }

  @Test("Parameters of another objective, metric or mode have no effect, as in LightGBM")
  func unused() throws {
    let data = BoostingData()
    func model(_ text: String) throws -> [UInt8] {
      try data.fit(BoostingConfiguration(json: text), iterations: 3).fileBytes
    }
    let plain = try model("{}")
    #expect(
      try model(
        "{alpha: 0.1, lambdarank_truncation_level: 3, lambdarank_norm: false, eval_at: 2, "
          + "drop_rate: 0.9, max_drop: 1, skip_drop: 0, uniform_drop: true, top_rate: 0.7, "
          + "other_rate: 0.2}") == plain)
    // What would draw or weigh rows otherwise is refused instead.
    for text in [
      "{objective: 'regression', scale_pos_weight: 2}",
      "{pos_bagging_fraction: 0.5, bagging_fraction: 0.5}",
    ] {
      #expect(throws: (any Error).self, "\(text)") { try model(text) }
    }
  }

  @Test("Every name stands once in the tables, and every first name is read")
  func tables() throws {
    let names = LightGBMParameters.names + LightGBMParameters.refused.flatMap(\.names)
    #expect(Set(names).count == names.count)
    var reader = ConfigurationReader.describing(path: "")
    _ = try BoostingConfiguration(from: &reader)
    let help = reader.fields.map { $0.help + " " + $0.path }.joined(separator: "\n")
    for entry in LightGBMParameters.aliases {
      #expect(help.contains(entry.name), "\(entry.name) is translated and nobody reads it")
    }
  }

  @Test("What has no counterpart is refused with the reason")
  func refused() {
    for (text, parameter, accepted) in [
      ("{bagging_seed: 3}", "bagging_seed", "'seed'"),
      ("{linear_tree: true}", "linear_tree", "false"),
      ("{cegb_tradeoff: 1}", "cegb_tradeoff", "no such thing"),
      ("{eta: 1, shrinkage_rate: 1}", "shrinkage_rate", "one of the two names"),
      ("{metric: ['auc', 'rmse']}", "metric", "one value"),
    ] {
      do {
        _ = try translated(text)
        Issue.record("\(text) is accepted")
      } catch let error as ConfigurationError {
        #expect(error.parameter == parameter && error.accepted.contains(accepted), "\(error)")
      } catch {
        Issue.record("\(error)")
      }
    }
  }
}
