/// Reads little-endian fields one after the other; each read is `nil` where the bytes do not reach.
struct ZipCursor: ~Escapable {
  private let bytes: RawSpan
  private(set) var position: Int

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.byteCount }

  private mutating func take(_ count: Int) -> Int? {
    guard position >= 0, position <= bytes.byteCount, count <= bytes.byteCount - position else {
      return nil
    }
    defer { position += count }
    return position
  }

  mutating func skip(_ count: Int) -> Bool { take(count) != nil }

  mutating func half() -> UInt16? {
    take(2).map { UInt16(bytes.byte(at: $0)) | UInt16(bytes.byte(at: $0 + 1)) << 8 }
  }

  mutating func word() -> UInt32? { take(4).map { bytes.word32(at: $0) } }

  mutating func long() -> UInt64? { take(8).map { bytes.word64(at: $0) } }

  /// A text in UTF-8, or `nil` where it is none.
  mutating func text(_ count: Int) -> String? {
    guard let start = take(count) else { return nil }
    return String(
      validating: [UInt8](copying: bytes.extracting(start..<start + count)), as: UTF8.self)
  }

  @_lifetime(copy self)
  mutating func span(_ count: Int) -> RawSpan? {
    guard let start = take(count) else { return nil }
    return bytes.extracting(start..<start + count)
  }
}
