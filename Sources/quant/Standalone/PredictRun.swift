internal import QuantCore
internal import QuantLearners

/// One `quant predict`: read the model, score the rows tile by tile, write.
struct PredictRun {
  private let arguments: Arguments
  private let console: Console
  private let meter = RunMeter()

  init(_ arguments: Arguments, _ console: Console) throws {
    self.arguments = arguments
    self.console = console
  }

  func perform() throws {
    let (modelPath, path) = (
      try arguments.required(.modelInput), try arguments.required(.features)
    )
    let output = try OutputFile(
      arguments.required(.predictions), inputs: [modelPath, path, arguments.text(.names)])
    defer { console.endProgress() }
    var warnings = RunWarnings(console)
    let (learner, model) = try LearnerRegistry.standard.model(contentsOf: modelPath)
    let rows = try ModelRows(
      path, names: arguments.text(.names), of: model, modelPath, infinite: arguments.infinite,
      threads: arguments.threadCount, &warnings)
    meter.end("read")
    let (raw, infiniteCount) = try scores(model, rows.tiles)
    warnings.addInfinite(infiniteCount, in: path)
    let isRaw = arguments.has(.raw)
    let values = isRaw ? raw : raw.map { model.prediction(raw: $0) }
    meter.end("predict")
    let outputPath = output.path
    try output.finish(values, column: isRaw ? "raw_score" : "prediction")
    meter.end("write")
    console.endProgress()
    console.say([
      ("model", "\(modelPath), \(learner)" + (model.treeCount.map { ", \($0) trees" } ?? "")),
      (
        isRaw ? "raw scores" : PredictRun.words(model.kind),
        "\(outputPath), \(NumberText.count(values.count, "row"))"
      ),
    ])
    console.note(meter.lines)
    var members = meter.members
    members["learner"] = .string(learner)
    members["model"] = .string(modelPath)
    members["trees"] = model.treeCount.map { .integer($0) } ?? .null
    members["rows"] = .integer(values.count)
    members["columns"] = .integer(rows.columnCount)
    members["prediction"] = .string(isRaw ? "raw" : model.kind.rawValue)
    members["infiniteValues"] = .integer(infiniteCount)
    members["threads"] = .integer(arguments.threadCount)
    members["output"] = .string(outputPath)
    members["warnings"] = warnings.document
    console.json("predict", members)
  }

  private static func words(_ kind: PredictionKind) -> String {
    switch kind {
    case .probability: "probabilities"
    case .value: "values"
    case .rank: "ranks"
    }
  }

  /// Raw scores of all rows, and how many infinite values counted as missing.
  private func scores(
    _ model: any StandaloneModel, _ features: FeatureTiles
  ) throws -> ([Double], Int) {
    let tiles = features.tiles(values: 100_000)
    let raw = DisjointSlices(repeating: 0.0, count: features.rowCount, ranges: tiles)
    let count = try features.forEach(tiles, threads: arguments.threadCount) { index, matrix, rows in
      let scores = model.rawScores(matrix, rows: rows, threads: 1)
      raw.withSlice(index) { slice, _ in
        for row in scores.indices { slice[row] = scores[row] }
      }
    }
    return (raw.take(), count)
  }
}
