import QuantCore
import Testing

@testable import QuantLearners

@Suite("Modes that cannot work")
struct BoostingModeFailureTests {
  @Test(
    "Combinations are refused by name",
    arguments: [
      (#"{"data_sample_strategy": "goss", "top_rate": 0.7, "other_rate": 0.4}"#, "otherFraction"),
      (#"{"data_sample_strategy": "goss", "top_rate": 0}"#, "topFraction"),
      (#"{"boosting": "goss", "other_rate": 0}"#, "otherFraction"),
      (#"{"boosting": "goss", "bagging_fraction": 0.5}"#, "rowFraction"),
      (#"{"boosting": "goss", "data_sample_strategy": "bagging"}"#, "mode"),
      (#"{"boosting": "goss", "pos_bagging_fraction": 0.5}"#, "positiveRowFraction"),
      (#"{"pos_bagging_fraction": 0.5, "objective": "regression"}"#, "positiveRowFraction"),
      (#"{"neg_bagging_fraction": 0.5, "bagging_fraction": 0.5}"#, "negativeRowFraction"),
      (#"{"boosting": "rf"}"#, "mode"),
      (#"{"boosting": "rf", "bagging_fraction": 0.5, "bagging_freq": 0}"#, "mode"),
      (#"{"boosting": "forest"}"#, "mode"),
      (#"{"drop_rate": 1.5}"#, "drop_rate"),
      (#"{"max_drop": -1}"#, "max_drop"),
      (#"{"bagging_freq": -1}"#, "bagging_freq"),
    ])
  func combinations(_ json: String, _ parameter: String) {
    let error = #expect(throws: ConfigurationError.self) { try BoostingConfiguration(json: json) }
    #expect(
      error?.parameter == "learner.\(parameter)" || json.contains("forest"),
      "\(String(describing: error))")
  }

  @Test("Modes are read under LightGBM's names")
  func names() throws {
    let goss = try BoostingConfiguration(
      json: #"{"boosting": "goss", "top_rate": 0.3, "other_rate": 0.2}"#)
    #expect(goss.mode == .gradient && goss.rowSelection == .gradient && goss.topFraction == 0.3)
    #expect(try BoostingConfiguration(json: #"{"boosting": "gbrt"}"#) == BoostingConfiguration())
    let forest = try BoostingConfiguration(
      json: #"{"boosting": "random_forest", "feature_fraction": 0.5}"#)
    #expect(forest.mode == .randomForest)
    #expect(
      try BoostingConfiguration(json: #"{"boosting": "rf", "pos_bagging_fraction": 0.5}"#)
        .positiveRowFraction == 0.5)
    let dart = try BoostingConfiguration(
      json:
        #"{"boosting": "dart", "drop_rate": 0.2, "max_drop": 0, "skip_drop": 0, "uniform_drop": true}"#
    )
    #expect(
      dart.mode == .dart && dart.dropFraction == 0.2 && dart.maximumDropped == 0
        && dart.dropSkipFraction == 0 && dart.isDropUniform)
    let unused = try BoostingConfiguration(
      json: #"{"boosting": "goss", "bagging_fraction": 0.5, "bagging_freq": 0}"#)
    #expect(unused.rowFraction == 0.5, "bagging that is off does not disturb")
  }

  @Test("Configurations made in code are checked too")
  func code() throws {
    let data = BoostingData()
    var configuration = BoostingConfiguration(rowFraction: 0.5)
    configuration.rowSelection = .gradient
    let error = #expect(throws: LearnerError.self) { try data.fit(configuration) }
    #expect(
      error?.description.contains(
        "rowFraction is 0.5 with rowSelection goss; accepted: 1, or rowFrequency 0") == true,
      "\(String(describing: error))")
  }

  @Test("Models that a mode cannot continue are refused")
  func continuing() throws {
    let data = BoostingData()
    let plain = try data.fit(BoostingConfiguration(leaves: 4), iterations: 1)
    var forest = BoostingConfiguration(leaves: 4, rowFraction: 0.5)
    forest.mode = .randomForest
    let trees = try data.fit(forest, iterations: 1)
    #expect(throws: LearnerError.self) { try data.fit(forest, continuing: plain) }
    #expect(throws: LearnerError.self) {
      try data.fit(BoostingConfiguration(leaves: 4), continuing: trees)
    }
    func with(_ rule: ScoreRule, names: [String]? = nil) -> TreeEnsemble {
      TreeEnsemble(
        objective: .binary, featureNames: names ?? plain.featureNames, rule: rule,
        trees: plain.trees)
    }
    let accepted = with(ScoreRule(start: 1, link: .logistic(slope: 1)))
    #expect(throws: Never.self) {
      try data.fit(BoostingConfiguration(leaves: 4), iterations: 1, continuing: accepted)
    }
    for (model, configuration) in [
      (with(ScoreRule(start: 1, link: .logistic(slope: 2))), BoostingConfiguration()),
      (with(ScoreRule(start: 1, link: .identity)), BoostingConfiguration()),
      (
        with(ScoreRule(start: 1, link: .logistic(slope: 1), isSinglePrecision: true)),
        BoostingConfiguration()
      ),
      (with(ScoreRule(start: 1, link: .logistic(slope: 1), isAveraged: true)), forest),
      (
        with(ScoreRule(start: 1, link: .logistic(slope: 1)), names: plain.featureNames.reversed()),
        BoostingConfiguration()
      ),
    ] {
      let error = #expect(throws: LearnerError.self) {
        try data.fit(configuration, iterations: 1, continuing: model)
      }
      #expect(error?.description.contains("continuing") == true)
    }
  }

  @Test("The best iteration needs stop rows")
  func noStopRows() throws {
    let data = BoostingData()
    let learner = GradientBoosting()
    let prepared = try learner.prepare(data.window, threads: 1)
    #expect(throws: LearnerError.self) {
      try learner.fitBest(
        prepared, TrainingSample(fit: data.sample(0..<500)),
        configuration: BoostingConfiguration(),
        budget: FitBudget(maximumIterations: 5, patience: 2), seed: 1, threads: 1)
    }
  }
}
