// The compression function, FIPS PUB 180-4, section 6.2.2.
//
// Sixteen rounds are written out, so that the eight working variables never move: each round names
// them in rotated order instead. The message schedule is a ring of sixteen words, of which the later
// groups of rounds compute the next sixteen. All of it stays in registers or on the stack.

extension SHA256 {
  /// Compresses whole blocks into a state.
  static func compress(_ start: SIMD8<UInt32>, _ blocks: RawSpan) -> SIMD8<UInt32> {
    precondition(blocks.byteCount % blockBytes == 0)
    var state = start
    var offset = 0
    while offset < blocks.byteCount {
      var words = Schedule(blocks, at: offset)
      var working = Working(state)
      working.sixteenRounds(words, from: 0)
      for group in 1..<4 {
        words.extend()
        working.sixteenRounds(words, from: group &* 16)
      }
      state = state &+ working.vector
      offset &+= blockBytes
    }
    return state
  }

  @inline(__always)
  private static func rotate(_ value: UInt32, _ bits: UInt32) -> UInt32 {
    value &>> bits | value &<< (32 &- bits)
  }

  /// Sixteen words of the message schedule.
  private struct Schedule {
    var w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15: UInt32

    @inline(__always)
    init(_ bytes: RawSpan, at offset: Int) {
      func word(_ index: Int) -> UInt32 { bytes.word32(at: offset &+ 4 &* index).byteSwapped }
      (w0, w1, w2, w3) = (word(0), word(1), word(2), word(3))
      (w4, w5, w6, w7) = (word(4), word(5), word(6), word(7))
      (w8, w9, w10, w11) = (word(8), word(9), word(10), word(11))
      (w12, w13, w14, w15) = (word(12), word(13), word(14), word(15))
    }

    /// Replaces the words by the next sixteen.
    @inline(__always)
    mutating func extend() {
      w0 = next(w0, w1, w9, w14)
      w1 = next(w1, w2, w10, w15)
      w2 = next(w2, w3, w11, w0)
      w3 = next(w3, w4, w12, w1)
      w4 = next(w4, w5, w13, w2)
      w5 = next(w5, w6, w14, w3)
      w6 = next(w6, w7, w15, w4)
      w7 = next(w7, w8, w0, w5)
      w8 = next(w8, w9, w1, w6)
      w9 = next(w9, w10, w2, w7)
      w10 = next(w10, w11, w3, w8)
      w11 = next(w11, w12, w4, w9)
      w12 = next(w12, w13, w5, w10)
      w13 = next(w13, w14, w6, w11)
      w14 = next(w14, w15, w7, w12)
      w15 = next(w15, w0, w8, w13)
    }

    @inline(__always)
    private func next(_ word: UInt32, _ early: UInt32, _ middle: UInt32, _ late: UInt32) -> UInt32 {
      let first = rotate(early, 7) ^ rotate(early, 18) ^ (early &>> 3)
      let second = rotate(late, 17) ^ rotate(late, 19) ^ (late &>> 10)
      return word &+ first &+ middle &+ second
    }
  }

  /// The eight working variables.
  private struct Working {
    var a, b, c, d, e, f, g, h: UInt32

    @inline(__always)
    init(_ state: SIMD8<UInt32>) {
      (a, b, c, d) = (state[0], state[1], state[2], state[3])
      (e, f, g, h) = (state[4], state[5], state[6], state[7])
    }

    @inline(__always)
    var vector: SIMD8<UInt32> { SIMD8(a, b, c, d, e, f, g, h) }

    @inline(__always)
    mutating func sixteenRounds(_ words: Schedule, from: Int) {
      round(a, b, c, &d, e, f, g, &h, words.w0 &+ constants[from &+ 0])
      round(h, a, b, &c, d, e, f, &g, words.w1 &+ constants[from &+ 1])
      round(g, h, a, &b, c, d, e, &f, words.w2 &+ constants[from &+ 2])
      round(f, g, h, &a, b, c, d, &e, words.w3 &+ constants[from &+ 3])
      round(e, f, g, &h, a, b, c, &d, words.w4 &+ constants[from &+ 4])
      round(d, e, f, &g, h, a, b, &c, words.w5 &+ constants[from &+ 5])
      round(c, d, e, &f, g, h, a, &b, words.w6 &+ constants[from &+ 6])
      round(b, c, d, &e, f, g, h, &a, words.w7 &+ constants[from &+ 7])
      round(a, b, c, &d, e, f, g, &h, words.w8 &+ constants[from &+ 8])
      round(h, a, b, &c, d, e, f, &g, words.w9 &+ constants[from &+ 9])
      round(g, h, a, &b, c, d, e, &f, words.w10 &+ constants[from &+ 10])
      round(f, g, h, &a, b, c, d, &e, words.w11 &+ constants[from &+ 11])
      round(e, f, g, &h, a, b, c, &d, words.w12 &+ constants[from &+ 12])
      round(d, e, f, &g, h, a, b, &c, words.w13 &+ constants[from &+ 13])
      round(c, d, e, &f, g, h, a, &b, words.w14 &+ constants[from &+ 14])
      round(b, c, d, &e, f, g, h, &a, words.w15 &+ constants[from &+ 15])
    }
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ input: UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let majority = (a & b) &+ (c & (a ^ b))
    // Nested rotations need fewer moves: rotations of e by 6, 11 and 25, and of a by 2, 13 and 22.
    let mixed = h &+ input &+ choice &+ rotate(e ^ rotate(e ^ rotate(e, 14), 5), 6)
    d = d &+ mixed
    h = mixed &+ majority &+ rotate(a ^ rotate(a ^ rotate(a, 9), 11), 2)
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: InlineArray<64, UInt32> = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4,
    0xAB1C_5ED5, 0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE,
    0x9BDC_06A7, 0xC19B_F174, 0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F,
    0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA, 0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
    0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967, 0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC,
    0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85, 0xA2BF_E8A1, 0xA81A_664B,
    0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070, 0x19A4_C116,
    0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7,
    0xC671_78F2,
  ]
}
