internal import QuantCore
internal import QuantLearners

/// One `quant predict`: read the model, score the rows tile by tile, write.
struct PredictRun {
  private let arguments: Arguments
  private let console: Console
  private let infinite: InfiniteFeatures
  private let threads: Int
  private let meter = RunMeter()

  init(_ arguments: Arguments, _ console: Console) throws {
    self.arguments = arguments
    self.console = console
    infinite = arguments.text(.infinite).flatMap(InfiniteFeatures.init) ?? .refuse
    threads = arguments.integer(.threads) ?? ParallelFor.availableThreads
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
    let source = try FeatureSource(
      path, names: arguments.text(.names), excluding: [], threads: threads)
    let columns = try ColumnMatch(
      model.featureNames,
      hasNames: source.hasNames && !FeatureSource.areStandard(model.featureNames),
      owner: modelPath, in: (path, source.names))
    if !columns.ignored.isEmpty {
      let count = NumberText.count(columns.ignored.count, "column")
      warnings.add(.ignoredColumns, "\(path): \(count) that \(modelPath) does not know")
    }
    meter.end("read")
    let (raw, infiniteCount) = try scores(model, source, columns)
    if infiniteCount > 0 {
      let count = NumberText.count(infiniteCount, "infinite value")
      warnings.add(.infiniteValues, "\(path): \(count) taken as missing")
    }
    let isRaw = arguments.has(.raw)
    let values = isRaw ? raw : raw.map { model.prediction(raw: $0) }
    meter.end("predict")
    let outputPath = output.path
    let content = PredictionFile.content(
      values, column: isRaw ? "raw_score" : "prediction", path: outputPath)
    try output.finish(content)
    meter.end("write")
    console.endProgress()
    let lines =
      [
        ("model", "\(modelPath), \(learner)" + (model.treeCount.map { ", \($0) trees" } ?? "")),
        (
          isRaw ? "raw scores" : PredictRun.words(model.kind),
          "\(outputPath), \(NumberText.count(values.count, "row"))"
        ),
      ] + meter.lines
    for (name, text) in lines {
      console.say(console.output.style.bold(name.padding(16)) + TerminalText.safe(text) + "\n")
    }
    var members = meter.members
    members["learner"] = .string(learner)
    members["model"] = .string(modelPath)
    members["trees"] = model.treeCount.map { .integer($0) } ?? .null
    members["rows"] = .integer(values.count)
    members["columns"] = .integer(source.names.count)
    members["prediction"] = .string(isRaw ? "raw" : model.kind.rawValue)
    members["infiniteValues"] = .integer(infiniteCount)
    members["threads"] = .integer(threads)
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
    _ model: any StandaloneModel, _ source: FeatureSource, _ columns: ColumnMatch
  ) throws -> ([Double], Int) {
    let features = try FeatureTiles(source, columns, infinite: infinite, threads: threads)
    let tiles = features.tiles(values: 100_000)
    let raw = DisjointSlices(repeating: 0.0, count: features.rowCount, ranges: tiles)
    let count = try features.forEach(tiles, threads: threads) { index, matrix, rows in
      let scores = model.rawScores(matrix, rows: rows, threads: 1)
      raw.withSlice(index) { slice, _ in
        for row in scores.indices { slice[row] = scores[row] }
      }
    }
    return (raw.take(), count)
  }
}

/// Numbers, one a row, as the content of a file.
enum PredictionFile {
  /// A NumPy array of Float64, or a table of one column by the end of the path.
  static func content(_ values: [Double], column: String, path: String) -> [UInt8] {
    switch DataFile(path) {
    case .array:
      var bytes = NPY.header(type: .float64, shape: [values.count])
      bytes.append(copying: values.span.numberBytes)
      return bytes
    case .table(let delimiter):
      var writer = CSVWriter(columns: [column], delimiter: delimiter)
      for value in values {
        writer.number(value)
        writer.endRow()
      }
      return writer.bytes
    }
  }
}
