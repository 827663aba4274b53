extension Tree {
  /// The tree with all its values, those of splits too, multiplied by a factor.
  func scaled(by factor: Double) -> Tree {
    Tree(
      splits: splits.map { split in
        var split = split
        split.value *= factor
        return split
      },
      leaves: leaves.map { leaf in
        var leaf = leaf
        leaf.value *= factor
        return leaf
      })
  }
}
