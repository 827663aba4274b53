import QuantCore
import Testing

@testable import QuantLearners

@Suite("LightGBM texts that are refused")
struct LightGBMRefusalTests {
  /// Two trees: one with a set of categories, one with numbers alone.
  private static let lines = """
    tree
    version=v4
    num_class=1
    num_tree_per_iteration=1
    label_index=0
    max_feature_idx=1
    objective=regression
    feature_names=a b
    feature_infos=[0:1] 0:1:2
    tree_sizes=SIZES

    Tree=0
    num_leaves=3
    num_cat=1
    split_feature=1 0
    split_gain=2 1
    threshold=0 0.5
    decision_type=1 10
    left_child=1 -1
    right_child=-3 -2
    leaf_value=1 2 3
    leaf_weight=1 1 1
    leaf_count=1 1 1
    internal_value=0 0
    internal_weight=3 2
    internal_count=3 2
    cat_boundaries=0 1
    cat_threshold=6
    is_linear=0
    shrinkage=1


    Tree=1
    num_leaves=2
    num_cat=0
    split_feature=0
    split_gain=3
    threshold=1.5
    decision_type=2
    left_child=-1
    right_child=-2
    leaf_value=4 5
    leaf_weight=2 2
    leaf_count=2 2
    internal_value=8
    internal_weight=4
    internal_count=4
    is_linear=0


    end of trees

    parameters:
    [objective: regression]
    end of parameters
    """

  private static let unsupportedCases: [(String, String, String)] = [
    ("is_linear=0", "is_linear=1", "linear model"), ("num_class=1", "num_class=3", "classes"),
    ("num_tree_per_iteration=1", "num_tree_per_iteration=2", "classes"),
    ("version=v4", "version=v5", "version 'v5'"), ("version=v4", "version=v2", "version 'v2'"),
    ("objective=regression\n", "objective=regression sqrt\n", "sqrt"),
    ("objective=regression\n", "objective=multiclass num_class:3\n", "multiclass"),
    ("objective=regression\n", "objective=cross_entropy_lambda\n", "cross_entropy_lambda"),
    ("objective=regression\n", "objective=binary sigmoid:-1\n", "sigmoid"),
  ]

  private static let structureCases: [(String, String, String)] = [
    ("left_child=1 -1", "left_child=2 -1", "Tree=0 with split 0 with child 2"),
    ("left_child=1 -1", "left_child=0 -1", "Tree=0 with split 0"),
    ("left_child=1 -1", "left_child=1 -9", "child -9"),
    ("left_child=1 -1", "left_child=1 0", "split 1 with child 0"),
    ("right_child=-3 -2", "right_child=1 -2", "has a parent already"),
    ("right_child=-3 -2", "right_child=-1 -2", "leaf 0"),
    ("left_child=1 -1", "left_child=-3 1", "leaf 2, which has a parent"),
    ("split_feature=1 0", "split_feature=1 2", "feature 2 of 2"),
    ("split_feature=1 0", "split_feature=-1 0", "feature -1"),
    ("num_leaves=3", "num_leaves=4", "Tree=0"), ("num_leaves=3", "num_leaves=2", "line"),
    ("num_leaves=3", "num_leaves=2000000000", "leaves"),
    ("num_leaves=3", "num_leaves=0", "0 leaves"), ("num_leaves=3", "num_leaves=-5", "-5 leaves"),
    ("cat_boundaries=0 1", "cat_boundaries=0 2", "cat_threshold"),
    ("cat_boundaries=0 1", "cat_boundaries=1 1", "cat_boundaries"),
    ("cat_boundaries=0 1", "cat_boundaries=0 -1", "cat_boundaries"),
    ("cat_boundaries=0 1", "cat_boundaries=0 99999999999", "cat_boundaries"),
    ("num_cat=1", "num_cat=2", "cat_boundaries"), ("num_cat=1", "num_cat=0", "category set"),
    ("num_cat=1", "num_cat=1000000000", "num_cat"), ("num_cat=1", "num_cat=-1", "num_cat"),
    ("threshold=0 0.5", "threshold=1 0.5", "category set"),
    ("threshold=0 0.5", "threshold=0.5 0.5", "category set"),
    ("threshold=0 0.5", "threshold=0 nan", "'nan'"),
    ("decision_type=1 10", "decision_type=1 1", "category set"),
    ("decision_type=1 10", "decision_type=10 10", "of no split"),
    ("decision_type=1 10", "decision_type=1 14", "decision_type 14"),
    ("decision_type=1 10", "decision_type=1 99", "decision_type 99"),
    ("leaf_value=1 2 3", "leaf_value=1 2", "values in leaf_value"),
    ("leaf_value=1 2 3", "leaf_value=1 2 inf", "leaf 2"),
    ("leaf_value=1 2 3", "leaf_value=1 2 0x3", "'0x3'"),
    ("leaf_count=1 1 1", "leaf_count=1 -1 1", "leaf 1"),
    ("split_gain=2 1", "split_gain=2 1 1", "more than 2"),
    ("cat_threshold=6", "cat_threshold=4294967296", "4294967296"),
    ("shrinkage=1", "shrinkage=1\nshrinkage=1", "second shrinkage"),
    ("shrinkage=1", "shrinkig=1", "'shrinkig'"), ("Tree=1", "Tree=2", "Tree=1"),
    ("feature_names=a b", "feature_names=a", "feature_names"),
    ("max_feature_idx=1", "max_feature_idx=1000000000", "max_feature_idx"),
    ("max_feature_idx=1", "max_feature_idx=-1", "max_feature_idx"),
    ("label_index=0", "average_outpud", "average_outpud"),
    ("leaf_count=1 1 1\n", "", "no leaf_count"), ("feature_names=a b\n", "", "no feature_names"),
    ("num_leaves=3\n", "", "no num_leaves"),
    ("end of parameters", "", "ends early"), ("end of trees", "Tree=2", "no num_leaves"),
  ]

  /// The text with some lines exchanged and the sizes of its trees put right.
  private func text(_ changes: [(String, String)] = []) -> String {
    var text = Self.lines
    for (old, new) in changes { text = text.replacing(old, with: new) }
    let parts = text.split(separator: "Tree=", omittingEmptySubsequences: false)
    let last = parts.last?.split(separator: "end of trees", maxSplits: 1).first ?? ""
    let trees = parts.dropFirst().dropLast() + [last]
    return text.replacing(
      "SIZES", with: trees.map { "\($0.utf8.count + 5)" }.joined(separator: " "))
  }

  private func problem(_ changes: (String, String)...) -> String? {
    ModelProbe.problem(Array(text(changes).utf8))
  }

  @Test("The text itself is read; a size that is wrong is not")
  func good() throws {
    #expect(problem() == nil)
    let model = try TreeEnsemble(lightGBMText: text(), path: "m")
    let rows = FeatureMatrix(columns: [[0, 1, 9, .nan], [1, 2.5, 0, 2]])
    #expect(model.scores(rows) == [5, 6, 8, 5])
    #expect(
      ModelProbe.problem(Array(text().replacing("tree_sizes=", with: "tree_sizes=1").utf8)) != nil)
  }

  @Test(
    "What is not supported says so",
    arguments: unsupportedCases)
  func unsupported(old: String, new: String, expected: String) {
    let problem = problem((old, new)) ?? "accepted"
    #expect(problem.contains(expected), "\(problem)")
  }

  @Test(
    "Impossible trees are refused, with tree and node",
    arguments: structureCases)
  func structure(old: String, new: String, expected: String) {
    let problem = problem((old, new)) ?? "accepted"
    #expect(problem.contains(expected), "\(problem)")
  }

  @Test("Splits in any order are the same tree")
  func order() throws {
    let turned = [
      ("split_feature=1 0", "split_feature=1 0 0"), ("num_leaves=3", "num_leaves=4"),
      ("split_gain=2 1", "split_gain=2 1 1"), ("threshold=0 0.5", "threshold=0 0.5 0.25"),
      ("decision_type=1 10", "decision_type=1 10 10"), ("left_child=1 -1", "left_child=2 -1 1"),
      ("right_child=-3 -2", "right_child=-3 -2 -4"), ("leaf_value=1 2 3", "leaf_value=1 2 3 4"),
      ("leaf_weight=1 1 1", "leaf_weight=1 1 1 1"), ("leaf_count=1 1 1", "leaf_count=1 1 1 1"),
      ("internal_value=0 0", "internal_value=0 0 0"),
      ("internal_weight=3 2", "internal_weight=3 2 2"),
      ("internal_count=3 2", "internal_count=3 2 2"),
    ]
    let model = try TreeEnsemble(lightGBMText: text(turned), path: "m")
    #expect(model.trees[0].splits.map(\.feature) == [1, 0, 0])
    let rows = FeatureMatrix(columns: [[0, 0.3, 9], [1, 1, 1]])
    // A value up to 0.25 comes to the split at 0.5, and any other to leaf 3.
    #expect(model.scores(rows) == [5, 8, 9])
  }

  @Test("Every beginning of a text is refused, or has all trees")
  func truncation() throws {
    let bytes = Array(text().utf8)
    let trees = try TreeEnsemble(lightGBMText: text(), path: "m").trees
    let end =
      text().utf8.count - "\n\nparameters:\n[objective: regression]\nend of parameters".utf8.count
    for length in 0..<bytes.count {
      let part = Array(bytes.prefix(length))
      if let model = try? ModelProbe.model(part) {
        #expect(length >= end && model.trees == trees)
      }
    }
  }
}
