/// The SHA-256 digest of a stream of bytes.
///
/// ```swift
/// var digest = SHA256()
/// digest.update(bytes)
/// digest.finalize()    // 32 bytes
/// ```
///
/// Source: FIPS PUB 180-4, sections 4.1.2, 5.3.3 and 6.2.
package struct SHA256: Sendable {
  /// Bytes of a block.
  static let blockBytes = 64
  private var state = SIMD8<UInt32>(
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB,
    0x5BE0_CD19)
  private var waiting: [UInt8] = []
  private var byteCount: UInt64 = 0

  /// Creates the digest of no bytes.
  package init() {
    waiting.reserveCapacity(Self.blockBytes)
  }

  /// Appends bytes.
  ///
  /// - Complexity: O(n).
  package mutating func update(_ bytes: RawSpan) {
    byteCount &+= UInt64(bytes.byteCount)
    var offset = 0
    if !waiting.isEmpty {
      offset = min(Self.blockBytes - waiting.count, bytes.byteCount)
      waiting.append(copying: bytes.extracting(0..<offset))
      guard waiting.count == Self.blockBytes else { return }
      state = SHA256.compress(state, waiting.span.numberBytes)
      waiting.removeAll(keepingCapacity: true)
    }
    let end = offset + (bytes.byteCount - offset) / Self.blockBytes * Self.blockBytes
    state = SHA256.compress(state, bytes.extracting(offset..<end))
    waiting.append(copying: bytes.extracting(end..<bytes.byteCount))
  }

  /// The digest of all bytes so far, 32 bytes; the stream may go on afterwards.
  package func finalize() -> [UInt8] {
    var padded = waiting
    padded.append(0x80)
    while padded.count % Self.blockBytes != 56 { padded.append(0) }
    let bitCount = byteCount &* 8
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      padded.append(UInt8(truncatingIfNeeded: bitCount >> shift))
    }
    let digest = SHA256.compress(state, padded.span.numberBytes)
    var result: [UInt8] = []
    result.reserveCapacity(32)
    for word in 0..<8 {
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        result.append(UInt8(truncatingIfNeeded: digest[word] >> shift))
      }
    }
    return result
  }

  /// The digest of bytes as 64 lower-case hexadecimal digits.
  package static func hexadecimal(_ bytes: RawSpan) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.hexadecimal
  }

  /// The digest of all bytes so far as 64 lower-case hexadecimal digits.
  package var hexadecimal: String { Hexadecimal.text(finalize()) }
}
