/// Little-endian bytes of the records of a ZIP archive.
///
/// Source: PKWARE, "APPNOTE.TXT, .ZIP file format specification", 6.3.10, sections 4.3 and 4.5.
struct ZipRecord {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ values: UInt16...) {
    for value in values { append(UInt64(value), count: 2) }
  }

  mutating func append(word values: UInt32...) {
    for value in values { append(UInt64(value), count: 4) }
  }

  mutating func append(long values: UInt64...) {
    for value in values { append(value, count: 8) }
  }

  mutating func append(text: String) {
    bytes += text.utf8
  }

  mutating func append(zeros count: Int) {
    bytes.append(contentsOf: repeatElement(0, count: count))
  }

  private mutating func append(_ value: UInt64, count: Int) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }
}

/// What the directory of a ZIP archive says of one member.
package struct ZipMember: Hashable, Sendable {
  /// The ways of storing a member that are known here, by their number in the archive.
  package enum Method: UInt16, Sendable {
    /// As it is.
    case stored = 0
    /// Compressed as RFC 1951 says.
    case deflated = 8
  }

  /// Name in the archive.
  package var name: String
  /// How it is stored.
  package var method: Method
  /// CRC-32 of the content.
  package var checksum: UInt32
  /// Bytes in the archive.
  package var storedSize: Int
  /// Bytes of the content.
  package var size: Int
  /// Offset of the local header.
  package var headerOffset: Int
}

/// Signatures and fixed values of ZIP records.
enum ZipFormat {
  static let localHeader: UInt32 = 0x0403_4B50
  static let directoryHeader: UInt32 = 0x0201_4B50
  static let directoryEnd: UInt32 = 0x0605_4B50
  static let directoryEnd64: UInt32 = 0x0606_4B50
  static let directoryEnd64Locator: UInt32 = 0x0706_4B50
  static let extra64: UInt16 = 0x0001
  /// The extra field that Android's zipalign uses for padding; readers skip what they do not know.
  static let extraAlignment: UInt16 = 0xD935
  /// 1980-01-01 00:00:00, so that bytes do not depend on the clock.
  static let time: UInt16 = 0
  static let date: UInt16 = 0x0021
  static let unicodeNames: UInt16 = 0x0800
}
