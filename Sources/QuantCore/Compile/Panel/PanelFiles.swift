/// The names of the files of a panel folder.
enum PanelFiles {
  static let manifest = "compile_manifest.json"
  static let checksums = "SHA256SUMS"
  static let matrix = "X_global.npy"
  static let featureNames = "feature_names.json"
  static let metadata = "metadata_global.npz"
  static let coverage = "coverage.csv"
  static let droppedDeals = "dropped_deals.csv"
  static let drops = "drops.csv"
  static let trainingRows = "splits/rows_train_by_quarter.npz"
  static let testRows = "splits/rows_test_by_quarter.npz"

  /// The labels of a horizon.
  static func labels(_ horizon: Horizon) -> String { "labels/y_\(horizon).npz" }
  /// The training rows of a horizon.
  static func trainingRows(_ horizon: Horizon) -> String {
    "splits/rows_train_by_quarter_\(horizon).npz"
  }

  /// The files for other programs, which this one does not read again.
  static func byproducts(horizons: [Horizon]) -> [String] {
    [coverage, droppedDeals, drops, trainingRows, testRows] + horizons.map { trainingRows($0) }
  }

  /// All files but the manifest and the checksums, in the order in which they are listed.
  static func all(horizons: [Horizon]) -> [String] {
    let files =
      [
        matrix, featureNames, metadata, coverage, droppedDeals, drops, trainingRows, testRows,
      ] + horizons.map(labels) + horizons.map { trainingRows($0) }
    return files.sortedByBytes()
  }
}
