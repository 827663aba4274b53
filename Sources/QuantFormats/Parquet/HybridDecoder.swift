internal import QuantCore

/// Decodes Parquet's mix of runs and bit-packed groups: levels, indices and truth values.
///
/// Each part begins with a number: even ones are runs of one value, odd ones groups of eight values of
/// `width` bits each, lowest bits first.
struct HybridDecoder: ~Escapable {
  private let bytes: RawSpan
  private let width: Int
  private var offset = 0

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, width: Int) {
    precondition(width >= 0 && width <= 32)
    self.bytes = bytes
    self.width = width
  }

  /// Appends exactly `count` values; whether there were as many.
  @_lifetime(self: copy self)
  mutating func decode<Value: FixedWidthInteger>(
    _ count: Int, into values: inout [Value]
  ) -> Bool {
    var rest = count
    values.reserveCapacity(values.count + count)
    while rest > 0 {
      guard let head = varint() else { return false }
      if head & 1 == 0 {
        guard let value = runValue(), head >> 1 > 0 else { return false }
        let length = Int(min(head >> 1, UInt64(rest)))
        values.append(contentsOf: repeatElement(Value(truncatingIfNeeded: value), count: length))
        rest -= length
      } else {
        let groups = head >> 1
        guard groups > 0, groups <= UInt64(1 << 40) else { return false }
        let available = width == 0 ? rest : (bytes.byteCount - offset) * 8 / width
        // The last group may be cut where no more values are needed.
        let length = min(Int(groups) * 8, rest, available)
        guard length > 0, length == min(Int(groups) * 8, rest) else { return false }
        unpack(length, into: &values)
        offset = min(offset + Int(groups) * width, bytes.byteCount)
        rest -= length
      }
    }
    return true
  }

  private func unpack<Value: FixedWidthInteger>(_ count: Int, into values: inout [Value]) {
    var place = offset
    var buffer: UInt64 = 0
    var bits = 0
    let mask: UInt64 = 1 << UInt64(width) &- 1
    for _ in 0..<count {
      while bits < width {
        if bits <= 32, place &+ 4 <= bytes.byteCount {
          buffer |= UInt64(bytes.word32(at: place)) &<< UInt64(bits)
          place &+= 4
          bits &+= 32
        } else {
          buffer |= UInt64(bytes.byte(at: place)) &<< UInt64(bits)
          place &+= 1
          bits &+= 8
        }
      }
      values.append(Value(truncatingIfNeeded: buffer & mask))
      buffer &>>= UInt64(width)
      bits &-= width
    }
  }

  @_lifetime(self: copy self)
  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      guard offset < bytes.byteCount else { return nil }
      let next = bytes.byte(at: offset)
      offset += 1
      value |= UInt64(next & 0x7F) << shift
      if next & 0x80 == 0 { return value }
    }
    return nil
  }

  @_lifetime(self: copy self)
  private mutating func runValue() -> UInt64? {
    let size = (width + 7) / 8
    guard offset + size <= bytes.byteCount else { return nil }
    var value: UInt64 = 0
    for index in 0..<size { value |= UInt64(bytes.byte(at: offset + index)) << UInt64(8 * index) }
    offset += size
    return width == 64 || value >> UInt64(width) == 0 ? value : nil
  }
}
