internal import QuantCore

// LightGBM knows a parameter under many names. `BoostingConfiguration` reads the first of them; the
// others, and values that are spelled differently here, are turned into what it reads.

/// The parameters of LightGBM 4: names, other names, and what becomes of their values.
enum LightGBMParameters {
  /// The names that `BoostingConfiguration` reads, with LightGBM's other names of each.
  static let aliases: [(name: String, others: [String])] = [
    ("objective", ["objective_type", "app", "application", "loss"]),
    ("boosting", ["boosting_type", "boost"]),
    ("data_sample_strategy", []),
    ("metric", ["metrics", "metric_types"]),
    ("eval_at", ["ndcg_eval_at", "ndcg_at", "map_eval_at", "map_at"]),
    ("learning_rate", ["shrinkage_rate", "eta"]),
    ("num_leaves", ["num_leaf", "max_leaves", "max_leaf", "max_leaf_nodes"]),
    ("max_depth", []),
    (
      "min_data_in_leaf",
      ["min_data_per_leaf", "min_data", "min_child_samples", "min_samples_leaf"]
    ),
    (
      "min_sum_hessian_in_leaf",
      ["min_sum_hessian_per_leaf", "min_sum_hessian", "min_hessian", "min_child_weight"]
    ),
    ("bagging_fraction", ["sub_row", "subsample", "bagging"]),
    ("pos_bagging_fraction", ["pos_sub_row", "pos_subsample", "pos_bagging"]),
    ("neg_bagging_fraction", ["neg_sub_row", "neg_subsample", "neg_bagging"]),
    ("bagging_freq", ["subsample_freq"]),
    ("feature_fraction", ["sub_feature", "colsample_bytree"]),
    ("feature_fraction_bynode", ["sub_feature_bynode", "colsample_bynode"]),
    ("extra_trees", ["extra_tree"]),
    ("lambda_l1", ["reg_alpha", "l1_regularization"]),
    ("lambda_l2", ["reg_lambda", "lambda", "l2_regularization"]),
    ("min_gain_to_split", ["min_split_gain"]),
    ("drop_rate", ["rate_drop"]),
    ("max_drop", []), ("skip_drop", []), ("uniform_drop", []), ("top_rate", []),
    ("other_rate", []), ("path_smooth", []),
    ("max_bin", ["max_bins"]),
    ("is_unbalance", ["unbalance", "unbalanced_sets"]),
    ("scale_pos_weight", []), ("alpha", []), ("lambdarank_truncation_level", []),
    ("lambdarank_norm", []), ("max_cat_to_onehot", []), ("max_cat_threshold", []), ("cat_l2", []),
    ("cat_smooth", []), ("min_data_per_group", []),
    ("monotone_constraints", ["mc", "monotone_constraint", "monotonic_cst"]),
    ("interaction_constraints", []),
  ]

  /// Parameters that say what happens here anyway; any other value is refused.
  static let fixed: [(name: String, others: [String], accepted: [JSONValue])] = [
    ("deterministic", [], [.bool(true), .bool(false)]),
    (
      "monotone_constraints_method", ["monotone_constraining_method", "mc_method"],
      [.string("basic")]
    ),
    (
      "monotone_penalty", ["monotone_splits_penalty", "ms_penalty", "mc_penalty"],
      [.integer(0), .number(0)]
    ),
    ("force_row_wise", [], [.bool(true), .bool(false)]),
    ("force_col_wise", [], [.bool(true), .bool(false)]),
    ("enable_bundle", ["is_enable_bundle", "bundle"], [.bool(true), .bool(false)]),
    (
      "is_enable_sparse", ["is_sparse", "enable_sparse", "sparse"], [.bool(true), .bool(false)]
    ),
    ("feature_pre_filter", [], [.bool(true), .bool(false)]),
    ("first_metric_only", [], [.bool(true), .bool(false)]),
    ("device_type", ["device"], [.string("cpu")]),
    ("tree_learner", ["tree", "tree_type", "tree_learner_type"], [.string("serial")]),
    ("num_machines", ["num_machine"], [.integer(1)]),
    ("num_class", ["num_classes"], [.integer(1)]),
    ("use_missing", [], [.bool(true)]),
    ("zero_as_missing", [], [.bool(false)]),
    ("boost_from_average", [], [.bool(true)]),
    ("linear_tree", ["linear_trees"], [.bool(false)]),
    ("sigmoid", [], [.integer(1), .number(1)]),
    ("max_delta_step", ["max_tree_output", "max_leaf_output"], [.integer(0), .number(0)]),
    ("xgboost_dart_mode", [], [.bool(false)]),
    ("reg_sqrt", [], [.bool(false)]),
    ("bagging_by_query", [], [.bool(false)]),
  ]

  /// Parameters without a counterpart, and why.
  static let refused: [(names: [String], reason: String)] = [
    (
      [
        "data_random_seed", "data_seed", "bagging_seed", "bagging_fraction_seed",
        "feature_fraction_seed", "extra_seed", "drop_seed", "objective_seed",
      ], "'seed', which decides every random choice"
    ),
    (
      ["bin_construct_sample_cnt", "subsample_for_bin", "min_data_in_bin", "max_bin_by_feature"],
      "'max_bin'; bins are made from all rows"
    ),
    (
      [
        "use_quantized_grad", "num_grad_quant_bins", "quant_train_renew_leaf",
        "stochastic_rounding",
      ], "nothing; gradients always have 16 bits, rounded at random"
    ),
    (
      [
        "linear_lambda", "forcedsplits_filename", "forcedbins_filename", "refit_decay_rate",
        "cegb_tradeoff", "cegb_penalty_split", "cegb_penalty_feature_lazy",
        "cegb_penalty_feature_coupled", "feature_contri", "feature_contrib",
        "histogram_pool_size", "hist_pool_size", "multi_error_top_k", "auc_mu_weights",
        "label_gain", "lambdarank_position_bias_regularization", "poisson_max_delta_step",
        "tweedie_variance_power", "fair_c", "gpu_platform_id", "gpu_device_id", "gpu_use_dp",
        "num_gpu",
      ], "nothing; there is no such thing here"
    ),
    (
      [
        "task", "data", "train", "train_data", "train_data_file", "data_filename", "valid", "test",
        "valid_data", "valid_data_file", "test_data", "test_data_file", "valid_filenames",
        "input_model", "model_input", "model_in", "output_model", "model_output", "model_out",
        "output_result", "predict_result", "prediction_result", "header", "has_header",
        "label_column", "label", "weight_column", "weight", "group_column", "group", "group_id",
        "query_column", "query", "query_id", "ignore_column", "ignore_feature", "blacklist",
        "predict_raw_score", "is_predict_raw_score", "predict_leaf_index", "predict_contrib",
        "start_iteration_predict", "num_iteration_predict", "snapshot_freq", "save_period",
        "two_round", "pre_partition", "save_binary", "config", "config_file",
      ], "an option of the command, see --help"
    ),
  ]

  /// Every name that is understood.
  static var names: [String] {
    aliases.flatMap { [$0.name] + $0.others } + fixed.flatMap { [$0.name] + $0.others }
  }

  /// The parameters under the names and with the values that `BoostingConfiguration` reads.
  ///
  /// Names that are not LightGBM's stay as they are.
  static func translated(
    _ parameters: [String: JSONValue]
  ) throws(ConfigurationError) -> [String: JSONValue] {
    var result: [String: JSONValue] = [:]
    var source: [String: String] = [:]
    // A null is as good as nothing.
    for (given, value) in JSONValue.sorted(parameters) where value != .null {
      let name = primaryName(given)
      if let entry = refused.first(where: { $0.names.contains(given) }) {
        throw ConfigurationError(
          parameter: given, value: "a parameter of LightGBM without a counterpart",
          accepted: entry.reason)
      }
      if let entry = fixed.first(where: { $0.name == given || $0.others.contains(given) }) {
        guard entry.accepted.contains(value) else {
          throw ConfigurationError(
            parameter: given, value: value.canonicalText,
            accepted: entry.accepted.map(\.canonicalText).joined(separator: ", "))
        }
        continue
      }
      if let other = source[name] {
        throw ConfigurationError(
          parameter: given, value: "given beside '\(other)'", accepted: "one of the two names")
      }
      source[name] = given
      result[name] = try translated(value, name: name, given: given)
    }
    return result
  }

  private static func primaryName(_ given: String) -> String {
    for entry in aliases where entry.others.contains(given) { return entry.name }
    return given
  }

  private static func translated(
    _ value: JSONValue, name: String, given: String
  ) throws(ConfigurationError) -> JSONValue {
    switch (name, value) {
    case ("max_depth", .integer(let depth)) where depth < 0:
      return .integer(0)
    case ("metric", .array(let values)), ("eval_at", .array(let values)):
      guard values.count == 1 else {
        throw ConfigurationError(
          parameter: given, value: value.canonicalText, accepted: "one value")
      }
      return try translated(values[0], name: name, given: given)
    case (_, .string(let text)):
      return .string(spellings[name]?[text] ?? text)
    default:
      return value
    }
  }

  /// Words of LightGBM for choices that have another word here.
  private static let spellings: [String: [String: String]] = [
    "objective": [
      "regression_l2": "regression", "l2": "regression", "mean_squared_error": "regression",
      "mse": "regression", "l2_root": "regression", "root_mean_squared_error": "regression",
      "rmse": "regression",
    ],
    "metric": [
      "binary_logloss": "log_loss", "binary": "log_loss", "l2_root": "rmse",
      "root_mean_squared_error": "rmse", "l2": "mse", "mean_squared_error": "mse",
      "regression": "mse", "regression_l2": "mse", "l1": "mae", "mean_absolute_error": "mae",
      "regression_l1": "mae", "quantile": "pinball", "lambdarank": "ndcg", "rank_xendcg": "ndcg",
      "xendcg": "ndcg", "xe_ndcg": "ndcg", "xe_ndcg_mart": "ndcg", "xendcg_mart": "ndcg",
      "": "objective",
    ],
  ]
}
