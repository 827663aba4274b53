/// Texts of a NumPy file, mapped: `|S8` in UTF-8 or `<U8` in UTF-32, padded with NUL.
public struct TextArray: Sendable {
  /// The number of texts.
  public let count: Int
  private let bytes: ArrayFile<UInt8>
  /// Bytes of one text.
  private let width: Int
  private let isUTF32: Bool

  /// Maps a file.
  ///
  /// - Throws: `StorageError`; `.foreign` for other elements or another number of dimensions than one.
  /// - Complexity: O(1); texts are read when they are asked for.
  public init(path: String) throws(StorageError) {
    let file = try MappedFile(path: path)
    let header = try NPYHeader(parsing: file.bytes, path: path)
    switch (header.type, header.shape.count) {
    case (.text, 1), (.unicode, 1): break
    default:
      throw .foreign(
        path: path, found: "elements of type '\(header.type.rawValue)', shape \(header.shape)",
        accepted: "one dimension of texts such as '|S8' or '<U8'")
    }
    self.init(
      file.elements(at: header.dataOffset, byteCount: header.dataByteCount), type: header.type)
  }

  /// The bytes of texts of a type.
  package init(_ bytes: ArrayFile<UInt8>, type: NPYType) {
    if case .unicode = type { isUTF32 = true } else { isUTF32 = false }
    width = type.byteCount
    count = bytes.count / width
    self.bytes = bytes
  }

  /// One text without its padding, or `nil` where its bytes are no text.
  public subscript(index: Int) -> String? {
    precondition(index >= 0 && index < count)
    let bytes = bytes.span.extracting(index * width..<(index + 1) * width)
    return isUTF32 ? TextArray.utf32(bytes) : TextArray.utf8(bytes)
  }

  private static func utf8(_ bytes: Span<UInt8>) -> String? {
    var text = bytes.indices.map { bytes[$0] }
    while text.last == 0 { text.removeLast() }
    return String(validating: text, as: UTF8.self)
  }

  private static func utf32(_ bytes: Span<UInt8>) -> String? {
    var text = stride(from: 0, to: bytes.count, by: 4).map { start in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
    }
    while text.last == 0 { text.removeLast() }
    return String(validating: text, as: UTF32.self)
  }
}
