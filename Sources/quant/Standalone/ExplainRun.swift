internal import QuantCore
internal import QuantLearners
internal import Synchronization

/// One `quant explain`: read the model, look at it or at rows, write.
struct ExplainRun {
  private let arguments: Arguments
  private let console: Console
  private let kind: ExplanationKind
  private let meter = RunMeter()

  init(_ arguments: Arguments, _ console: Console) throws {
    self.arguments = arguments
    self.console = console
    kind = arguments.text(.explanation).flatMap(ExplanationKind.init) ?? .gain
    try checkOptions()
  }

  /// Options that the kind needs, and those that mean nothing to it.
  private func checkOptions() throws {
    let name = "--kind \(kind.rawValue)"
    func conflict(_ text: String) -> UsageError { .conflict(text, command: arguments.command) }
    if kind.needsFeatures, !arguments.has(.explainedFeatures) {
      throw conflict("\(name) needs --features")
    }
    var unused: [Option] = kind.needsFeatures ? [] : [.explainedFeatures, .names, .infinite]
    if kind != .permutation {
      unused += [.labels, .labelColumn, .weights, .groups, .keys, .shuffles, .fitSeed]
    }
    if kind != .shap { unused.append(.nodeCover) }
    for option in unused where arguments.has(option) {
      throw conflict("\(option.spelling) means nothing to \(name)")
    }
    if kind == .permutation, !arguments.has(.labels), !arguments.has(.labelColumn) {
      throw conflict("\(name) needs --labels, or --label-column with a table")
    }
    if kind == .shap || kind == .leaves, !arguments.has(.explanationOutput) {
      throw conflict("\(name) needs --output")
    }
  }

  func perform() throws {
    let modelPath = try arguments.required(.modelInput)
    let inputs: [Option] = [.explainedFeatures, .labels, .weights, .groups, .keys, .names]
    var output: OutputFile?
    if let path = arguments.text(.explanationOutput) {
      output = try OutputFile(path, inputs: [modelPath] + inputs.map { arguments.text($0) })
    }
    defer { console.endProgress() }
    var warnings = RunWarnings(console)
    let (learner, model) = try LearnerRegistry.standard.model(contentsOf: modelPath)
    meter.end("read")
    var members: [String: JSONValue] = [
      "learner": .string(learner), "model": .string(modelPath), "kind": .string(kind.rawValue),
      "trees": model.treeCount.map { .integer($0) } ?? .null,
    ]
    switch kind {
    case .gain, .split, .cover:
      let trees = try trees(model, modelPath, learner)
      let values = trees.importances(kind.importance)
      meter.end("explain")
      try finish(
        FeatureList(names: model.featureNames, columns: [(kind.rawValue, values)]), output, &members
      )
    case .permutation:
      let list = try permutation(model, modelPath, &warnings, &members)
      meter.end("explain")
      try finish(list, output, &members)
    case .shap, .leaves:
      guard let file = output.take() else { preconditionFailure("checked before") }
      let trees = try trees(model, modelPath, learner)
      try table(trees, modelPath, file, &warnings, &members)
    }
    members.merge(meter.members) { first, _ in first }
    members["warnings"] = warnings.document
    console.json("explain", members)
  }

  private func trees(
    _ model: any StandaloneModel, _ path: String, _ learner: String
  ) throws -> TreeEnsemble {
    if let trees = model as? TreeEnsemble { return trees }
    throw StorageError.foreign(
      path: path, found: "a model of \(learner), which has no trees",
      accepted: "--kind permutation, or a model of trees")
  }

  // MARK: - Lists of features

  /// Writes a list, or the head of it to stdout.
  private func finish(
    _ list: FeatureList, _ output: consuming OutputFile?, _ members: inout [String: JSONValue]
  ) throws {
    members["features"] = list.document
    if let file = output.take() {
      let path = file.path
      members["output"] = .string(path)
      try file.finish(list)
    }
    meter.end("write")
    console.say(list.text(top: 20, style: console.output.style))
    console.note(meter.lines)
  }

  /// What the first measure of the model's kind loses when features are shuffled.
  private func permutation(
    _ model: any StandaloneModel, _ modelPath: String, _ warnings: inout RunWarnings,
    _ members: inout [String: JSONValue]
  ) throws -> FeatureList {
    let path = try arguments.required(.explainedFeatures)
    var rows = try LabelledRows(
      LabelledRows.Files(
        features: path, labels: arguments.text(.labels),
        labelColumn: arguments.text(.labelColumn), weights: arguments.text(.weights),
        groups: arguments.text(.groups), names: arguments.text(.names)),
      infinite: arguments.infinite, threads: arguments.threadCount)
    warnings.addInfinite(rows.features.infiniteCount, in: path)
    let keys =
      try arguments.text(.keys).map {
        try RowValues($0, "key").keys(count: rows.rowCount, of: path)
      }
      ?? ContentKeys.keys(
        of: rows.features.matrix, names: rows.features.names, besides: rows.besides,
        threads: arguments.threadCount)
    rows.features = try rows.features.matching(
      names: model.featureNames, hasNames: !FeatureSource.areStandard(model.featureNames),
      of: modelPath)
    let sample = rows.sample
    let places = sample.rows.map { Int($0) }
    let sampleKeys = places.map { keys[$0] }
    var local = sample
    local.rows = sample.rows.indices.map { Int32($0) }
    let labelled = local
    let metrics = PredictionMetrics(
      model, raw: sample.rows.map { _ in 0 }, rows: labelled, rowKeys: sampleKeys, threads: 1)
    let first = metrics.measures[0].name
    let plan = PermutationPlan(
      repeats: arguments.integer(.shuffles) ?? 5, seed: UInt64(arguments.integer(.fitSeed) ?? 0))
    console.progress("explaining", done: 0, total: 0, unit: "features")
    let found = model.permutationImportance(
      rows.features.matrix, rows: sample.rows, keys: sampleKeys, names: model.featureNames,
      plan: plan, isLargerBetter: model.kind == .rank, threads: arguments.threadCount
    ) { scores in
      PredictionMetrics(
        model, raw: scores.indices.map { scores[$0] }, rows: labelled, rowKeys: sampleKeys,
        threads: 1
      ).measures[0].value ?? 0
    }
    members["metric"] = .string(first)
    members["rows"] = .integer(rows.rowCount)
    return FeatureList(
      names: model.featureNames,
      columns: [(first, found.map(\.mean)), ("deviation", found.map(\.standardDeviation))])
  }

  // MARK: - Tables of rows

  /// Contributions or leaves of all rows, written part by part.
  private func table(
    _ trees: TreeEnsemble, _ modelPath: String, _ output: consuming OutputFile,
    _ warnings: inout RunWarnings, _ members: inout [String: JSONValue]
  ) throws {
    let path = try arguments.required(.explainedFeatures)
    let features = try ModelRows(
      path, names: arguments.text(.names), of: trees, modelPath, infinite: arguments.infinite,
      threads: arguments.threadCount, &warnings
    ).tiles
    let names =
      kind == .shap
      ? trees.featureNames + ["expected"] : trees.trees.indices.map { "tree_\($0)" }
    guard !names.isEmpty else {
      throw StorageError.foreign(
        path: modelPath, found: "a model without trees", accepted: "one with leaves")
    }
    let rowTable = try RowTable(
      path: output.path, columns: names, rowCount: features.rowCount, isInteger: kind == .leaves)
    try output.write(rowTable.start)
    // About 32 MB of numbers at a time.
    let height = max(1, 4_000_000 / names.count)
    var (start, infiniteCount) = (0, 0)
    while start < features.rowCount {
      let rows = start..<min(start + height, features.rowCount)
      let part = try explained(trees, features, rows, width: names.count)
      infiniteCount += part.infiniteCount
      try output.write(rowTable.rows(part.values))
      start = rows.upperBound
      console.progress("explaining", done: start, total: features.rowCount, unit: "rows")
    }
    meter.end("explain")
    warnings.addInfinite(infiniteCount, in: path)
    let outputPath = output.path
    try output.finish()
    meter.end("write")
    console.endProgress()
    console.say(
      "\(outputPath), \(NumberText.count(features.rowCount, "row")) x "
        + "\(NumberText.count(names.count, "column"))\n")
    members["output"] = .string(outputPath)
    members["rows"] = .integer(features.rowCount)
    members["columns"] = .integer(names.count)
  }

  private func explained(
    _ trees: TreeEnsemble, _ features: FeatureTiles, _ rows: Range<Int>, width: Int
  ) throws -> (values: [Double], infiniteCount: Int) {
    let tiles = features.tiles(values: 50_000, of: rows)
    let values = DisjointSlices(
      repeating: 0.0, count: rows.count * width,
      ranges: tiles.map { tile in
        (tile.lowerBound - rows.lowerBound) * width..<(tile.upperBound - rows.lowerBound) * width
      })
    let (kind, cover) = (kind, arguments.text(.nodeCover).flatMap(NodeCover.init) ?? .rows)
    let failure = Mutex<ExplanationError?>(nil)
    let count = try features.forEach(tiles, threads: arguments.threadCount) { index, matrix, part in
      let places = part.map { Int32($0) }
      values.withSlice(index) { slice, _ in
        if kind == .leaves {
          let leaves = trees.leafIndices(matrix, rows: places.span)
          for place in leaves.indices { slice[place] = Double(leaves[place]) }
          return
        }
        do throws(ExplanationError) {
          let sums = try trees.contributions(matrix, rows: places.span, cover: cover)
          for place in sums.indices { slice[place] = sums[place] }
        } catch {
          failure.withLock { $0 = error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return (values.take(), count)
  }
}

extension ExplanationKind {
  /// The importance of that name.
  fileprivate var importance: ImportanceKind {
    switch self {
    case .split: .splits
    case .cover: .cover
    default: .gain
    }
  }
}
