internal import QuantCore
internal import QuantLearners

/// What `quant explain` can say about a model.
enum ExplanationKind: String, CaseIterable, Sendable {
  case gain
  case split
  case cover
  case permutation
  case shap
  case leaves

  /// Whether rows are looked at, and not the model alone.
  var needsFeatures: Bool {
    switch self {
    case .gain, .split, .cover: false
    case .permutation, .shap, .leaves: true
    }
  }
}

extension Option {
  static let explanation = Option(
    "kind", "KIND", .choice(ExplanationKind.allCases.map(\.rawValue)), default: "gain",
    "what to compute")
  static let explainedFeatures = Option(
    "features", "FILE", .file, "rows for permutation, shap and leaves, as in quant fit")
  static let explanationOutput = Option(
    "output", "FILE", .file, default: "a list on stdout",
    "result: .npy, .csv, .tsv; lists .parquet too")
  static let nodeCover = Option(
    "cover", "COVER", .choice(NodeCover.allCases.map(\.rawValue)), default: "rows",
    "what shap takes the shares of rows from; weights for XGBoost's models")
  static let shuffles = Option(
    "repeats", "N", .integer(1...10_000), default: "5", "shuffles of each feature")
}

extension Command {
  static let explain: Command = Command(
    "explain", "importances, contributions and leaves of a model",
    examples: [
      .init("quant explain --model model.txt", "features by the gain of their splits"),
      .init(
        "quant explain --model model.txt --kind shap --features X.npy --output shap.npy",
        "what each feature adds to each raw score, and the expected score"),
      .init(
        "quant explain --model model.txt --kind permutation --features X.npy --labels y.npy",
        "what a metric loses when a feature is shuffled"),
    ],
    required: [.modelInput],
    options: [
      .explanation, .explainedFeatures, .labels, .labelColumn, .weights, .groups, .keys, .names,
      .shuffles, .fitSeed, .nodeCover, .explanationOutput, .infinite, .threads, .json,
    ]
  ) { arguments, console in
    try ExplainRun(arguments, console).perform()
    return .success
  }
}
