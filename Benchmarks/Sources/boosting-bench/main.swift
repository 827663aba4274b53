import Foundation
import QuantCore
import QuantLearners

/// Fits once on NumPy files, predicts, and prints one JSON line; `boosting_runs.py` starts it.
///
/// usage: boosting-bench --features X --labels y [--weights w] [--keys k] --params JSON
///   [--threads N] [--trees N] [--seed N] [--predict X --predictions FILE] [--time-prediction X --rows N --repeats N]
func run() throws {
  let options = Options(CommandLine.arguments.dropFirst())
  let threads = options.number("threads", 1)
  var reader = try ConfigurationReader(
    JSONValue(parsing: Array(options.text("params").utf8), source: "--params"), path: "")
  let configuration = try BoostingConfiguration(from: &reader)
  try reader.finish()

  let clock = ContinuousClock()
  let start = phase("load", clock)
  let train = try matrix(options.text("features"))
  let labels = try NPY.open(options.text("labels"), of: UInt8.self).elements
  let weights = try options["weights"].map { try NPY.open($0, of: Float.self).elements }
  let rows = 0..<train.rowCount
  let keys =
    try options["keys"].map { try NPY.open($0, of: UInt64.self).elements }
    ?? ArrayFile(rows.map { UInt64($0) })
  let window = TrainingWindow(
    features: train, rows: rows, rowKeys: keys,
    featureNames: (0..<train.columnCount).map { "f\($0 + 1000)" })
  let sample = TrainingSample(
    fit: TrainingSample.Rows(
      rows: rows.map { Int32($0) }, labels: rows.map { Float(labels[$0]) },
      weights: rows.map { weights?[$0] ?? 1 }))

  let learner = GradientBoosting()
  let loaded = phase("bin", clock)
  let prepared = try learner.prepare(window, threads: threads)
  let binned = phase("train", clock)
  let model = try learner.fit(
    prepared, sample, configuration: configuration, iterations: options.number("trees", 100),
    seed: UInt64(options.number("seed", 1)), threads: threads, continuing: nil
  ) { _ in .proceed }
  let trained = phase("predict", clock)
  var seconds: [(String, Duration)] = [
    ("load", loaded - start), ("bin", binned - loaded), ("train", trained - binned),
  ]
  if let path = options["predict"] {
    let test = try matrix(path)
    let probabilities = scores(model, test, rows: test.rowCount).map { model.probability(raw: $0) }
    try NPY.write(probabilities.span, to: options.text("predictions"))
  }
  if let path = options["time-prediction"] {
    let test = try matrix(path)
    let count = min(options.number("rows", test.rowCount), test.rowCount)
    var times: [Duration] = []
    for _ in 0..<options.number("repeats", 3) {
      times.append(clock.measure { _ = scores(model, test, rows: count) })
    }
    seconds.append(("predict", times.sorted()[times.count / 2]))
  }
  let digest = String(XXH64.hash(model.fileBytes.span.numberBytes), radix: 16)
  let fields = seconds.map { "\"\($0.0)\": \($0.1 / .seconds(1))" }
  print("{\"seconds\": {\(fields.joined(separator: ", "))}, \"model\": \"\(digest)\"}")
}

func scores(_ model: TreeEnsemble, _ features: FeatureMatrix, rows: Int) -> [Double] {
  let places = (0..<rows).map { Int32($0) }
  return [Double](capacity: rows) { output in
    model.predictRaw(features, rows: places.span, into: &output)
  }
}

/// Says on standard error that a phase begins, for whoever samples memory from outside.
func phase(_ name: String, _ clock: ContinuousClock) -> ContinuousClock.Instant {
  try? FileHandle.standardError.write(contentsOf: Data("phase \(name)\n".utf8))
  return clock.now
}

try run()
