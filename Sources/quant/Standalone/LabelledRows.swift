internal import QuantCore

/// Rows with features, labels and what else belongs to them, as files gave them.
struct LabelledRows {
  /// Where the parts of the rows are.
  struct Files {
    var features: String
    var labels: String?
    var labelColumn: String?
    var weights: String?
    var groups: String?
    var names: String?
  }

  /// The features; those of validation rows get the columns of the fit rows.
  var features: Features
  let labels: [Float]
  /// Weights; empty where every row weighs 1.
  let weights: [Float]
  /// Groups; empty where all rows form one.
  let groups: [Int32]
  /// Where labels come from.
  let labelPath: String

  init(_ files: Files, infinite: InfiniteFeatures, threads: Int) throws {
    let besides = files.labels == nil ? [files.labelColumn].compactMap { $0 } : []
    let source = try FeatureSource(
      files.features, names: files.names, excluding: [files.labelColumn].compactMap { $0 })
    features = try Features(source, besides: besides, infinite: infinite, threads: threads)
    let (path, count) = (files.features, features.matrix.rowCount)
    guard count <= Int(Int32.max) else {
      throw StorageError.tooLarge(path: path, bytes: count, limit: Int(Int32.max))
    }
    if let file = files.labels {
      labels = try RowValues(file, "label").labels(count: count, of: path)
      labelPath = file
    } else if let column = besides.first, let table = features.table {
      labels = try table.float32(column)
      labelPath = path
      if let row = labels.firstIndex(where: { !$0.isFinite }) {
        let place = TableFile(path)?.place(ofRow: row, in: table)
        let what = labels[row].isNaN ? "the label is missing" : "the label is infinite"
        throw TableError(
          .value, file: path, line: place?.line, column: column,
          value: (place?.text ?? "") + what, accepted: "a finite number")
      }
    } else {
      throw CommandFailure(
        .missingArgument,
        "no labels for \(path); accepted: a file of labels, or --label-column "
          + "NAME where the features are a table")
    }
    weights =
      try files.weights.map {
        try RowValues($0, "weight").weights(count: count, of: path)
      } ?? []
    groups =
      try files.groups.map { try RowValues($0, "group").groups(count: count, of: path) } ?? []
  }

  /// The number of rows.
  var rowCount: Int { labels.count }

  /// Rows of weight 0, which teach nothing and are left out.
  var zeroWeights: Int { weights.count { $0 == 0 } }

  /// The rows as learners take them.
  var sample: TrainingSample.Rows {
    if weights.isEmpty {
      return TrainingSample.Rows(
        rows: Array(0..<Int32(labels.count)), labels: labels,
        weights: [Float](repeating: 1, count: labels.count), groups: groups)
    }
    let kept = labels.indices.filter { weights[$0] > 0 }
    return TrainingSample.Rows(
      rows: kept.map { Int32($0) }, labels: kept.map { labels[$0] },
      weights: kept.map { weights[$0] },
      groups: groups.isEmpty ? [] : kept.map { groups[$0] })
  }

  /// What belongs to rows besides features, for their keys.
  var besides: [[Float]] {
    var values = [labels]
    if !weights.isEmpty { values.append(weights) }
    if !groups.isEmpty { values.append(groups.map { Float(bitPattern: UInt32(bitPattern: $0)) }) }
    return values
  }
}
