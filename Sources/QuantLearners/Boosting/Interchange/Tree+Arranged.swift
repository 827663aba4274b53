// Other programs may store the nodes of a tree in any order; ours has parents before their children.

extension Tree {
  /// A tree of the given nodes, whose splits are put in order where they are not.
  ///
  /// Splits keep their order where each comes before those below it, else they are ordered by level.
  /// Leaves always keep theirs.
  ///
  /// - Returns: the tree; or why there is none: a child that does not exist, a node with several parents
  ///   or none, or a way around in a circle. The text counts nodes as they are given.
  static func arranged(splits: [Split], leaves: [Leaf]) -> Result<Tree, TreeDefect> {
    var parents = NodeParents(splits: splits.count, leaves: leaves.count)
    var isOrdered = true
    for (index, split) in splits.enumerated() {
      for child in [split.left, split.right] {
        if let defect = parents.add(child, of: index) { return .failure(TreeDefect(defect)) }
        if child >= 0 && child < index { isOrdered = false }
      }
    }
    // Every node but the root has one parent now. So all are below the root, or some go in a circle.
    if let defect = parents.defect { return .failure(TreeDefect(defect)) }
    if isOrdered { return .success(Tree(splits: splits, leaves: leaves)) }

    var order = [0]
    var next = 0
    while next < order.count {
      for child in [splits[order[next]].left, splits[order[next]].right] where child >= 0 {
        order.append(child)
      }
      next += 1
    }
    var places = [Int](repeating: -1, count: splits.count)
    for (place, split) in order.enumerated() { places[split] = place }
    if let circle = places.firstIndex(of: -1) {
      return .failure(TreeDefect("split \(circle) in a circle"))
    }
    let arranged = order.map { index in
      var split = splits[index]
      if split.left >= 0 { split.left = places[split.left] }
      if split.right >= 0 { split.right = places[split.right] }
      return split
    }
    return .success(Tree(splits: arranged, leaves: leaves))
  }
}

/// Why nodes are no tree.
struct TreeDefect: Error {
  let text: String

  init(_ text: String) { self.text = text }
}
