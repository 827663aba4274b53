/// Encodes levels and indices as runs and bit-packed groups; see `HybridDecoder`.
enum HybridEncoder {
  /// The bytes of some values, each below 2^`width`.
  ///
  /// - Complexity: O(n).
  static func encode(_ values: [Int32], width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var literals: [Int32] = []
    var index = 0
    while index < values.count {
      var end = index + 1
      while end < values.count, values[end] == values[index] { end += 1 }
      // Only whole groups of eight may stand before a run.
      if end - index >= 8, literals.count % 8 == 0 {
        append(literals, width: width, to: &bytes)
        literals.removeAll(keepingCapacity: true)
        append(run: end - index, of: values[index], width: width, to: &bytes)
        index = end
      } else {
        let next = min(end, index + 8 - literals.count % 8)
        literals += values[index..<next]
        index = next
      }
    }
    append(literals, width: width, to: &bytes)
    return bytes
  }

  private static func append(
    run length: Int, of value: Int32, width: Int, to bytes: inout [UInt8]
  ) {
    append(varint: UInt64(length) << 1, to: &bytes)
    for index in 0..<(width + 7) / 8 {
      bytes.append(UInt8(truncatingIfNeeded: value >> Int32(8 * index)))
    }
  }

  private static func append(_ literals: [Int32], width: Int, to bytes: inout [UInt8]) {
    if literals.isEmpty { return }
    let groups = (literals.count + 7) / 8
    append(varint: UInt64(groups) << 1 | 1, to: &bytes)
    var buffer: UInt64 = 0
    var bits = 0
    for index in 0..<groups * 8 {
      let value = index < literals.count ? literals[index] : 0
      buffer |= UInt64(UInt32(bitPattern: value)) << UInt64(bits)
      bits += width
      while bits >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: buffer))
        buffer >>= 8
        bits -= 8
      }
    }
  }

  private static func append(varint value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
