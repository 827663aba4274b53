public import QuantCore

extension TreeEnsemble {
  /// The model as the content of a file of this library's own format; equal models give equal bytes.
  ///
  /// Nothing of the model is lost; see `Docs/Formats/boosting-model.md`. Negative zeros become zeros.
  public var fileBytes: [UInt8] { ModelFileWriter.bytes(self) }

  /// Writes the model in this library's own format; the file appears whole or not at all.
  ///
  /// - Throws: `StorageError.unwritable`.
  public func write(to path: String) throws(StorageError) {
    try AtomicFile.write(fileBytes.span.numberBytes, to: path)
  }

  /// Reads what `fileBytes` gave.
  ///
  /// Nothing is believed before the checksum holds, nothing is allocated beyond a small multiple of the
  /// size of the bytes, and every tree is checked: features and children exist, each node has one
  /// parent, and there is no way around in a circle.
  ///
  /// - Parameters:
  ///   - fileBytes: the whole content of a model file.
  ///   - path: names the file in errors.
  /// - Throws: `StorageError.foreign` for another format or an impossible tree, `.unsupportedVersion`,
  ///   `.truncated`, `.corrupted`.
  /// - Complexity: O(bytes).
  public init(fileBytes: [UInt8], path: String) throws(StorageError) {
    self = try ModelFileReader.model(fileBytes.span.numberBytes, path: path)
  }

  /// Reads a model file of this library, of LightGBM (text) or of XGBoost (JSON or UBJSON).
  ///
  /// The first bytes decide which it is, not the name of the file.
  ///
  /// - Throws: `StorageError.missing`, `.unreadable`, and what the reader of the format throws.
  /// - Complexity: O(bytes); memory of at most 8 times the file and 64 MB.
  public init(contentsOf path: String) throws(StorageError) {
    switch try Self.format(path) {
    case .own?:
      let file = try MappedFile(path: path)
      self = try ModelFileReader.model(file.bytes, path: path)
    case .lightGBM?: self = try LightGBMModelReader.model(Self.bytes(path), path: path)
    case .xgboostJSON?, .xgboostUBJSON?: try self.init(xgboost: Self.bytes(path), path: path)
    case nil: throw ModelFormat.unknown(path: path)
    }
  }

  private static func format(_ path: String) throws(StorageError) -> ModelFormat? {
    let file = try MappedFile(path: path)
    return ModelFormat(file.bytes)
  }

  /// The content of a file, which is no longer mapped.
  private static func bytes(_ path: String) throws(StorageError) -> [UInt8] {
    let file = try MappedFile(path: path)
    return [UInt8](copying: file.bytes)
  }
}
