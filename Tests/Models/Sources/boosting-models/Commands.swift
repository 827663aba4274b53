import QuantCore
import QuantLearners

/// Writes the raw scores of all rows.
func predict(_ model: String, _ features: String, to path: String) throws {
  let model = try TreeEnsemble(contentsOf: model)
  try NPY.write(scores(model, try matrix(features)).span, to: path)
}

/// Writes a model as LightGBM's text.
func convert(_ model: String, to path: String) throws {
  try TreeEnsemble(contentsOf: model).writeLightGBMText(to: path)
}

/// Fits a model to a target of Float; `categorical` lists columns, `trees` and `seed` numbers.
func fit(_ arguments: [String]) throws {
  let features = try matrix(arguments[0])
  let target = try NPY.open(arguments[1], of: Float.self).elements
  guard
    case .object(var options) = try JSONValue(
      parsing: Array(arguments[2].utf8), source: "parameters")
  else { return }
  func number(_ value: JSONValue?) -> Int? {
    if case .integer(let number) = value { number } else { nil }
  }
  var categorical: [Int] = []
  if case .array(let columns) = options.removeValue(forKey: "categorical") {
    categorical = columns.compactMap(number)
  }
  let trees = number(options.removeValue(forKey: "trees")) ?? 20
  var reader = try ConfigurationReader(.object(options), path: "parameters")
  let configuration = try BoostingConfiguration(from: &reader)
  try reader.finish()
  let rows = 0..<features.rowCount
  let window = TrainingWindow(
    features: features, rows: rows, rowKeys: ArrayFile(rows.map { UInt64($0) }),
    featureNames: (0..<features.columnCount).map { "feature \($0)" },
    categoricalColumns: categorical)
  let sample = TrainingSample(
    fit: TrainingSample.Rows(
      rows: rows.map { Int32($0) }, labels: rows.map { target[$0] },
      weights: rows.map { _ in 1 }))
  let learner = GradientBoosting()
  let model = try learner.fit(
    learner.prepare(window, threads: 1), sample, configuration: configuration, iterations: trees,
    seed: 1, threads: 1, continuing: nil
  ) { _ in .proceed }
  try model.write(to: arguments[3])
}

/// Prints whether a file is refused and why, or a digest of what it predicts for random rows.
func check(_ path: String) {
  do throws(StorageError) {
    let model = try TreeEnsemble(contentsOf: path)
    let rows = randomRows(columns: model.featureNames.count)
    var digest: UInt64 = 0
    for score in scores(model, rows) { digest = SplitMix64.mix(digest ^ score.bitPattern) }
    print(path, "accepted", String(digest, radix: 16))
  } catch {
    print(path, "refused", error.problem)
  }
}

func scores(_ model: TreeEnsemble, _ features: FeatureMatrix) -> [Double] {
  let rows = (0..<features.rowCount).map { Int32($0) }
  return [Double](capacity: rows.count) { scores in
    model.predictRaw(features, rows: rows.span, into: &scores)
  }
}

/// A hundred rows with what could surprise a reader of trees.
func randomRows(columns: Int) -> FeatureMatrix {
  let special: [Float] = [
    .nan, .infinity, -.infinity, 0, -0.0, 0x1p-140, -0x1p-118, 3e9, -1, 0.5, 31, 32,
    .greatestFiniteMagnitude,
  ]
  var random = SplitMix64(seed: 11)
  return FeatureMatrix(
    columns: (0..<columns).map { _ in
      (0..<100).map { _ in
        random.next() % 4 == 0
          ? special[Int(random.next() % UInt64(special.count))] : Float(random.normal() * 3)
      }
    })
}

/// Reads a matrix and turns rows into columns where the file is stored by row.
func matrix(_ path: String) throws -> FeatureMatrix {
  let (header, elements) = try NPY.open(path, of: Float.self)
  let (rows, columns) = (header.shape[0], header.shape[1])
  let (step, stride) = header.fortranOrder ? (1, rows) : (columns, 1)
  return FeatureMatrix(
    columns: (0..<columns).map { column in
      (0..<rows).map { elements[column * stride + $0 * step] }
    })
}
