/// Writes LightGBM's model text, version 4.
struct LightGBMTextWriter {
  private let model: TreeEnsemble

  /// The text of a model.
  ///
  /// - Throws: `ModelConversionError` for a split that LightGBM cannot express.
  static func text(_ model: TreeEnsemble) throws(ModelConversionError) -> String {
    let writer = LightGBMTextWriter(model: model)
    var trees: [String] = []
    for (number, tree) in writer.biasedTrees.enumerated() {
      trees.append(try writer.text(tree, number: number))
    }
    var lines = writer.header
    lines.append("tree_sizes=" + trees.map { "\($0.utf8.count)" }.joined(separator: " "))
    return lines.joined(separator: "\n") + "\n\n" + trees.joined()
      + "end of trees\n\nfeature_importances:\n" + writer.importances + "\n"
  }

  /// The trees with the start score in their leaves, for LightGBM has none.
  ///
  /// LightGBM sums up from 0, so (0 + (start + v1)) + v2 … is our sum to the bit. An average needs the
  /// start in each tree.
  private var biasedTrees: [Tree] {
    let (start, trees) = (model.rule.start, model.trees)
    if trees.isEmpty { return [Tree(splits: [], leaves: [Tree.Leaf(value: start)])] }
    return trees.enumerated().map { number, tree in
      guard start != 0, number == 0 || model.rule.isAveraged else { return tree }
      return Tree(
        splits: tree.splits.map { split in
          var split = split
          split.value += start
          return split
        },
        leaves: tree.leaves.map { leaf in
          Tree.Leaf(value: start + leaf.value, weight: leaf.weight, count: leaf.count)
        })
    }
  }

  private var header: [String] {
    var lines = ["tree", "version=\(LightGBMFormat.versions[0])", "num_class=1"]
    lines += ["num_tree_per_iteration=1", "label_index=0"]
    lines.append("max_feature_idx=\(model.featureNames.count - 1)")
    if let objective = LightGBMFormat.objectiveText(model.objective, model.rule.link) {
      lines.append("objective=" + objective)
    }
    if model.rule.isAveraged { lines.append("average_output") }
    lines.append("feature_names=" + names.joined(separator: " "))
    lines.append("feature_infos=" + LightGBMFeatureInfo.texts(model).joined(separator: " "))
    return lines
  }

  /// The names, without blanks and what LightGBM's JSON cannot hold, and no two equal.
  private var names: [String] {
    var used: Set<String> = []
    return model.featureNames.enumerated().map { column, name in
      var text = String(String.UnicodeScalarView(name.unicodeScalars.map(Self.cleaned)))
      if text.isEmpty { text = "Column_\(column)" }
      while !used.insert(text).inserted { text += "_\(column)" }
      return text
    }
  }

  private static func cleaned(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let isPlain =
      scalar.value > 32 && scalar.value != 127 && !scalar.properties.isWhitespace
      && !"\",:[]{}".unicodeScalars.contains(scalar)
    return isPlain ? scalar : "_"
  }

  /// Splits of positive gain for each feature, most first, as LightGBM lists them.
  private var importances: String {
    var counts = [Int](repeating: 0, count: model.featureNames.count)
    for tree in model.trees {
      for split in tree.splits where split.gain > 0 { counts[split.feature] += 1 }
    }
    let names = names
    let order = counts.indices.filter { counts[$0] > 0 }.sorted {
      (counts[$1], $0) < (counts[$0], $1)
    }
    return order.map { "\(names[$0])=\(counts[$0])\n" }.joined()
  }

  private func text(_ tree: Tree, number: Int) throws(ModelConversionError) -> String {
    func line<Value>(_ key: String, _ values: [Value]) -> String {
      key + "=" + values.map { "\($0)" }.joined(separator: " ") + "\n"
    }
    let splits = tree.splits
    let isLeaf = splits.isEmpty
    let questions = try LightGBMQuestions(splits, tree: number)
    var text = "Tree=\(number)\nnum_leaves=\(tree.leaves.count)\n"
    text += "num_cat=\(questions.boundaries.count - 1)\n"
    text += line("split_feature", splits.map(\.feature))
    text += line("split_gain", splits.map(\.gain))
    text += line("threshold", questions.thresholds)
    text += line("decision_type", questions.decisions)
    text += line("left_child", splits.map(\.left))
    text += line("right_child", splits.map(\.right))
    text += line("leaf_value", tree.leaves.map(\.value))
    text += line("leaf_weight", isLeaf ? [] : tree.leaves.map(\.weight))
    text += line("leaf_count", tree.leaves.map { Int32(clamping: $0.count) })
    text += line("internal_value", splits.map(\.value))
    text += line("internal_weight", splits.map(\.weight))
    text += line("internal_count", splits.map { Int32(clamping: $0.count) })
    if questions.boundaries.count > 1 {
      text += line("cat_boundaries", questions.boundaries)
      text += line("cat_threshold", questions.words)
    }
    return text + "is_linear=0\nshrinkage=1\n\n\n"
  }
}
