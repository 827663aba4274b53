internal import QuantCore

/// Makes a model of what an XGBoost document says.
struct XGBoostModelReader {
  private let document: XGBoostDocument
  private let path: String

  /// The model of a whole file, JSON or UBJSON by its first bytes.
  ///
  /// - Throws: `StorageError.foreign`, `.unsupportedVersion`, `.incomplete`.
  static func model(_ bytes: [UInt8], path: String) throws(StorageError) -> TreeEnsemble {
    let document: XGBoostDocument
    switch ModelFormat(bytes.span.numberBytes) {
    case .xgboostJSON?:
      var reader = JSONReader(bytes, path: path)
      document = try XGBoostDocument(&reader, size: bytes.count, path: path)
    case .xgboostUBJSON?:
      var reader = UBJSONReader(bytes, path: path)
      document = try XGBoostDocument(&reader, size: bytes.count, path: path)
    default: throw ModelFormat.unknown(path: path)
    }
    return try XGBoostModelReader(document: document, path: path).model()
  }

  private func foreign(_ found: String, _ accepted: String) -> StorageError {
    .foreign(path: path, found: found, accepted: accepted)
  }

  private func model() throws(StorageError) -> TreeEnsemble {
    let version = document.version ?? []
    guard let major = version.first, (1...3).contains(major) else {
      throw .unsupportedVersion(
        path: path, found: version.map { "\($0)" }.joined(separator: "."), accepted: "1 to 3")
    }
    guard document.booster == "gbtree" || document.booster == "dart" else {
      throw foreign("booster \(Excerpt(document.booster ?? ""))", "gbtree or dart")
    }
    let (name, rule) = try objective()
    let names = try names()
    let trees = try trees()
    for (index, tree) in trees.enumerated() {
      if let defect = tree.defect(features: names.count) {
        throw foreign("tree \(index) with \(defect)", "a tree of \(names.count) features")
      }
    }
    return TreeEnsemble(objective: name, featureNames: names, rule: rule, trees: trees)
  }

  private func integer(_ key: String, missing: Int) throws(StorageError) -> Int {
    guard let text = document.parameters[key] else { return missing }
    guard let value = NumberText.integer(Array(text.utf8)[...]) else {
      throw foreign("\(key) \(Excerpt(text))", "a whole number")
    }
    return value
  }

  private func objective() throws(StorageError) -> (BoostingObjectiveName, ScoreRule) {
    for key in ["num_class", "num_target"] {
      let count = try integer(key, missing: 1)
      guard count == 0 || count == 1 else {
        throw foreign("\(key) \(count)", "models of one score")
      }
    }
    guard document.groups.allSatisfy({ $0 == 0 }) else {
      throw foreign("trees of several classes", "models of one score")
    }
    let text = document.objective ?? ""
    guard let objective = XGBoostObjective(text) else {
      throw foreign(
        "objective \(Excerpt(text))",
        "binary:logistic, binary:logitraw, reg:*, count:poisson, rank:*, survival:cox or survival:aft"
      )
    }
    let score = document.parameters["base_score"] ?? ""
    guard let base = XGBoostParameters.baseScore(score), let start = objective.start(base) else {
      throw foreign("base_score \(Excerpt(score))", "one number, in terms of predictions")
    }
    let rule = ScoreRule(start: Double(start), link: objective.link, isSinglePrecision: true)
    return (objective.name, rule)
  }

  private func names() throws(StorageError) -> [String] {
    let count = try integer("num_feature", missing: document.names.count)
    guard (0...XGBoostDocument.featureLimit).contains(count) else {
      throw foreign("\(count) features", "at most \(XGBoostDocument.featureLimit)")
    }
    if document.names.isEmpty { return (0..<count).map { "f\($0)" } }
    guard document.names.count == count else {
      throw foreign("\(document.names.count) names of \(count) features", "a name for each")
    }
    return document.names
  }

  /// The trees, with the weights that DART gave them in their leaves.
  private func trees() throws(StorageError) -> [Tree] {
    guard let trees = document.trees, document.treeCount == trees.count else {
      throw foreign("\(document.trees?.count ?? 0) trees", "\(document.treeCount ?? 0)")
    }
    guard document.booster == "dart" else { return trees }
    guard let factors = document.factors, factors.count == trees.count else {
      throw foreign("\(document.factors?.count ?? 0) weight_drop", "one for each of \(trees.count)")
    }
    return zip(trees, factors).map { tree, factor in
      Tree(
        splits: tree.splits,
        leaves: tree.leaves.map {
          Tree.Leaf(value: Double(Float($0.value) * factor), weight: $0.weight, count: $0.count)
        })
    }
  }
}
