/// The objectives that a configuration can name.
public enum BoostingObjectiveName: String, Codable, CaseIterable, Sendable {
  /// Log loss of events, which are labelled 1, against the others, which are labelled 0.
  case binary
  /// Half the squared error of any finite label.
  case regression
  /// The pinball loss of any finite label, whose minimum is a quantile.
  case quantile
  /// LambdaRank: pairs of rows of a group, weighted by what their exchange changes of the NDCG.
  case lambdaRank = "lambdarank"
  /// The logistic loss of pairs of rows of a group that differ in their label.
  case pairwise
  /// An objective given in code.
  case custom
}

/// What can be reported for the stop rows.
public enum StopMetricName: String, Codable, CaseIterable, Sendable {
  /// The loss of the objective; for ranking, NDCG.
  case objective
  /// Log loss of a probability.
  case logLoss = "log_loss"
  /// Area under the ROC curve.
  case areaUnderROC = "auc"
  /// Average precision.
  case averagePrecision = "average_precision"
  /// Normalised discounted cumulative gain of the first rows of each group.
  case ndcg
  /// Share of events among the first rows of each group.
  case precision
  /// Mean squared error.
  case meanSquaredError = "mse"
  /// Root of the mean squared error.
  case rootMeanSquaredError = "rmse"
  /// Mean absolute error.
  case meanAbsoluteError = "mae"
  /// The pinball loss.
  case pinball
  /// A metric given in code.
  case custom
}

/// How trees add up.
public enum BoostingMode: String, Codable, CaseIterable, Sendable {
  /// Each tree corrects all trees before it.
  case gradient = "gbdt"
  /// Each tree corrects all but some dropped trees before it (Rashmi and Gilad-Bachrach, 2015).
  case dart
  /// Trees know nothing of each other and are averaged.
  case randomForest = "rf"
}

/// How the rows of a tree are drawn.
public enum RowSelection: String, Codable, CaseIterable, Sendable {
  /// Each with the same probability.
  case uniform = "bagging"
  /// All rows with large gradients and some of the others, with a larger weight.
  case gradient = "goss"
}
