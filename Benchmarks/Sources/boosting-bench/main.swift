import QuantCore
import QuantLearners

/// Trains and predicts once and prints one JSON line, as `compare_boosting.py` expects it.
///
/// usage: boosting-bench --data FOLDER --shape NAME [--threads N] [--trees N] [--bins N]
///   [--sampling on|off] [--seed N] [--predictions FILE]
func run() throws {
  var options = [
    "threads": "1", "trees": "100", "bins": "255", "sampling": "on", "seed": "1", "data": ".",
    "shape": "dev", "predictions": "",
  ]
  var arguments = CommandLine.arguments.dropFirst()
  while let name = arguments.popFirst(), let value = arguments.popFirst() {
    options[String(name.drop { $0 == "-" })] = value
  }
  func number(_ name: String) -> Int { options[name].flatMap { Int($0) } ?? 1 }
  func path(_ name: String) -> String {
    "\(options["data"] ?? ".")/\(options["shape"] ?? "")_\(name).npy"
  }
  let (threads, trees) = (number("threads"), number("trees"))

  let train = try matrix(path("X_train"))
  let test = try matrix(path("X_test"))
  let labels = try NPY.open(path("y_train"), of: UInt8.self).elements
  let weights = try? NPY.open(path("w_train"), of: Float.self).elements
  let rows = 0..<train.rowCount
  let window = TrainingWindow(
    features: train, rows: rows, rowKeys: ArrayFile(rows.map { UInt64($0) }),
    featureNames: (0..<train.columnCount).map { "f\($0 + 1000)" })
  let sample = TrainingSample(
    fit: TrainingSample.Rows(
      rows: rows.map { Int32($0) }, labels: rows.map { Float(labels[$0]) },
      weights: rows.map { weights?[$0] ?? 1 }))
  var configuration = BoostingConfiguration(
    learningRate: 0.05, l2: 1, maximumBins: number("bins"))
  if options["sampling"] == "on" {
    configuration.featureFraction = 0.8
    configuration.rowFraction = 0.8
  }

  let clock = ContinuousClock()
  let learner = GradientBoosting()
  let start = clock.now
  let prepared = try learner.prepare(window, threads: threads)
  let binned = clock.now
  let model = try learner.fit(
    prepared, sample, configuration: configuration, iterations: trees,
    seed: UInt64(number("seed")), threads: threads, continuing: nil
  ) { _ in .proceed }
  let trained = clock.now
  let places = (0..<test.rowCount).map { Int32($0) }
  let scores = [Double](capacity: places.count) { output in
    model.predictRaw(test, rows: places.span, into: &output)
  }
  let predicted = clock.now
  let probabilities = scores.map { model.probability(raw: $0) }
  if let file = options["predictions"], !file.isEmpty {
    try NPY.write(probabilities.span, to: file)
  }
  func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
  let fields: [(String, String)] = [
    ("peer", "\"quant\""), ("shape", "\"\(options["shape"] ?? "")\""),
    ("threads", "\(threads)"), ("trees", "\(trees)"), ("bins", "\(number("bins"))"),
    ("bin_s", "\(seconds(binned - start))"), ("train_s", "\(seconds(trained - binned))"),
    ("pred_s", "\(seconds(predicted - trained))"),
    ("model", "\"\(model.trees.hashText)\""),
  ]
  print("{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}")
}

/// Reads a matrix and turns rows into columns where the file is stored by row.
func matrix(_ path: String) throws -> FeatureMatrix {
  let (header, elements) = try NPY.open(path, of: Float.self)
  let (rows, columns) = (header.shape[0], header.shape[1])
  if header.fortranOrder {
    return FeatureMatrix(elements, rowCount: rows, columnCount: columns, columnStride: rows)
  }
  var turned = [Float](repeating: 0, count: rows * columns)
  let source = elements.span
  for start in stride(from: 0, to: rows, by: 64) {
    for column in 0..<columns {
      for row in start..<min(start + 64, rows) {
        turned[column * rows + row] = source[row * columns + column]
      }
    }
  }
  return FeatureMatrix(
    ArrayFile(turned), rowCount: rows, columnCount: columns, columnStride: rows)
}

extension [Tree] {
  /// A short digest of all splits and leaf values, to compare runs.
  var hashText: String {
    var digest: UInt64 = 0
    for tree in self {
      for split in tree.splits {
        digest = SplitMix64.mix(
          digest ^ UInt64(split.feature) << 32 ^ UInt64(split.threshold.bitPattern))
      }
      for value in tree.leafValues { digest = SplitMix64.mix(digest ^ value.bitPattern) }
    }
    return String(digest, radix: 16)
  }
}

try run()
