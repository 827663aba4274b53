/// Sums of gradients, hessians and rows in one 64-bit word, so that a histogram costs one add a row.
///
/// Fields from the low bit: 13 bits of rows, 25 of hessians, 26 of gradients with sign. One row adds
/// (gradient, hessian, 1) with |gradient| ≤ 8191 and 0 ≤ hessian ≤ 8191. A word may hold up to 4,096
/// rows: 4,096 < 2^13, 4,096 x 8,191 < 2^25 for hessians, and |gradients| ≤ 4,096 x 8,191 < 2^25 fits
/// 26 bits with sign. No field overflows, so each is exact, and the difference of two words, one of
/// which is a part of the other, is exact in each field too.
enum PackedSum {
  /// Rows that a word may hold.
  static let rowLimit = 4_096
  /// The largest magnitude of a quantised gradient or hessian.
  static let quantumLimit = 8_191

  static let countBits: Int64 = 13
  static let gradientShift: Int64 = 38
  static let countMask: Int64 = 0x1FFF
  static let hessianMask: Int64 = 0x1FF_FFFF

  @inline(__always)
  static func pack(gradient: Int64, hessian: Int64) -> Int64 {
    gradient &<< gradientShift &+ hessian &<< countBits &+ 1
  }

  /// The word of a row from its quanta: the gradient above 16 bits of the hessian.
  @inline(__always)
  static func word(_ quanta: Int32) -> Int64 {
    pack(gradient: Int64(quanta &>> 16), hessian: Int64(quanta & 0xFFFF))
  }

  @inline(__always)
  static func gradient(_ word: Int64) -> Int64 { word &>> gradientShift }

  @inline(__always)
  static func hessian(_ word: Int64) -> Int64 { word &>> countBits & hessianMask }

  @inline(__always)
  static func count(_ word: Int64) -> Int64 { word & countMask }
}

/// Sums of more rows than a word can hold: gradients in one word, hessians and rows in another.
///
/// The second word has 25 bits of rows below 38 of hessians. A fit has fewer than 2^25 rows (33.5
/// million), and 2^25 x 8,191 < 2^38, so no field overflows. Gradients have all 64 bits.
enum WideSum {
  /// Rows that a fit may have.
  static let rowLimit = 1 << 25 - 1

  static let countBits: Int64 = 25
  static let countMask: Int64 = 0x1FF_FFFF

  /// The second word of a packed sum.
  @inline(__always)
  static func hessianAndCount(_ word: Int64) -> Int64 {
    PackedSum.hessian(word) &<< countBits | PackedSum.count(word)
  }

  @inline(__always)
  static func hessian(_ word: Int64) -> Int64 { word &>> countBits }

  @inline(__always)
  static func count(_ word: Int64) -> Int64 { word & countMask }
}

/// Quantised sums of a set of rows.
struct NodeSum: Hashable, Sendable {
  var gradient: Int64 = 0
  var hessian: Int64 = 0
  var count: Int = 0

  static func + (left: NodeSum, right: NodeSum) -> NodeSum {
    NodeSum(
      gradient: left.gradient + right.gradient, hessian: left.hessian + right.hessian,
      count: left.count + right.count)
  }

  static func - (left: NodeSum, right: NodeSum) -> NodeSum {
    NodeSum(
      gradient: left.gradient - right.gradient, hessian: left.hessian - right.hessian,
      count: left.count - right.count)
  }

  /// The fields of a word.
  init(packed word: Int64) {
    gradient = PackedSum.gradient(word)
    hessian = PackedSum.hessian(word)
    count = Int(PackedSum.count(word))
  }

  init(gradient: Int64 = 0, hessian: Int64 = 0, count: Int = 0) {
    self.gradient = gradient
    self.hessian = hessian
    self.count = count
  }

  /// All rows as one word; there are at most 4,096.
  var packed: Int64 {
    gradient &<< PackedSum.gradientShift &+ hessian &<< PackedSum.countBits &+ Int64(count)
  }
}
