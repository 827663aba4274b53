internal import QuantCore

/// Reads one tree of LightGBM's model text.
struct LightGBMTreeReader {
  private let lines: LightGBMLines
  private let fields: [String: LightGBMField]
  private let name: String
  private let features: Int

  /// Takes the lines up to the first blank one.
  ///
  /// - Throws: `StorageError.foreign` for an unknown key or one that stands twice.
  init(
    _ lines: inout LightGBMLines, name: String, features: Int
  ) throws(StorageError) {
    var fields: [String: LightGBMField] = [:]
    while let line = lines.next(), !line.isEmpty {
      let field = try lines.field(line, among: LightGBMFormat.treeKeys)
      guard fields.updateValue(field, forKey: field.key) == nil else {
        throw lines.foreign("a second \(field.key), line \(field.line)", accepted: "one")
      }
    }
    self.lines = lines
    self.fields = fields
    self.name = name
    self.features = features
  }

  /// The tree.
  ///
  /// - Throws: `StorageError.foreign` for numbers that are missing, too many, or make no tree.
  func tree() throws(StorageError) -> Tree {
    let count = try lines.integer(field("num_leaves"))
    if let linear = fields["is_linear"], try lines.integer(linear) != 0 {
      throw foreign("a linear model in each leaf", accepted: "a number in each leaf")
    }
    // A number takes a byte at least, and blanks part them; so no declared count fills the memory.
    let lists = count == 1 ? ["leaf_value"] : Self.lists
    for key in lists {
      guard count >= 1, try field(key).value.count / 2 + 1 >= count - 1 else {
        throw foreign("\(count) leaves", accepted: "a number of \(key) for each")
      }
    }
    let leaves = try leaves(count)
    let splits = count == 1 ? [] : try splits(count - 1)
    switch Tree.arranged(splits: splits, leaves: leaves) {
    case .failure(let defect): throw foreign(defect.text, accepted: Self.accepted)
    case .success(let tree):
      if let defect = tree.defect(features: features) {
        throw foreign(defect, accepted: Self.accepted)
      }
      return tree
    }
  }

  private static let accepted = "a tree whose nodes have one parent each"
  private static let lists = [
    "leaf_value", "leaf_weight", "leaf_count", "split_feature", "threshold", "decision_type",
    "left_child", "right_child", "split_gain", "internal_value", "internal_weight",
    "internal_count",
  ]

  private func foreign(_ found: String, accepted: String) -> StorageError {
    lines.foreign("\(name) with \(found)", accepted: accepted)
  }

  private func field(_ key: String) throws(StorageError) -> LightGBMField {
    guard let field = fields[key] else { throw foreign("no \(key)", accepted: "a model text") }
    return field
  }

  /// Fills a number of each node in.
  private func fill<Node, Value>(
    _ nodes: inout [Node], _ path: WritableKeyPath<Node, Value>, _ field: LightGBMField,
    _ convert: (ArraySlice<UInt8>) -> Value?
  ) throws(StorageError) {
    try lines.forEachWord(field, count: nodes.count) { index, text in
      guard let value = convert(text) else { return false }
      nodes[index][keyPath: path] = value
      return true
    }
  }

  /// Fills a statistic in; a tree of one leaf may have an empty one.
  private func fillStatistic<Node, Value>(
    _ nodes: inout [Node], _ path: WritableKeyPath<Node, Value>, _ key: String,
    _ convert: (ArraySlice<UInt8>) -> Value?
  ) throws(StorageError) {
    let field = try field(key)
    if nodes.count == 1, field.value.isEmpty { return }
    try fill(&nodes, path, field, convert)
  }

  private func leaves(_ count: Int) throws(StorageError) -> [Tree.Leaf] {
    var leaves = [Tree.Leaf](repeating: Tree.Leaf(value: 0), count: count)
    try fill(&leaves, \.value, field("leaf_value"), NumberText.double)
    try fillStatistic(&leaves, \.weight, "leaf_weight", NumberText.double)
    try fillStatistic(&leaves, \.count, "leaf_count", NumberText.integer)
    return leaves
  }

  private func splits(_ count: Int) throws(StorageError) -> [Tree.Split] {
    let blank = Tree.Split(feature: 0, question: .atMost(0), left: 0, right: 0)
    var splits = [Tree.Split](repeating: blank, count: count)
    try fill(&splits, \.feature, field("split_feature"), NumberText.integer)
    try fill(&splits, \.left, field("left_child"), NumberText.integer)
    try fill(&splits, \.right, field("right_child"), NumberText.integer)
    try fillStatistic(&splits, \.gain, "split_gain", NumberText.double)
    try fillStatistic(&splits, \.value, "internal_value", NumberText.double)
    try fillStatistic(&splits, \.weight, "internal_weight", NumberText.double)
    try fillStatistic(&splits, \.count, "internal_count", NumberText.integer)
    let thresholds = try lines.words(field("threshold"), count: count, NumberText.double)
    let decisions = try lines.words(field("decision_type"), count: count, NumberText.integer)
    var categories = try LightGBMCategories(lines, fields, name: name)
    for index in splits.indices {
      do {
        try splits[index].ask(decisions[index], thresholds[index], &categories)
      } catch {
        throw foreign("split \(index) \(error.text)", accepted: "a split of LightGBM 4")
      }
    }
    if let unused = categories.unused {
      throw foreign("category set \(unused) of no split", accepted: "one split for each set")
    }
    return splits
  }
}

extension Tree.Split {
  /// Sets question and way of missing values by LightGBM's `decision_type` and `threshold`.
  fileprivate mutating func ask(
    _ decision: Int, _ threshold: Double, _ categories: inout LightGBMCategories
  ) throws(TreeDefect) {
    typealias Decision = LightGBMFormat.Decision
    guard (0..<16).contains(decision) else { throw TreeDefect("of decision_type \(decision)") }
    if decision & Decision.isCategorical != 0 {
      question = .isOneOf(try categories.take(threshold))
      return
    }
    let limit = LightGBMFormat.threshold(threshold)
    question = .atMost(limit)
    isMissingLeft = decision & Decision.isMissingLeft != 0
    switch decision >> Decision.missingShift {
    // Nothing is missing: NaN is read as 0.
    case Decision.missingNone: isMissingLeft = 0 <= limit
    case Decision.missingZero: isZeroMissing = true
    case Decision.missingNaN: break
    default: throw TreeDefect("of decision_type \(decision)")
    }
  }
}
