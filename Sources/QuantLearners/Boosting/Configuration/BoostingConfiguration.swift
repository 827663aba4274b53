public import QuantCore

/// The hyper-parameters of `GradientBoosting`.
///
/// Each is read under its own name or under that of LightGBM, which means the same; defaults are those
/// of LightGBM too, but for `rowFrequency`. Gains and sums of second derivatives ("hessians") are in the
/// units of the objective.
public struct BoostingConfiguration: LearnerConfiguration {
  // MARK: What is learned

  /// What the trees minimise.
  public var objective = BoostingObjectiveName.binary
  /// The quantile that the objective `quantile` estimates; `alpha`.
  public var quantileLevel = 0.9
  /// Ranks whose order the ranking objectives care for; `lambdarank_truncation_level`.
  public var rankingCutoff = 30
  /// Whether ranking gradients are scaled group by group; `lambdarank_norm`.
  public var isRankingNormalized = true
  /// Factor on the weight of events; `scale_pos_weight`.
  public var positiveWeight = 1.0
  /// Whether events get the same total weight as the others; `is_unbalance`.
  public var isBalanced = false

  // MARK: When to stop

  /// What is reported for the stop rows; `metric`.
  public var stopMetric = StopMetricName.objective
  /// Rows of a group that `ndcg` and `precision` look at; `eval_at`.
  public var metricCutoff = 10

  // MARK: Trees

  /// Leaves of a tree at most; `num_leaves`.
  public var leaves = 31
  /// Splits between the root and a leaf at most, 0 for no limit; `max_depth`.
  public var maximumDepth = 0
  /// Rows of a leaf at least; `min_data_in_leaf`.
  public var minimumRowsInLeaf = 20
  /// Sum of second derivatives of a leaf at least; `min_sum_hessian_in_leaf`.
  public var minimumHessianInLeaf = 0.001
  /// Weight of the absolute penalty on leaf values; `lambda_l1`.
  public var l1 = 0.0
  /// Weight of half the squared penalty on leaf values; `lambda_l2`.
  public var l2 = 0.0
  /// Gain that a split must exceed; `min_gain_to_split`.
  public var minimumGain = 0.0
  /// Bins of the values of a feature at most; missing values have one more; `max_bin`.
  public var maximumBins = 255
  /// How strongly leaf values are drawn towards their parents'; 0 is not at all; `path_smooth`.
  public var pathSmoothing = 0.0
  /// Whether each split may use one random threshold a feature; `extra_trees`.
  public var isRandomThreshold = false

  /// How predictions may move with features; `monotone_constraints`.
  public var monotoneConstraints = MonotoneConstraints.none
  /// Which features may meet on a way from the root to a leaf; `interaction_constraints`.
  public var interactionConstraints = InteractionConstraints()

  // MARK: Rows and features of a tree

  /// Share of the features that a tree may split on; `feature_fraction`.
  public var featureFraction = 1.0
  /// Share of those that a node may split on; `feature_fraction_bynode`.
  public var nodeFeatureFraction = 1.0
  /// How the rows of a tree are drawn; `data_sample_strategy`.
  public var rowSelection = RowSelection.uniform
  /// Share of the rows that a tree is grown on; `bagging_fraction`.
  public var rowFraction = 1.0
  /// Trees after which rows are drawn anew, 0 for never drawn; `bagging_freq`, which is 0 by default.
  public var rowFrequency = 1
  /// Share of the events that a tree is grown on; `pos_bagging_fraction`.
  public var positiveRowFraction = 1.0
  /// Share of the other rows that a tree is grown on; `neg_bagging_fraction`.
  public var negativeRowFraction = 1.0
  /// Share of rows with the largest gradients, all of which are kept; `top_rate`.
  public var topFraction = 0.2
  /// Share of rows drawn from the others; `other_rate`.
  public var otherFraction = 0.1

  // MARK: How trees add up

  /// How trees add up; `boosting`.
  public var mode = BoostingMode.gradient
  /// Share of each tree's step that is taken; `learning_rate`.
  public var learningRate = 0.1
  /// Probability that `dart` drops an earlier tree; `drop_rate`.
  public var dropFraction = 0.1
  /// Trees that are dropped at once at most, 0 for no limit; `max_drop`.
  public var maximumDropped = 50
  /// Probability that nothing is dropped; `skip_drop`.
  public var dropSkipFraction = 0.5
  /// Whether trees are dropped with equal probability whatever their weight; `uniform_drop`.
  public var isDropUniform = false

  // MARK: Categories

  /// Up to so many categories, each is tried against all others; `max_cat_to_onehot`.
  public var oneHotCategories = 4
  /// Categories that go one way at most; `max_cat_threshold`.
  public var maximumSplitCategories = 32
  /// Added to `l2` where categories are split; `cat_l2`.
  public var categoryL2 = 10.0
  /// Draws the order of rare categories to the middle; `cat_smooth`.
  public var categorySmoothing = 10.0
  /// Rows of a group of categories at least; `min_data_per_group`.
  public var minimumRowsInCategory = 100

  /// The defaults.
  public init() {}

  /// Hyper-parameters, of which the most common are named here; the others are variables.
  public init(
    objective: BoostingObjectiveName = .binary, leaves: Int = 31, maximumDepth: Int = 0,
    minimumRowsInLeaf: Int = 20, minimumHessianInLeaf: Double = 0.001, learningRate: Double = 0.1,
    featureFraction: Double = 1, rowFraction: Double = 1, l1: Double = 0, l2: Double = 0,
    minimumGain: Double = 0, maximumBins: Int = 255
  ) {
    self.objective = objective
    self.leaves = leaves
    self.maximumDepth = maximumDepth
    self.minimumRowsInLeaf = minimumRowsInLeaf
    self.minimumHessianInLeaf = minimumHessianInLeaf
    self.learningRate = learningRate
    self.featureFraction = featureFraction
    self.rowFraction = rowFraction
    self.l1 = l1
    self.l2 = l2
    self.minimumGain = minimumGain
    self.maximumBins = maximumBins
  }

  /// At most 2,000 trees, 50 without a better stop loss, 100 where nothing stops them.
  public static var defaultBudget: FitBudget {
    FitBudget(maximumIterations: 2000, patience: 50, fixedIterations: 100)
  }
}
