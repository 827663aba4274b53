/// Counts the parents of the nodes of a tree, of which each but the root has one.
struct NodeParents {
  private var splits: [Bool]
  private var leaves: [Bool]

  /// No node has a parent but split 0, which needs none.
  init(splits: Int, leaves: Int) {
    self.splits = [Bool](repeating: false, count: splits)
    self.leaves = [Bool](repeating: false, count: leaves)
    if splits > 0 { self.splits[0] = true } else if leaves == 1 { self.leaves[0] = true }
  }

  /// Notes a child, a split or `~leaf`; returns what is wrong with it, or `nil`.
  mutating func add(_ child: Int, of parent: Int) -> String? {
    if splits.indices.contains(child) {
      if splits[child] { return "split \(parent) with child \(child), which has a parent already" }
      splits[child] = true
    } else if leaves.indices.contains(~child) {
      if leaves[~child] { return "split \(parent) with leaf \(~child), which has a parent already" }
      leaves[~child] = true
    } else {
      return "split \(parent) with child \(child), which does not exist"
    }
    return nil
  }

  /// A node without a parent, or `nil` where each has one.
  var defect: String? {
    if let split = splits.firstIndex(of: false) { return "split \(split) without a parent" }
    return leaves.firstIndex(of: false).map { "leaf \($0) without a parent" }
  }
}
