internal import QuantCore

/// What an XGBoost document says, collected in whatever order its keys stand.
struct XGBoostDocument {
  /// More features than this are refused: unnamed ones take memory that the file does not.
  static let featureLimit = 1 << 20

  private(set) var version: [Int32]?
  private(set) var booster: String?
  private(set) var trees: [Tree]?
  /// Trees that the booster says it has.
  private(set) var treeCount: Int?
  /// The class of each tree.
  private(set) var groups: [Int32] = []
  /// What the leaves of each tree are multiplied with.
  private(set) var factors: [Float]?
  private(set) var names: [String] = []
  private(set) var objective: String?
  private(set) var parameters: [String: String] = [:]
  /// Words that categories may still fill.
  ///
  /// They are stored as sets of bits, so that a few bytes of the file could ask for megabytes.
  private var wordLimit: Int
  private let path: String

  /// Reads a document of so many bytes.
  ///
  /// - Throws: `StorageError` where it is none, or a tree is none.
  init(_ reader: inout some DocumentReader, size: Int, path: String) throws(StorageError) {
    self.path = path
    wordLimit = (2 * size + 1 << 24) / 4
    try readDocument(&reader)
    try reader.finish()
  }

  private mutating func readDocument(_ reader: inout some DocumentReader) throws(StorageError) {
    try reader.object { reader, key throws(StorageError) in
      switch key {
      case "version": version = try reader.integers()
      case "learner": try readLearner(&reader)
      default: try reader.skip()
      }
    }
  }

  private mutating func readLearner(_ reader: inout some DocumentReader) throws(StorageError) {
    try reader.object { reader, key throws(StorageError) in
      switch key {
      case "feature_names": try readNames(&reader)
      case "gradient_booster": try readBooster(&reader)
      case "learner_model_param": parameters = try XGBoostParameters.texts(&reader)
      case "objective": try readObjective(&reader)
      default: try reader.skip()
      }
    }
  }

  private mutating func readNames(_ reader: inout some DocumentReader) throws(StorageError) {
    try reader.array { reader throws(StorageError) in
      guard names.count < Self.featureLimit else {
        throw reader.foreign("more features", accepted: "at most \(Self.featureLimit)")
      }
      names.append(try reader.text())
    }
  }

  private mutating func readObjective(_ reader: inout some DocumentReader) throws(StorageError) {
    try reader.object { reader, key throws(StorageError) in
      if key == "name" { objective = try reader.text() } else { try reader.skip() }
    }
  }

  /// Reads a booster; that of `dart` has one of `gbtree` inside, whose name is not the last.
  private mutating func readBooster(_ reader: inout some DocumentReader) throws(StorageError) {
    var name: String?
    try reader.object { reader, key throws(StorageError) in
      switch key {
      case "name": name = try reader.text()
      case "gbtree": try readBooster(&reader)
      case "model": try readModel(&reader)
      case "weight_drop": factors = try reader.numbers()
      default: try reader.skip()
      }
    }
    booster = name
  }

  private mutating func readModel(_ reader: inout some DocumentReader) throws(StorageError) {
    guard trees == nil else { throw reader.foreign("a second model", accepted: "one") }
    try reader.object { reader, key throws(StorageError) in
      switch key {
      case "gbtree_model_param":
        treeCount = try XGBoostParameters.integers(&reader)["num_trees"]
      case "tree_info": groups = try reader.integers()
      // XGBoost 3.3 keeps them here.
      case "weight_drop": factors = try reader.numbers()
      case "trees": try readTrees(&reader)
      default: try reader.skip()
      }
    }
  }

  private mutating func readTrees(_ reader: inout some DocumentReader) throws(StorageError) {
    var trees: [Tree] = []
    try reader.array { reader throws(StorageError) in
      let tree = try XGBoostTreeReader(&reader)
      do throws(TreeDefect) {
        trees.append(try tree.tree(wordLimit: &wordLimit))
      } catch {
        throw .foreign(
          path: path, found: "tree \(trees.count) with \(error.text)",
          accepted: "a tree of one number in each leaf, whose nodes have one parent each")
      }
    }
    self.trees = trees
  }
}
