/// The 64-bit checksum of Yann Collet's xxHash: fast detection of damage, no protection from malice.
package enum XXH64 {
  static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// The checksum of bytes under a seed.
  ///
  /// Source: the xxHash specification, version 0.1.1.
  ///
  /// - Complexity: O(n), at memory speed for large inputs.
  package static func hash(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
    let count = bytes.byteCount
    var offset = 0
    var digest: UInt64
    if count >= 32 {
      // Four variables, not a vector: there is no 64-bit vector multiplication in a default build.
      var first = seed &+ prime1 &+ prime2
      var second = seed &+ prime2
      var third = seed
      var fourth = seed &- prime1
      while offset &+ 32 <= count {
        first = round(first, bytes.word64(at: offset))
        second = round(second, bytes.word64(at: offset &+ 8))
        third = round(third, bytes.word64(at: offset &+ 16))
        fourth = round(fourth, bytes.word64(at: offset &+ 24))
        offset &+= 32
      }
      digest = rotate(first, 1) &+ rotate(second, 7) &+ rotate(third, 12) &+ rotate(fourth, 18)
      digest = merge(digest, first)
      digest = merge(digest, second)
      digest = merge(digest, third)
      digest = merge(digest, fourth)
    } else {
      digest = seed &+ prime5
    }
    digest &+= UInt64(count)
    while offset + 8 <= count {
      digest = absorb(digest, word: bytes.word64(at: offset))
      offset += 8
    }
    if offset + 4 <= count {
      digest = absorb(digest, half: bytes.word32(at: offset))
      offset += 4
    }
    while offset < count {
      digest = rotate(digest ^ (UInt64(bytes.byte(at: offset)) &* prime5), 11) &* prime1
      offset += 1
    }
    return avalanche(digest)
  }

  /// The checksum of the UTF-8 bytes of a text.
  package static func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
    hash(Array(text.utf8).span.numberBytes, seed: seed)
  }

  // The steps of the algorithm, which hashing column by column takes as well.

  @inline(__always)
  static func absorb(_ digest: UInt64, word: UInt64) -> UInt64 {
    rotate(digest ^ round(0, word), 27) &* prime1 &+ prime4
  }

  @inline(__always)
  static func absorb(_ digest: UInt64, half: UInt32) -> UInt64 {
    rotate(digest ^ (UInt64(half) &* prime1), 23) &* prime2 &+ prime3
  }

  @inline(__always)
  static func avalanche(_ digest: UInt64) -> UInt64 {
    let first = (digest ^ (digest >> 33)) &* prime2
    let second = (first ^ (first >> 29)) &* prime3
    return second ^ (second >> 32)
  }

  @inline(__always)
  static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* prime2, 31) &* prime1
  }

  @inline(__always)
  static func merge(_ digest: UInt64, _ lane: UInt64) -> UInt64 {
    (digest ^ round(0, lane)) &* prime1 &+ prime4
  }

  @inline(__always)
  static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value &<< bits | value &>> (64 &- bits)
  }
}
