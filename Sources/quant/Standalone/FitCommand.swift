internal import QuantCore
internal import QuantLearners

extension Option {
  static let features = Option(
    "features", "FILE", .file, "features: .npy of numbers, or .csv, .tsv, .parquet with names")
  static let labels = Option("labels", "FILE", .file, "one label a row")
  static let labelColumn = Option(
    "label-column", "NAME", .text, "column of a table that holds the labels")
  static let weights = Option("weights", "FILE", .file, "one weight of at least 0 a row")
  static let groups = Option(
    "groups", "FILE", .file, "group of each row for ranking, or sizes of groups")
  static let keys = Option(
    "keys", "FILE", .file, default: "from content", "key of each row, whole number or text")
  static let names = Option(
    "names", "FILE", .file, default: "f0, f1, …", "JSON list with the names of an array's columns")
  static let categorical = Option(
    "categorical", "NAMES", .text, "columns whose whole numbers are categories: a,b,c")
  static let validationFeatures = Option(
    "validation-features", "FILE", .file, "rows that choose the number of trees")
  static let validationLabels = Option("validation-labels", "FILE", .file, "their labels")
  static let validationWeights = Option("validation-weights", "FILE", .file, "their weights")
  static let validationGroups = Option("validation-groups", "FILE", .file, "their groups")
  static let fitLearner = Option(
    "learner", "NAME", .suggestions(LearnerRegistry.standard.identifiers), default: "gbdt",
    "the learner, see 'quant learners'")
  static let parameters = Option(
    "params", "FILE", .file, "JSON object of parameters, under our names or LightGBM's")
  static let set = Option(
    "set", "NAME=VALUE", .text, isRepeatable: true, "a parameter, in place of that of --params")
  static let trees = Option(
    "trees", "N", .integer(1...1_000_000), default: "100; 2000 with validation",
    "trees or other iterations at most")
  static let patience = Option(
    "patience", "N", .integer(0...1_000_000), default: "50",
    "trees without a better validation loss that end the fit; 0 keeps all")
  static let fitSeed = Option(
    "seed", "N", .integer(0...Int.max), default: "0", "seed of all random choices")
  static let firstModel = Option("continue", "FILE", .file, "a model whose trees come first")
  static let infinite = Option(
    "infinite", "POLICY", .choice(InfiniteFeatures.allCases.map(\.rawValue)), default: "error",
    "what infinite features are")
  static let modelOutput = Option(
    "model", "FILE", .file, "the model; .txt is LightGBM's text, all else our format")
}

extension Command {
  static let fit: Command = Command(
    "fit", "fit a learner to features and labels in files",
    examples: [
      .init(
        "quant fit --features X.npy --labels y.npy --model model.txt",
        "100 trees, as LightGBM would read them"),
      .init(
        "quant fit --features train.csv --label-column y --validation-features valid.csv "
          + "--model model.gbm",
        "as many trees as the rows of valid.csv ask for"),
    ],
    required: [.features, .modelOutput],
    options: [
      .labels, .labelColumn, .weights, .groups, .keys, .names, .categorical, .validationFeatures,
      .validationLabels, .validationWeights, .validationGroups, .fitLearner, .parameters, .set,
      .trees, .patience, .fitSeed, .firstModel, .infinite, .threads, .json,
    ]
  ) { arguments, console in
    try FitRun(arguments, console).perform()
    return .success
  }
}
