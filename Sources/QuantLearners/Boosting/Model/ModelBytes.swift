internal import QuantCore

/// Collects little-endian numbers.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ more: [UInt8]) { bytes += more }

  mutating func append(_ value: UInt32) {
    for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * shift))) }
  }

  mutating func append(_ value: UInt64) {
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * shift))) }
  }

  /// Both zeros become +0, so that equal numbers give equal bytes.
  mutating func append(_ value: Double) { append((value == 0 ? 0 : value).bitPattern) }

  /// Both zeros become +0.
  mutating func append(_ value: Float) { append((value == 0 ? 0 : value).bitPattern) }
}

/// Reads little-endian numbers and throws where bytes end early.
struct ByteReader: ~Escapable {
  private let bytes: RawSpan
  private let path: String
  /// The next byte.
  private(set) var offset = 0
  /// Where reading ends.
  var end: Int

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, path: String) {
    self.bytes = bytes
    self.path = path
    end = bytes.byteCount
  }

  /// Moves on by `size` bytes and returns where they start.
  @_lifetime(self: copy self)
  private mutating func take(_ size: Int) throws(StorageError) -> Int {
    guard size <= end - offset else {
      throw .truncated(path: path, expected: offset + size, actual: end)
    }
    defer { offset += size }
    return offset
  }

  @_lifetime(self: copy self)
  mutating func byte() throws(StorageError) -> UInt8 {
    let place = try take(1)
    return bytes.byte(at: place)
  }

  @_lifetime(self: copy self)
  mutating func word32() throws(StorageError) -> UInt32 {
    let place = try take(4)
    return bytes.word32(at: place)
  }

  @_lifetime(self: copy self)
  mutating func word64() throws(StorageError) -> UInt64 {
    let place = try take(8)
    return bytes.word64(at: place)
  }

  @_lifetime(self: copy self)
  mutating func double() throws(StorageError) -> Double { Double(bitPattern: try word64()) }

  /// A number of elements of at least so many bytes each, which the rest must be able to hold.
  @_lifetime(self: copy self)
  mutating func count(atLeast size: Int) throws(StorageError) -> Int {
    let count = Int(try word32())
    guard count <= (end - offset) / size else {
      throw .truncated(path: path, expected: offset + count * size, actual: end)
    }
    return count
  }

  /// A text after its length, or `nil` where it is no UTF-8.
  @_lifetime(self: copy self)
  mutating func text() throws(StorageError) -> String? {
    let length = Int(try word32())
    let start = try take(length)
    return String(
      validating: [UInt8](copying: bytes.extracting(start..<start + length)), as: UTF8.self)
  }
}
