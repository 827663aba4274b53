import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("LightGBM's model text")
struct LightGBMTextTests {
  private func stump(
    _ question: Tree.Question, start: Double = 0.25, isMissingLeft: Bool = false,
    names: [String] = ["a", "b c"]
  ) -> TreeEnsemble {
    let split = Tree.Split(
      feature: 1, question: question, isMissingLeft: isMissingLeft, left: ~0, right: ~1, gain: 2,
      value: 0.5, weight: 3, count: 9)
    return TreeEnsemble(
      objective: .binary, featureNames: names,
      rule: ScoreRule(start: start, link: .logistic(slope: 1)),
      trees: [
        Tree(
          splits: [split],
          leaves: [
            Tree.Leaf(value: 1, weight: 1, count: 4), Tree.Leaf(value: -0.5, weight: 2, count: 5),
          ])
      ])
  }

  @Test("A stump as text: the start score is in its leaves")
  func literal() throws {
    let text = try stump(.atMost(0.5), isMissingLeft: true).lightGBMText
    #expect(
      text == """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        label_index=0
        max_feature_idx=1
        objective=binary sigmoid:1.0
        feature_names=a b_c
        feature_infos=none [0.5:0.5]
        tree_sizes=261

        Tree=0
        num_leaves=2
        num_cat=0
        split_feature=1
        split_gain=2.0
        threshold=0.5
        decision_type=10
        left_child=-1
        right_child=-2
        leaf_value=1.25 -0.25
        leaf_weight=1.0 2.0
        leaf_count=4 5
        internal_value=0.75
        internal_weight=3.0
        internal_count=9
        is_linear=0
        shrinkage=1


        end of trees

        feature_importances:
        b_c=1


        """)
    let again = try TreeEnsemble(lightGBMText: text, path: "m")
    #expect(again.startScore == 0 && again.objective == .binary)
    #expect(again.trees[0].leaves.map(\.value) == [1.25, -0.25])
    #expect(again.trees[0].splits[0].isMissingLeft)
  }

  @Test(
    "Infinite thresholds and categories survive", arguments: [-Float.infinity, .infinity, 1e-38])
  func thresholds(threshold: Float) throws {
    let again = try TreeEnsemble(lightGBMText: stump(.atMost(threshold)).lightGBMText, path: "m")
    // LightGBM reads values of at most 1e-35 as 0, so the small threshold stands for 1e-35.
    let expected = threshold == 1e-38 ? 1e-35 : threshold
    #expect(again.trees[0].splits[0].question == .atMost(expected))
    for set in [CategorySet([]), CategorySet([0]), CategorySet([1, 31, 32, 200])] {
      let again = try TreeEnsemble(lightGBMText: stump(.isOneOf(set)).lightGBMText, path: "m")
      #expect(again.trees[0].splits[0].question == .isOneOf(set))
    }
  }

  @Test("Scores of a model are those of its text to the bit", arguments: 0..<6)
  func scores(seed: UInt64) throws {
    let data = BoostingData()
    let model = try data.fit(
      BoostingConfiguration(objective: seed % 2 == 0 ? .binary : .regression, leaves: 9),
      iterations: 5,
      seed: seed)
    let again = try TreeEnsemble(lightGBMText: model.lightGBMText, path: "m")
    let rows = 0..<2 * BoostingData.rows
    #expect(
      data.scores(model, rows).map(\.bitPattern) == data.scores(again, rows).map(\.bitPattern))
    #expect(
      try again.lightGBMText
        == TreeEnsemble(
          lightGBMText: again.lightGBMText, path: "m"
        ).lightGBMText)
  }

  @Test("Missing values among categories cannot be written")
  func unwritable() throws {
    let model = stump(.isOneOf(CategorySet([3])), isMissingLeft: true)
    #expect(throws: ModelConversionError.self) { try model.lightGBMText }
    let folder = try TemporaryFolder()
    #expect(throws: StorageError.self) { try model.writeLightGBMText(to: folder.file("m.txt")) }
  }

  @Test("Names lose what LightGBM cannot hold, and stay different")
  func names() throws {
    let model = stump(.atMost(1), names: ["a b", "a_b", "", "x:[y]", "ö"])
    let again = try TreeEnsemble(lightGBMText: model.lightGBMText, path: "m")
    #expect(again.featureNames == ["a_b", "a_b_1", "Column_2", "x__y_", "ö"])
  }

  @Test("Models without trees or without an objective of LightGBM")
  func empty() throws {
    let model = TreeEnsemble(
      objective: .pairwise, featureNames: ["a"], rule: ScoreRule(start: 2, link: .identity),
      trees: [])
    let again = try TreeEnsemble(lightGBMText: model.lightGBMText, path: "m")
    #expect(
      again.objective == .custom
        && again.trees == [
          Tree(splits: [], leaves: [Tree.Leaf(value: 2)])
        ])
  }

  @Test("Missing type none reads NaN as 0; type zero takes small values for missing")
  func missingTypes() throws {
    func leaf(_ type: Int, _ threshold: String, _ value: Float) throws -> Double {
      var text = try stump(.atMost(0.5), start: 0).lightGBMText
      text.replaceWithEqualSize("threshold=0.5", "threshold=" + threshold)
      text.replaceWithEqualSize("decision_type=8", "decision_type=\(type)")
      let model = try TreeEnsemble(lightGBMText: text, path: "m")
      return model.scores(FeatureMatrix(columns: [[0], [value]]))[0]
    }
    #expect(try leaf(0, "0.5", .nan) == 1 && leaf(0, "-.5", .nan) == -0.5)
    #expect(try leaf(4, "0.5", 1e-35) == -0.5 && leaf(6, "-.5", -1e-35) == 1)
    #expect(try leaf(4, "0.5", 2e-35) == 1 && leaf(4, "0.5", .nan) == -0.5)
  }
}

extension String {
  /// Replaces a text, and the size of the only tree where sizes differ.
  mutating func replaceWithEqualSize(_ old: String, _ new: String) {
    let parts = split(separator: "\n" + old + "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return }
    precondition(old.utf8.count == new.utf8.count)
    self = parts[0] + "\n" + new + "\n" + parts[1]
  }
}
