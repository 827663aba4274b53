// Finding bytes eight at a time: `a ^ pattern` has a zero byte where `a` has the wanted one.

/// Marks the bytes of a word that equal a wanted byte.
package enum ByteMatch {
  /// The wanted byte in all eight places.
  @inline(__always)
  package static func pattern(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

  /// The upper bit of every byte that equals the pattern's, and nothing else.
  @inline(__always)
  package static func marks(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let difference = word ^ pattern
    return ~(((difference & low) &+ low) | difference | low)
  }
}
