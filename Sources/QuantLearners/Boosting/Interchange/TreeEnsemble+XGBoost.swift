public import QuantCore

extension TreeEnsemble {
  /// Reads a model file of XGBoost 1 to 3, JSON or UBJSON; raw scores are XGBoost's to the last bit or two.
  ///
  /// Read are models of one score with trees: boosters `gbtree` and `dart`, objectives of one target but
  /// `binary:hinge`. Sums are in single precision, as there. Features without names are called `f0`,
  /// `f1` and so on. `Docs/Formats/boosting-interchange.md` lists what is kept and what is lost.
  ///
  /// - Parameters:
  ///   - xgboost: the whole content of the file.
  ///   - path: names the file in errors.
  /// - Throws: `StorageError.foreign` for other boosters, several classes or targets, and trees that are
  ///   none; `.unsupportedVersion`; `.incomplete`.
  /// - Complexity: O(bytes).
  public init(xgboost: [UInt8], path: String) throws(StorageError) {
    self = try XGBoostModelReader.model(xgboost, path: path)
  }
}
