/// Turns the bytes of a compressed file into the bytes of the table, such as gzip.
///
/// QuantCore has none of its own, so that it needs no C library; QuantFormats has `GzipDecoder`.
public protocol ContentDecoder: Sendable {
  /// The end of the names of files that are decoded, such as `.gz`.
  var fileSuffix: String { get }

  /// Decodes a whole file.
  ///
  /// - Throws: `StorageError` naming `path` where the bytes are damaged or of another format.
  func decode(_ bytes: RawSpan, path: String) throws(StorageError) -> [UInt8]
}
