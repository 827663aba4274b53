// What LightGBM's model text means; learnt from its sources, version 4.7.

/// Constants of LightGBM's model text.
enum LightGBMFormat {
  /// The versions that are read; the first is written.
  static let versions = ["v4", "v3"]

  /// Bits of `decision_type`.
  enum Decision {
    static let isCategorical = 1
    static let isMissingLeft = 2
    /// What counts as missing: nothing, zeros, or NaN.
    static let missingShift = 2
    static let missingNone = 0
    static let missingZero = 1
    static let missingNaN = 2
  }

  /// Keys before the first tree; `average_output` has no value.
  static let headerKeys: Set = [
    "version", "num_class", "num_tree_per_iteration", "label_index", "max_feature_idx", "objective",
    "average_output", "feature_names", "monotone_constraints", "feature_infos", "tree_sizes",
  ]

  /// Keys of a tree.
  static let treeKeys: Set = [
    "num_leaves", "num_cat", "split_feature", "split_gain", "threshold", "decision_type",
    "left_child", "right_child", "leaf_value", "leaf_weight", "leaf_count", "internal_value",
    "internal_weight", "internal_count", "cat_boundaries", "cat_threshold", "is_linear",
    "shrinkage",
  ]

  /// The largest single-precision threshold that sends the same values left as `v <= threshold`.
  ///
  /// LightGBM compares in double precision, and reads values of at most 1e-35 as 0 before it does. So
  /// thresholds in that range move to its ends, where both agree.
  static func threshold(_ number: Double) -> Float {
    let limit = Tree.Split.zeroLimit
    if number.magnitude <= Double(limit) { return number >= 0 ? limit : (-limit).nextDown }
    let nearest = Float(number)
    return Double(nearest) > number ? nearest.nextDown : nearest
  }

  /// What an `objective` line means for predictions.
  ///
  /// - Returns: the nearest objective of this library, and the link; `nil` where there is none.
  static func objective(
    _ words: [Substring]
  ) -> (name: BoostingObjectiveName, link: ScoreLink)? {
    guard let name = words.first else { return (.custom, .identity) }
    switch name {
    case "binary":
      guard let text = words.dropFirst().first else { return (.binary, .logistic(slope: 1)) }
      guard words.count == 2, text.hasPrefix("sigmoid:"), let slope = Double(text.dropFirst(8)),
        slope.isFinite, slope > 0
      else { return nil }
      return (.binary, .logistic(slope: slope))
    case _ where words.count > 1: return nil
    case "regression": return (.regression, .identity)
    case "quantile": return (.quantile, .identity)
    case "lambdarank": return (.lambdaRank, .identity)
    case "regression_l1", "huber", "fair", "mape", "rank_xendcg", "custom", "none":
      return (.custom, .identity)
    case "poisson", "gamma", "tweedie": return (.custom, .exponential)
    case "cross_entropy": return (.custom, .logistic(slope: 1))
    default: return nil
    }
  }

  /// The `objective` line of a model, or `nil` for none, which LightGBM takes for an unknown objective.
  static func objectiveText(_ name: BoostingObjectiveName, _ link: ScoreLink) -> String? {
    switch (name, link) {
    case (.custom, .logistic(slope: 1)): "cross_entropy"
    case (_, .logistic(let slope)): "binary sigmoid:\(slope)"
    case (_, .exponential): "poisson"
    case (.regression, .identity): "regression"
    case (.quantile, .identity): "quantile"
    case (.lambdaRank, .identity): "lambdarank"
    case (.binary, .identity), (.pairwise, .identity), (.custom, .identity): nil
    }
  }
}
