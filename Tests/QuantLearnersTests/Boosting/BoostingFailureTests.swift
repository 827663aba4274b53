import QuantCore
import Testing

@testable import QuantLearners

@Suite("Bad input of GradientBoosting")
struct BoostingFailureTests {
  @Test("Parameters are read under our names and LightGBM's")
  func names() throws {
    let expected = BoostingConfiguration(
      objective: .regression, leaves: 63, maximumDepth: 5, minimumRowsInLeaf: 7,
      minimumHessianInLeaf: 2, learningRate: 0.3, featureFraction: 0.5, rowFraction: 0.25, l1: 1,
      l2: 3, minimumGain: 0.75, maximumBins: 63)
    let ours = """
      {"objective": "regression", "leaves": 63, "maximumDepth": 5, "minimumRowsInLeaf": 7,
       "minimumHessianInLeaf": 2, "learningRate": 0.3, "featureFraction": 0.5,
       "rowFraction": 0.25, "l1": 1, "l2": 3, "minimumGain": 0.75, "maximumBins": 63}
      """
    let theirs = """
      {"objective": "regression", "num_leaves": 63, "max_depth": 5, "min_data_in_leaf": 7,
       "min_sum_hessian_in_leaf": 2, "learning_rate": 0.3, "feature_fraction": 0.5,
       "bagging_fraction": 0.25, "lambda_l1": 1, "lambda_l2": 3, "min_gain_to_split": 0.75,
       "max_bin": 63}
      """
    #expect(
      try BoostingConfiguration(json: ours) == expected
        && BoostingConfiguration(json: theirs) == expected)
    #expect(try BoostingConfiguration(json: "{}") == BoostingConfiguration())
  }

  @Test(
    "Unknown, doubled and impossible parameters are refused",
    arguments: [
      #"{"num_leafs": 3}"#, #"{"num_leaves": 3, "leaves": 3}"#, #"{"leaves": 1}"#,
      #"{"learningRate": 0}"#, #"{"learning_rate": 1.5}"#, #"{"maximumBins": 256}"#,
      #"{"lambda_l2": -1}"#, #"{"bagging_fraction": 0}"#, #"{"objective": "rank"}"#,
    ])
  func configuration(_ json: String) {
    #expect(throws: ConfigurationError.self) { try BoostingConfiguration(json: json) }
  }

  @Test("Parameters made in code are checked, and the error names them")
  func code() throws {
    let data = BoostingData()
    let error = #expect(throws: LearnerError.self) {
      try data.fit(BoostingConfiguration(learningRate: .nan))
    }
    #expect(error?.description.contains("learningRate") == true)
    for configuration in [
      BoostingConfiguration(leaves: 1), BoostingConfiguration(maximumDepth: -1),
      BoostingConfiguration(minimumRowsInLeaf: 0), BoostingConfiguration(featureFraction: 1.1),
      BoostingConfiguration(rowFraction: 0), BoostingConfiguration(l1: -1),
      BoostingConfiguration(l2: .infinity), BoostingConfiguration(minimumGain: .nan),
      BoostingConfiguration(maximumBins: 1), BoostingConfiguration(minimumHessianInLeaf: -1),
    ] {
      #expect(throws: LearnerError.self) { try data.fit(configuration) }
    }
    #expect(throws: LearnerError.self) { try data.fit(.sampled, iterations: 0) }
  }

  @Test("Infinite features, empty windows and labels without a number are refused")
  func data() throws {
    func window(_ columns: [[Float]], rows: Range<Int>) -> TrainingWindow {
      TrainingWindow(
        features: FeatureMatrix(columns: columns), rows: rows,
        rowKeys: ArrayFile((0..<3).map { UInt64($0) }),
        featureNames: columns.indices.map { "f\($0)" })
    }
    let learner = GradientBoosting()
    let error = #expect(throws: LearnerError.self) {
      try learner.prepare(window([[1, 2, 3], [1, -.infinity, 2]], rows: 0..<3), threads: 2)
    }
    #expect(
      error?.description
        == "feature f1 of row 1 is -inf; accepted: a finite number, or NaN for missing")
    #expect(throws: LearnerError.self) {
      try learner.prepare(window([[1, 2, 3]], rows: 2..<2), threads: 1)
    }
    #expect(throws: LearnerError.self) { try learner.prepare(window([], rows: 0..<0), threads: 1) }
    let prepared = try learner.prepare(window([[1, 2, .infinity]], rows: 0..<2), threads: 1)
    func fit(_ rows: [Int32], _ labels: [Float], _ objective: BoostingObjectiveName) throws {
      _ = try learner.fit(
        prepared, TrainingSample(fit: TrainingSample.Rows(rows: rows, labels: labels)),
        configuration: BoostingConfiguration(objective: objective), iterations: 1, seed: 1,
        threads: 1, continuing: nil
      ) { _ in .proceed }
    }
    #expect(throws: LearnerError.self) { try fit([0, 2], [0, 1], .binary) }
    #expect(throws: LearnerError.self) { try fit([0, 1], [0, 2], .binary) }
    #expect(throws: LearnerError.self) { try fit([0, 1], [0, .infinity], .regression) }
    #expect(throws: LearnerError.self) { try fit([0, 1], [2, 2], .regression) }
    #expect(throws: LearnerError.self) { try fit([], [], .regression) }
    try fit([0, 1], [-4, 2], .regression)
  }
}
