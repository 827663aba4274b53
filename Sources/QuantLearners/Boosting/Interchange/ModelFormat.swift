internal import QuantCore

/// The formats of model files, told apart by their first bytes.
enum ModelFormat {
  case own
  case lightGBM
  case xgboostJSON
  case xgboostUBJSON

  /// The format that bytes begin like, or `nil`.
  init?(_ bytes: RawSpan) {
    let first = (0..<min(16, bytes.byteCount)).map { bytes.byte(at: $0) }
    if first.starts(with: ModelFile.magic) {
      self = .own
    } else if first.starts(with: "tree\n".utf8) || first.starts(with: "tree\r\n".utf8) {
      self = .lightGBM
    } else if first.first == UInt8(ascii: "{"), let second = first.dropFirst().first {
      // UBJSON has the type of the key's length where JSON has a quote or blanks.
      self = UBJSONReader.integerSizes[second] == nil ? .xgboostJSON : .xgboostUBJSON
    } else {
      return nil
    }
  }

  /// What is thrown for bytes of no format.
  static func unknown(path: String) -> StorageError {
    .foreign(
      path: path, found: "another format",
      accepted: "a model of quant, of LightGBM (text), or of XGBoost (JSON or UBJSON)")
  }
}
