// Typed reads of raw bytes. A number of any bit pattern is a valid integer, so these are safe; the
// standard library marks the loads unsafe because it cannot know that of every type. All loads are
// checked against the bounds of the span.

extension RawSpan {
  /// The byte at an offset.
  package func byte(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Four bytes at any offset, little-endian.
  package func word32(at offset: Int) -> UInt32 {
    UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// Eight bytes at any offset, little-endian.
  package func word64(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}

extension Span where Element: BitwiseCopyable {
  /// The bytes of numbers without padding (fixed-width integers and floating-point types).
  package var numberBytes: RawSpan {
    @_lifetime(copy self)
    get { unsafe bytes }
  }
}

extension [UInt8] {
  /// The bytes of a span.
  package init(copying bytes: RawSpan) {
    self = unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// Appends the bytes of a span.
  package mutating func append(copying bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}
