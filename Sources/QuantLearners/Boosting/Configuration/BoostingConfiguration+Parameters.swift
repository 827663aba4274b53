// The numbers of a configuration: names, LightGBM's names, ranges and meanings.
extension BoostingConfiguration {
  static var learningParameters: [BoostingParameter] {
    [
      .fraction("learningRate", "learning_rate", \.learningRate, "share of each tree's step taken"),
      .open(
        "quantileLevel", "alpha", \.quantileLevel,
        "the quantile of objective quantile and metric pinball",
        "0 < x < 1"
      ) { $0 > 0 && $0 < 1 },
      .whole(
        "rankingCutoff", "lambdarank_truncation_level", \.rankingCutoff, 1...1_000_000_000,
        "ranks whose order the ranking objectives care for"),
      .flag(
        "isRankingNormalized", "lambdarank_norm", \.isRankingNormalized,
        "whether ranking gradients are scaled group by group"),
      .open(
        "positiveWeight", "scale_pos_weight", \.positiveWeight,
        "factor on the weight of events", "0 < x ≤ 1e6"
      ) { $0 > 0 && $0 <= 1e6 },
      .flag(
        "isBalanced", "is_unbalance", \.isBalanced,
        "whether events get the same total weight as the others"),
      .whole(
        "metricCutoff", "eval_at", \.metricCutoff, 1...1_000_000_000,
        "rows of a group that ndcg and precision look at"),
      .share("dropFraction", "drop_rate", \.dropFraction, "probability that dart drops a tree"),
      .whole(
        "maximumDropped", "max_drop", \.maximumDropped, 0...1_000_000,
        "trees that are dropped at once at most; 0 is no limit"),
      .share("dropSkipFraction", "skip_drop", \.dropSkipFraction, "probability of dropping none"),
      .flag(
        "isDropUniform", "uniform_drop", \.isDropUniform,
        "whether trees are dropped whatever their weight"),
    ]
  }

  static var treeParameters: [BoostingParameter] {
    [
      .whole("leaves", "num_leaves", \.leaves, 2...65_536, "leaves of a tree at most"),
      .whole(
        "maximumDepth", "max_depth", \.maximumDepth, 0...1_000,
        "splits between root and leaf at most; 0 is no limit"),
      .whole(
        "minimumRowsInLeaf", "min_data_in_leaf", \.minimumRowsInLeaf, 1...1_000_000_000,
        "rows of a leaf at least"),
      .penalty(
        "minimumHessianInLeaf", "min_sum_hessian_in_leaf", \.minimumHessianInLeaf,
        "sum of second derivatives of a leaf at least"),
      .penalty("l1", "lambda_l1", \.l1, "weight of the absolute penalty on leaf values"),
      .penalty("l2", "lambda_l2", \.l2, "weight of half the squared penalty on leaf values"),
      .penalty(
        "minimumGain", "min_gain_to_split", \.minimumGain, "gain that a split must exceed"),
      .whole(
        "maximumBins", "max_bin", \.maximumBins, 2...255,
        "bins of a feature's values at most; missing values have one more"),
      .penalty(
        "pathSmoothing", "path_smooth", \.pathSmoothing,
        "how strongly leaf values are drawn towards their parents'"),
      .flag(
        "isRandomThreshold", "extra_trees", \.isRandomThreshold,
        "whether a split may use one random threshold a feature only"),
    ]
  }

  static var samplingParameters: [BoostingParameter] {
    [
      .fraction(
        "featureFraction", "feature_fraction", \.featureFraction,
        "share of the features that a tree may split on"),
      .fraction(
        "nodeFeatureFraction", "feature_fraction_bynode", \.nodeFeatureFraction,
        "share of a tree's features that a node may split on"),
      .fraction(
        "rowFraction", "bagging_fraction", \.rowFraction,
        "share of the rows that a tree is grown on"),
      .whole(
        "rowFrequency", "bagging_freq", \.rowFrequency, 0...1_000_000,
        "trees after which rows are drawn anew; 0 is never drawn"),
      .fraction(
        "positiveRowFraction", "pos_bagging_fraction", \.positiveRowFraction,
        "share of the events that a tree is grown on"),
      .fraction(
        "negativeRowFraction", "neg_bagging_fraction", \.negativeRowFraction,
        "share of the other rows that a tree is grown on"),
      .share(
        "topFraction", "top_rate", \.topFraction,
        "share of the rows with the largest gradients, which goss keeps"),
      .share(
        "otherFraction", "other_rate", \.otherFraction,
        "share of the rows that goss draws from the others"),
    ]
  }

  static var categoryParameters: [BoostingParameter] {
    [
      .whole(
        "oneHotCategories", "max_cat_to_onehot", \.oneHotCategories, 1...256,
        "up to so many categories, each is tried against all others"),
      .whole(
        "maximumSplitCategories", "max_cat_threshold", \.maximumSplitCategories, 1...256,
        "categories that go one way at most"),
      .penalty("categoryL2", "cat_l2", \.categoryL2, "added to l2 where categories are split"),
      .penalty(
        "categorySmoothing", "cat_smooth", \.categorySmoothing,
        "draws the order of rare categories to the middle"),
      .whole(
        "minimumRowsInCategory", "min_data_per_group", \.minimumRowsInCategory, 1...1_000_000_000,
        "rows of a group of categories at least"),
    ]
  }
}
