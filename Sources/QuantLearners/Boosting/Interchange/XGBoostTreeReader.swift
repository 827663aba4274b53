internal import QuantCore

/// A tree as XGBoost stores it: a number of each kind for each node, leaves among them.
struct XGBoostTreeReader {
  private var integers: [String: [Int32]] = [:]
  private var numbers: [String: [Float]] = [:]
  private var parameters: [String: Int] = [:]

  private static let integerKeys: Set = [
    "left_children", "right_children", "parents", "split_indices", "default_left", "split_type",
    "categories", "categories_nodes", "categories_segments", "categories_sizes",
  ]
  private static let numberKeys: Set = [
    "split_conditions", "base_weights", "loss_changes", "sum_hessian",
  ]

  /// Takes the object of a tree.
  ///
  /// - Throws: `StorageError` for what is no object of numbers.
  init(_ reader: inout some DocumentReader) throws(StorageError) {
    var (integers, numbers) = (self.integers, self.numbers)
    var parameters: [String: Int] = [:]
    try reader.object { reader, key throws(StorageError) in
      if Self.integerKeys.contains(key) {
        integers[key] = try reader.integers()
      } else if Self.numberKeys.contains(key) {
        numbers[key] = try reader.numbers()
      } else if key == "tree_param" {
        parameters = try XGBoostParameters.integers(&reader)
      } else if key == "leaf_weights" {
        throw reader.foreign("leaves of several numbers", accepted: "one number in each leaf")
      } else {
        try reader.skip()
      }
    }
    (self.integers, self.numbers, self.parameters) = (integers, numbers, parameters)
  }

  /// The tree.
  ///
  /// - Parameter wordLimit: words that categories may fill; lowered by those of this tree.
  /// - Throws: `TreeDefect` for lists of different lengths, and nodes that make no tree.
  func tree(wordLimit: inout Int) throws(TreeDefect) -> Tree {
    if let size = parameters["size_leaf_vector"], size > 1 {
      throw TreeDefect("leaves of \(size) numbers")
    }
    let lefts = try list("left_children", integers)
    let count = lefts.count
    guard count > 0, parameters["num_nodes"] == count else {
      throw TreeDefect("\(count) nodes where tree_param has another number")
    }
    let rights = try list("right_children", integers, count)
    let columns = try list("split_indices", integers, count)
    let conditions = try list("split_conditions", numbers, count)
    let ways = try list("default_left", integers, count)
    let hessians = try list("sum_hessian", numbers, count)
    let gains = try list("loss_changes", numbers, count)
    let weights = try list("base_weights", numbers, count)
    let isDeleted = (0..<count).map { columns[$0] == Int32.max && ways[$0] == 1 }
    guard isDeleted.count(where: { $0 }) == parameters["num_deleted"] ?? 0 else {
      throw TreeDefect("another number of deleted nodes than tree_param has")
    }
    let places = try places(lefts, rights, isDeleted)
    var categories = try XGBoostCategories(integers, nodes: count)

    var splits: [Tree.Split] = []
    var leaves: [Tree.Leaf] = []
    for node in 0..<count where !isDeleted[node] {
      guard lefts[node] >= 0 else {
        leaves.append(Tree.Leaf(value: Double(conditions[node]), weight: Double(hessians[node])))
        continue
      }
      guard ways[node] == 0 || ways[node] == 1 else {
        throw TreeDefect("node \(node) with default_left \(ways[node])")
      }
      var split = Tree.Split(
        feature: Int(columns[node]), question: .atMost(conditions[node].nextDown),
        isMissingLeft: ways[node] == 1, left: places[Int(lefts[node])],
        right: places[Int(rights[node])], gain: Double(gains[node]), value: Double(weights[node]),
        weight: Double(hessians[node]))
      if let set = try categories.set(of: node, wordLimit: &wordLimit) {
        // Categories of the set go right there and left here.
        split.question = .isOneOf(set)
        swap(&split.left, &split.right)
        split.isMissingLeft.toggle()
      }
      splits.append(split)
    }
    return try Tree.arranged(splits: splits, leaves: leaves).get()
  }

  private func list<Value>(
    _ key: String, _ lists: [String: [Value]], _ count: Int? = nil
  ) throws(TreeDefect) -> [Value] {
    guard let list = lists[key] else { throw TreeDefect("no \(key)") }
    guard count == nil || count == list.count else {
      throw TreeDefect("\(list.count) \(key) of \(count ?? 0) nodes")
    }
    return list
  }

  /// The place of each node: that of a split, or `~leaf`.
  private func places(
    _ lefts: [Int32], _ rights: [Int32], _ isDeleted: [Bool]
  ) throws(TreeDefect) -> [Int] {
    let parents = try list("parents", integers, lefts.count)
    guard parents[0] == Int32.max || parents[0] == -1 else {
      throw TreeDefect("parent \(parents[0]) of the root")
    }
    var (splits, leaves) = (0, 0)
    var places: [Int] = []
    places.reserveCapacity(lefts.count)
    for node in lefts.indices {
      guard !isDeleted[node] else {
        places.append(0)
        continue
      }
      let children = [lefts[node], rights[node]]
      if children == [-1, -1] {
        places.append(~leaves)
        leaves += 1
        continue
      }
      for child in children {
        guard lefts.indices.contains(Int(child)), !isDeleted[Int(child)],
          parents[Int(child)] == Int32(node)
        else { throw TreeDefect("node \(node) with child \(child)") }
      }
      places.append(splits)
      splits += 1
    }
    return places
  }
}
