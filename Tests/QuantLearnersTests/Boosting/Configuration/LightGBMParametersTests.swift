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

  private func configuration(_ text: String) throws -> BoostingConfiguration {
    var reader = try ConfigurationReader(try translated(text), path: "")
    let configuration = try BoostingConfiguration(from: &reader)
    try reader.finish()
    return configuration
  }

  @Test("Aliases get their first name, values their spelling here; other names stay")
  func literal() throws {
    try expect("{eta: 0.1, max_leaves: 7}", "{learning_rate: 0.1, num_leaves: 7}")
    try expect("{max_depth: -1}", "{max_depth: 0}")
    try expect("{max_depth: 4, leaves: 3}", "{max_depth: 4, leaves: 3}")
    try expect(
      "{objective: 'mse', metric: ['l2_root']}", "{objective: 'regression', metric: 'rmse'}")
    try expect("{boosting: 'goss'}", "{boosting: 'gbdt', data_sample_strategy: 'goss'}")
    try expect("{boost: 'random_forest', eval_at: [5]}", "{boosting: 'rf', eval_at: 5}")
    try expect("{deterministic: true, device: 'cpu', linear_tree: false}", "{}")
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
      let expected = try configuration(JSONValue.object([name: value]).canonicalText)
      #expect(expected != standard, "\(name)")
      for other in others {
        #expect(
          try configuration(JSONValue.object([other: value]).canonicalText) == expected, "\(other)")
      }
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
