public import QuantCore

/// The hyper-parameters of `GradientBoosting`.
///
/// Each is read under its own name or under that of LightGBM, which means the same. Gains and sums of
/// second derivatives ("hessians") are in the units of the objective, as in LightGBM.
public struct BoostingConfiguration: LearnerConfiguration {
  /// What the trees minimise.
  public var objective: BoostingObjectiveName
  /// Leaves of a tree at most; `num_leaves`.
  public var leaves: Int
  /// Splits between the root and a leaf at most, 0 for no limit; `max_depth`.
  public var maximumDepth: Int
  /// Rows of a leaf at least; `min_data_in_leaf`.
  public var minimumRowsInLeaf: Int
  /// Sum of second derivatives of a leaf at least; `min_sum_hessian_in_leaf`.
  public var minimumHessianInLeaf: Double
  /// Share of each tree's step that is taken; `learning_rate`.
  public var learningRate: Double
  /// Share of the features that a tree may split on; `feature_fraction`.
  public var featureFraction: Double
  /// Share of the rows that a tree is grown on, drawn anew for each tree; `bagging_fraction`.
  public var rowFraction: Double
  /// Weight of the absolute penalty on leaf values; `lambda_l1`.
  public var l1: Double
  /// Weight of half the squared penalty on leaf values; `lambda_l2`.
  public var l2: Double
  /// Gain that a split must exceed; `min_gain_to_split`.
  public var minimumGain: Double
  /// Bins of the values of a feature at most; missing values have one more; `max_bin`.
  public var maximumBins: Int

  /// Creates hyper-parameters; the defaults are those of a configuration without fields.
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

/// The objectives that a configuration can name.
public enum BoostingObjectiveName: String, Codable, CaseIterable, Sendable {
  /// Log loss of events, which are labelled 1, against the others, which are labelled 0.
  case binary
  /// Half the squared error of any finite label.
  case regression
}
