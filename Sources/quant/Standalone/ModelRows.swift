internal import QuantCore
internal import QuantLearners

/// Rows of a file as a model takes them, piece by piece.
struct ModelRows {
  /// The rows, with the columns of the model.
  let tiles: FeatureTiles
  /// The number of columns in the file.
  let columnCount: Int

  /// Opens the rows, and warns of columns that the model does not know.
  ///
  /// - Parameters:
  ///   - path: the features.
  ///   - names: a file with the names of their columns.
  ///   - modelPath: the file of the model, for errors.
  init(
    _ path: String, names: String?, of model: any StandaloneModel, _ modelPath: String,
    infinite: InfiniteFeatures, threads: Int, _ warnings: inout RunWarnings
  ) throws {
    let source = try FeatureSource(path, names: names)
    let columns = try ColumnMatch(
      model.featureNames,
      hasNames: source.hasNames && !FeatureSource.areStandard(model.featureNames),
      owner: modelPath, in: (path, source.names))
    columnCount = source.names.count
    if !columns.ignored.isEmpty {
      let count = NumberText.count(columns.ignored.count, "column")
      warnings.add(.ignoredColumns, "\(path): \(count) that \(modelPath) does not know")
    }
    tiles = try FeatureTiles(source, columns, infinite: infinite, threads: threads)
  }

  /// The number of rows.
  var rowCount: Int { tiles.rowCount }
}
