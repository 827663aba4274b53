internal import QuantCore

/// Checksums that `ParquetWriter` adds where the format has none: of the footer, and of each chunk with
/// the headers of its pages.
///
/// They stand among the key-value pairs of the footer, which other programs read over. That of the
/// footer counts in files of this writer only: others copy the pairs into the files that they write.
enum ParquetSeal {
  /// The writer, as the footer names it.
  static let writer = "quant"
  private static let footerKey = "quant.footer.xxh64"
  private static let chunkKey = "quant.xxh64"
  private static let digits = 16
  /// In front of the digits stand the key, the head of the next field, and the length of the digits.
  private static let marker = Array(footerKey.utf8) + [0x18, UInt8(digits)]

  /// The pair of a footer; its digits are 0 until the footer is sealed.
  static var openPair: [(Int, ThriftWriter.Field)] {
    [(1, .text(footerKey)), (2, .text(String(repeating: "0", count: digits)))]
  }

  /// The pair of a chunk with these pages.
  static func pair(of pages: [[UInt8]]) -> [(Int, ThriftWriter.Field)] {
    let bytes = Array(pages.joined())
    return [
      (1, .text(chunkKey)), (2, .text(Hexadecimal.text(XXH64.hash(bytes.span.numberBytes)))),
    ]
  }

  /// A footer with the digits of its checksum filled in.
  static func sealed(_ footer: [UInt8]) -> [UInt8] {
    guard let place = place(in: footer) else { preconditionFailure("a footer without its pair") }
    var sealed = footer
    sealed.replaceSubrange(
      place, with: Array(Hexadecimal.text(XXH64.hash(footer.span.numberBytes)).utf8))
    return sealed
  }

  /// Whether a footer is as it was written; one without a checksum is taken as it is.
  static func isIntact(_ footer: RawSpan) -> Bool {
    let footer = [UInt8](copying: footer)
    guard let place = place(in: footer) else { return true }
    var open = footer
    open.replaceSubrange(place, with: repeatElement(UInt8(ascii: "0"), count: digits))
    return sealed(open) == footer
  }

  /// The checksum among the key-value pairs of a chunk, or `nil` where there is none.
  static func checksum(_ pairs: ThriftValue?) -> UInt64? {
    let pair = pairs?.list?.first { $0[1]?.text == chunkKey }
    return pair?[2]?.text.flatMap { Hexadecimal.word($0) }
  }

  private static func place(in footer: [UInt8]) -> Range<Int>? {
    let last = footer.count - marker.count - digits
    guard last >= 0 else { return nil }
    for start in (0...last).reversed() where footer[start...].starts(with: marker) {
      return start + marker.count..<start + marker.count + digits
    }
    return nil
  }
}
