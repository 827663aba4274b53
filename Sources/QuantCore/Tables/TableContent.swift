/// The bytes of a table: a mapped file, or what a decoder made of one.
package struct TableContent: Sendable {
  private enum Storage: Sendable {
    case mapped(MappedFile)
    case decoded([UInt8])
  }

  /// The path the file was opened by.
  package let path: String
  private let storage: Storage

  /// Maps a file, and decodes it where its name ends like those of a decoder.
  ///
  /// - Throws: what mapping or decoding throws, and `.foreign` for a gzip file without a decoder.
  package init(path: String, decoders: [any ContentDecoder]) throws(StorageError) {
    self.path = path
    let file = try MappedFile(path: path)
    let name = path.lowercased()
    for decoder in decoders where name.hasSuffix(decoder.fileSuffix.lowercased()) {
      storage = .decoded(try decoder.decode(file.bytes, path: path))
      return
    }
    let bytes = file.bytes
    let isGzip = bytes.byteCount >= 2 && bytes.byte(at: 0) == 0x1F && bytes.byte(at: 1) == 0x8B
    if isGzip || name.hasSuffix(".gz") {
      throw .foreign(
        path: path, found: "gzip",
        accepted: "plain text, or a name that ends in .gz and the GzipDecoder of QuantFormats")
    }
    storage = .mapped(file)
  }

  /// Holds bytes in memory.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    storage = .decoded(bytes)
  }

  /// Calls `body` with all bytes.
  package func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    switch storage {
    case .mapped(let file):
      try body(file.region.elements(of: UInt8.self, at: 0, count: file.count))
    case .decoded(let bytes):
      try body(bytes.span)
    }
  }
}
