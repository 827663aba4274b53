public import QuantCore

extension TreeEnsemble {
  /// The model as LightGBM's model text, version 4, from which LightGBM predicts the same raw scores.
  ///
  /// They are equal to the bit, but for values between -1e-35 and 1e-35, which LightGBM reads as 0, for
  /// models of single-precision sums, and for averaged trees with a start score, which are rounded
  /// otherwise. `Docs/Formats/boosting-interchange.md` lists what is kept and what is lost.
  ///
  /// - Throws: `ModelConversionError` where missing values join a set of categories.
  /// - Complexity: O(nodes).
  public var lightGBMText: String {
    get throws(ModelConversionError) { try LightGBMTextWriter.text(self) }
  }

  /// Writes LightGBM's model text; the file appears whole or not at all.
  ///
  /// - Throws: `StorageError.unwritable`, also where LightGBM cannot express the model.
  public func writeLightGBMText(to path: String) throws(StorageError) {
    let text: String
    do {
      text = try lightGBMText
    } catch {
      throw .unwritable(path: path, reason: error.description, isNoSpace: false)
    }
    try AtomicFile.write(text: text, to: path)
  }

  /// Reads LightGBM's model text, version 4 or 3; raw scores are equal to LightGBM's to the bit.
  ///
  /// Read are models of one score: binary, regressions without `sqrt`, quantile, poisson, gamma,
  /// tweedie, cross_entropy and rankings; trees summed or averaged. The text has no checksum: a changed
  /// number that still makes a tree is not noticed.
  ///
  /// - Parameters:
  ///   - lightGBMText: the whole text.
  ///   - path: names the text in errors.
  /// - Throws: `StorageError.foreign` for several classes, linear trees, unknown objectives and trees that
  ///   are none; `.unsupportedVersion`; `.incomplete`.
  /// - Complexity: O(characters).
  public init(lightGBMText: String, path: String) throws(StorageError) {
    self = try LightGBMModelReader.model(Array(lightGBMText.utf8), path: path)
  }
}
