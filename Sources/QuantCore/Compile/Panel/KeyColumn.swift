/// A column of short texts of fixed width, as NumPy's `|S8`.
public struct KeyColumn: Sendable {
  /// Bytes of each text; shorter ones are padded with NUL.
  public let width: Int
  private let bytes: ArrayFile<UInt8>

  /// Wraps `count * width` bytes.
  package init(_ bytes: ArrayFile<UInt8>, width: Int) {
    precondition(width > 0 && bytes.count % width == 0)
    self.bytes = bytes
    self.width = width
  }

  /// Packs texts.
  package init(_ texts: [String]) {
    let packed = KeyColumn.packed(texts)
    self.init(ArrayFile(packed.bytes), width: packed.width)
  }

  /// The bytes of texts, each padded with NUL to the width of the longest, at least 1.
  static func packed(_ texts: [String]) -> (bytes: [UInt8], width: Int) {
    let width = max(1, texts.reduce(0) { max($0, $1.utf8.count) })
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.count * width)
    for text in texts {
      bytes += text.utf8
      bytes.append(contentsOf: repeatElement(0, count: width - text.utf8.count))
    }
    return (bytes, width)
  }

  /// Number of texts.
  public var count: Int { bytes.count / width }

  /// One text.
  public subscript(index: Int) -> String {
    let span = bytes.span
    var text: [UInt8] = []
    for offset in index * width..<(index + 1) * width where span[offset] != 0 {
      text.append(span[offset])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
