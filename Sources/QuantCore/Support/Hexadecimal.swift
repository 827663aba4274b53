/// Bytes and words as lower-case hexadecimal digits, and back.
package enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Two digits for each byte, in order.
  package static func text(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Sixteen digits, the most significant first.
  package static func text(_ word: UInt64) -> String {
    text((0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) })
  }

  /// The word of exactly sixteen digits, or `nil` for any other text.
  package static func word(_ text: String) -> UInt64? {
    let isPlain = text.utf8.count == 16 && text.utf8.allSatisfy { digits.contains($0) }
    return isPlain ? UInt64(text, radix: 16) : nil
  }
}
