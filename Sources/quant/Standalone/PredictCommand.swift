internal import QuantCore
internal import QuantLearners

extension Option {
  static let modelInput = Option(
    "model", "FILE", .file, "a model of this program, of LightGBM or of XGBoost")
  static let predictions = Option(
    "output", "FILE", .file, "predictions: .npy, .csv, .tsv or .parquet")
  static let raw = Option(flag: "raw", "raw scores, such as log odds, in place of predictions")
}

extension Command {
  static let predict: Command = Command(
    "predict", "predict rows of a file with a model of a file",
    examples: [
      .init(
        "quant predict --model model.txt --features X.npy --output p.npy",
        "one number a row, in the order of the rows"),
      .init(
        "quant predict --model model.gbm --features new.csv --output p.csv --raw",
        "columns are found by their names"),
    ],
    required: [.modelInput, .features, .predictions],
    options: [.names, .raw, .infinite, .threads, .json]
  ) { arguments, console in
    try PredictRun(arguments, console).perform()
    return .success
  }
}
