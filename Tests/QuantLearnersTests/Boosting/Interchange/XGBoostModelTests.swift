import QuantCore
import Testing

@testable import QuantLearners

@Suite("XGBoost's model files")
struct XGBoostModelTests {
  /// One tree: node 0 asks for feature 1, node 1 for categories of feature 0; 2, 3 and 4 are leaves.
  private static let document = """
    {"learner": {"attributes": {"best": "1"}, "feature_names": ["a\\u00e4", "b"],
      "feature_types": ["c", "float"],
      "gradient_booster": {"model": {
        "gbtree_model_param": {"num_parallel_tree": "1", "num_trees": "1"},
        "tree_info": [0], "trees": [{
          "base_weights": [0, 1.5, 0, 0, 0], "categories": [1, 33], "categories_nodes": [1],
          "categories_segments": [0], "categories_sizes": [2], "default_left": [1, 0, 0, 0, 0],
          "id": 0, "left_children": [1, 3, -1, -1, -1], "right_children": [2, 4, -1, -1, -1],
          "parents": [2147483647, 0, 0, 1, 1], "loss_changes": [7, 3, 0, 0, 0],
          "split_conditions": [0.5, 0, 3E0, 1, 2], "split_indices": [1, 0, 0, 0, 0],
          "split_type": [0, 1, 0, 0, 0], "sum_hessian": [9, 5, 4, 3, 2],
          "tree_param": {"num_deleted": "0", "num_feature": "2", "num_nodes": "5",
            "size_leaf_vector": "1"}}]}, "name": "gbtree"},
      "learner_model_param": {"base_score": "[5E-1]", "boost_from_average": "1", "num_class": "0",
        "num_feature": "2", "num_target": "1"},
      "objective": {"name": "binary:logistic", "reg_loss_param": {"scale_pos_weight": "1"}}},
     "version": [3, 2, 0]}
    """

  private static let unsupportedCases: [(String, String, String)] = [
    ("\"gbtree\"", "\"gblinear\"", "gblinear"),
    ("\"num_class\": \"0\"", "\"num_class\": \"3\"", "num_class 3"),
    ("\"num_target\": \"1\"", "\"num_target\": \"2\"", "num_target 2"),
    ("\"tree_info\": [0]", "\"tree_info\": [1]", "several classes"),
    ("size_leaf_vector\": \"1\"", "size_leaf_vector\": \"3\"", "leaves of 3 numbers"),
    ("binary:logistic", "multi:softprob", "multi:softprob"),
    ("binary:logistic", "binary:hinge", "binary:hinge"), ("[3, 2, 0]", "[4, 0, 0]", "4.0.0"),
    ("[5E-1]", "[5E-1,5E-1]", "base_score"), ("[5E-1]", "2E0", "base_score"),
    ("[5E-1]", "nan", "base_score"),
  ]

  private static let structureCases: [(String, String, String)] = [
    ("[1, 3, -1, -1, -1]", "[9, 3, -1, -1, -1]", "tree 0 with node 0 with child 9"),
    ("[1, 3, -1, -1, -1]", "[0, 3, -1, -1, -1]", "node 0 with child 0"),
    ("[1, 3, -1, -1, -1]", "[1, 0, -1, -1, -1]", "node 1 with child 0"),
    ("[1, 3, -1, -1, -1]", "[1, 2, -1, -1, -1]", "node 1 with child 2"),
    ("[1, 3, -1, -1, -1]", "[1, -1, -1, -1, -1]", "node 1 with child -1"),
    ("[1, 3, -1, -1, -1]", "[-1, 3, -1, -1, -1]", "child -1"),
    ("[1, 3, -1, -1, -1]", "[1, 3, -1, -1]", "nodes"),
    ("[2, 4, -1, -1, -1]", "[1, 4, -1, -1, -1]", "has a parent already"),
    ("[2147483647, 0, 0, 1, 1]", "[2147483647, 0, 0, 1, 0]", "node 1 with child 4"),
    ("[2147483647, 0, 0, 1, 1]", "[0, 0, 0, 1, 1]", "root"),
    ("\"split_indices\": [1, 0", "\"split_indices\": [2, 0", "feature 2 of 2"),
    ("\"split_indices\": [1, 0", "\"split_indices\": [-1, 0", "feature -1"),
    ("\"split_indices\": [1, 0", "\"split_indices\": [99999999999, 0", "32 bits"),
    ("[0.5, 0,", "[NaN, 0,", "nan"), ("3E0, 1, 2]", "Infinity, 1, 2]", "inf"),
    ("\"default_left\": [1,", "\"default_left\": [2,", "default_left 2"),
    ("\"default_left\": [1, 0, 0, 0, 0]", "\"default_left\": [1]", "default_left"),
    ("\"num_nodes\": \"5\"", "\"num_nodes\": \"6\"", "nodes"),
    ("\"num_deleted\": \"0\"", "\"num_deleted\": \"1\"", "deleted"),
    ("\"categories\": [1, 33]", "\"categories\": [1]", "categories of node 1"),
    ("\"categories\": [1, 33]", "\"categories\": [1, -3]", "category below 0"),
    ("\"categories\": [1, 33]", "\"categories\": [1, 16777216]", "from 16777216"),
    ("\"categories_nodes\": [1]", "\"categories_nodes\": [2]", "node 2"),
    ("\"categories_sizes\": [2]", "\"categories_sizes\": [0]", "categories of node 1"),
    ("\"categories_segments\": [0]", "\"categories_segments\": [-1]", "at -1"),
    ("\"categories_segments\": [0]", "\"categories_segments\": [1]", "at 1"),
    ("\"split_type\": [0, 1,", "\"split_type\": [1, 1,", "without categories"),
    ("\"split_type\": [0, 1,", "\"split_type\": [0, 7,", "node 1"),
    ("\"num_trees\": \"1\"", "\"num_trees\": \"2\"", "1 trees"),
    ("\"num_feature\": \"2\", \"num_t", "\"num_feature\": \"3\", \"num_t", "names of 3"),
    ("\"a\\u00e4\", \"b\"", "", "accepted"), ("\\u00e4", "\\ud83d", "escape"),
    ("\"id\": 0,", "\"id\": 0, \"id\": 0,", "second time"),
    ("\"parents\"", "\"parent\"", "no parents"),
  ]

  private func bytes(_ changes: [(String, String)] = []) -> [UInt8] {
    Array(changes.reduce(Self.document) { $0.replacing($1.0, with: $1.1) }.utf8)
  }

  private func problem(_ old: String, _ new: String) -> String {
    ModelProbe.problem(bytes([(old, new)])) ?? "accepted"
  }

  @Test(
    "Values below the threshold go left, listed categories right, and missing ones by default_left")
  func literal() throws {
    let model = try ModelProbe.model(bytes())
    #expect(model.featureNames == ["aä", "b"] && model.startScore == 0)
    let split = model.trees[0].splits[0]
    #expect(split.question == .atMost(Float(0.5).nextDown) && split.isMissingLeft)
    #expect(split.gain == 7 && split.weight == 9)
    let rows = FeatureMatrix(columns: [
      [0, 1, 33, 2, .nan, 1, 1e9], [0.4, 0.4, .nan, 0.5, 0.4, 0.6, -.infinity],
    ])
    #expect(model.scores(rows) == [1, 2, 2, 3, 2, 3, 1])
  }

  @Test(
    "Base scores of every version, in terms of predictions",
    arguments: [
      ("[5E-1]", "binary:logistic", Float(0)), ("5E-1", "binary:logistic", 0),
      ("0", "binary:logistic", -13.815511), ("[2E0]", "reg:squarederror", 2),
      ("1E0", "count:poisson", 0), ("-3", "rank:ndcg", -3), ("5E-1", "binary:logitraw", 0.5),
    ])
  func baseScore(text: String, objective: String, start: Float) throws {
    let model = try ModelProbe.model(
      bytes([("[5E-1]", text), ("binary:logistic", objective)]))
    #expect(abs(Float(model.startScore) - start) <= start.ulp)
    #expect(model.rule.isSinglePrecision)
  }

  @Test(
    "What is not supported says so",
    arguments: unsupportedCases)
  func unsupported(old: String, new: String, expected: String) {
    #expect(problem(old, new).contains(expected), "\(problem(old, new))")
  }

  @Test(
    "Impossible trees are refused, with tree and node",
    arguments: structureCases)
  func structure(old: String, new: String, expected: String) {
    #expect(problem(old, new).contains(expected), "\(problem(old, new))")
  }

  @Test("Few bytes cannot ask for much memory")
  func bombs() {
    let many = String(repeating: "[", count: 100_000)
    #expect(problem("{\"best\": \"1\"}", many).contains("64 levels"))
    let unnamed = bytes([
      ("\"a\\u00e4\", \"b\"", ""),
      ("\"num_feature\": \"2\", \"num_t", "\"num_feature\": \"99999999\", \"num_t"),
    ])
    let problem = ModelProbe.problem(unnamed) ?? "accepted"
    #expect(problem.contains("99999999 features"))
    // 'trees' as an array of 2^62 numbers, as objects with counts, and as bytes without a type.
    for text in ["[$l#L", "[$Z#L", "[#L", "{#L", "[$[#L", "SL", "[$"] {
      var bytes = Array("{i\u{7}learner".utf8) + Array(text.utf8)
      bytes += [0x40, 0, 0, 0, 0, 0, 0, 0]
      #expect(ModelProbe.problem(bytes) != nil)
    }
  }

  @Test("Every beginning of a document is refused")
  func truncation() throws {
    for bytes in [bytes(), try ModelProbe.fixture("xgboost-logistic.ubj")] {
      for length in 0..<bytes.count {
        if ModelProbe.problem(Array(bytes.prefix(length))) == nil {
          Issue.record("\(length) of \(bytes.count) bytes were accepted")
        }
      }
    }
  }
}
