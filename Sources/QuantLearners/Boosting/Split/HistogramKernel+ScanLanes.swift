// Comparing eight splits, twice each, with the best so far. Fast because sums of a child are exact integers
// of 32 bits in vectors of four, and because of an identity. With G and K the gradients and the penalised
// hessians of both children, and a and c those of the left one,
//
//     a² / c + (G - a)² / (K - c) = G² / K + K (a - c G / K)² / (c (K - c)),
//
// so that a split beats g where (a - c G / K)² > (g K - G²) / K² c (K - c): ten operations and no division.
// Missing values on the left add a constant to a - c G / K and to c.
//
// Single precision makes a - c G / K wrong by less than e = 2^-22 (A + |G|), where A is the sum of the
// largest gradients that so many rows can have, and c (K - c) by less than 2^-22 K². Since (t + e)² is at
// most (1 + d) t² + (1 + 1 / d) e², the comparison allows for it with d = 2^-10. Assumes a node of at most
// `rowLimit` rows, whose sums are below 2^31, and a penalty that keeps products finite.

/// What splits are compared with, in all lanes of vectors.
struct ScanLanes {
  /// Rows of a node at most: 262,143 x 8,191 < 2^31.
  static let rowLimit = 1 << 18 - 1

  /// G and K, and their quotient.
  private let gradient: Double
  private let hessian: Double
  private let ratio: SIMD4<Float>
  private let hessians: SIMD4<Float>
  private let l2: SIMD4<Float>
  /// What missing values add; `isOneSided` where there are none.
  private let missingShift: SIMD4<Float>
  private let missingHessian: SIMD4<Float>
  private let isOneSided: Bool
  /// (1 + 1 / d) e².
  private let error: Double
  private var factor = SIMD4<Float>()
  private var slack = SIMD4<Float>()

  /// Whether the penalties suit: gradients are not shrunk, and no product overflows.
  static func suits(_ rules: SplitRules, rows: Int) -> Bool {
    rules.l1 == 0 && rules.l2 < 1e9 && rows <= rowLimit
  }

  /// - Parameters:
  ///   - missing: the sums of rows whose value is missing.
  init(_ search: SplitSearch, missing: NodeSum) {
    gradient = Double(search.total.gradient)
    hessian = Double(search.total.hessian) + 2 * search.rules.l2
    let quotient = gradient / hessian
    ratio = SIMD4(repeating: Float(quotient))
    hessians = SIMD4(repeating: Float(hessian))
    l2 = SIMD4(repeating: Float(search.rules.l2))
    missingShift = SIMD4(
      repeating: Float(Double(missing.gradient) - Double(missing.hessian) * quotient))
    missingHessian = SIMD4(repeating: Float(missing.hessian))
    isOneSided = missing.count == 0
    let largest = Double(PackedSum.quantumLimit * search.total.count) + gradient.magnitude
    error = (1 + 0x1p10) * (largest * 0x1p-22) * (largest * 0x1p-22)
    setLimit(search)
  }

  /// Takes over the best gain.
  mutating func setLimit(_ search: SplitSearch) {
    let excess = max(0, search.screen * hessian - gradient * gradient)
    factor = SIMD4(repeating: Float(excess / (hessian * hessian)) * (1 - 0x1p-9))
    slack = SIMD4(repeating: Float(error + excess * 0x1p-21))
  }

  /// Whether one of eight splits from `bin` on may be better than the best so far.
  @inline(__always)
  func hasHit(packed sums: Span<Int64>, _ bin: Int) -> Bool {
    isAnyPositive(misses(packed: load(sums, bin)) & misses(packed: load(sums, bin &+ 4)))
  }

  /// Whether one of eight splits from `bin` on may be better than the best so far.
  @inline(__always)
  func hasHit(gradients: Span<Int64>, others: Span<Int64>, _ bin: Int) -> Bool {
    isAnyPositive(
      misses(gradients: load(gradients, bin), others: load(others, bin))
        & misses(gradients: load(gradients, bin &+ 4), others: load(others, bin &+ 4)))
  }

  @inline(__always)
  private func misses(packed words: SIMD8<Int32>) -> SIMD4<UInt32> {
    // Lower half of a word: 19 bits of hessian, 13 of rows. Upper half: gradient, 6 bits of hessian.
    let (low, high) = (words.evenHalf, words.oddHalf)
    let lowBits = (low &>> 13) & SIMD4(repeating: 0x7_FFFF)
    return misses(high &>> 6, lowBits | (high & SIMD4(repeating: 0x3F)) &<< 19)
  }

  @inline(__always)
  private func misses(gradients: SIMD8<Int32>, others: SIMD8<Int32>) -> SIMD4<UInt32> {
    // Lower half of the second word: 7 bits of hessian, 25 of rows.
    let lowBits = (others.evenHalf &>> 25) & SIMD4(repeating: 0x7F)
    return misses(gradients.evenHalf, lowBits | others.oddHalf &<< 7)
  }

  /// Four numbers whose sign is set where a split cannot be the best, wherever missing values go.
  @inline(__always)
  private func misses(_ gradients: SIMD4<Int32>, _ hessians: SIMD4<Int32>) -> SIMD4<UInt32> {
    let c = SIMD4<Float>(hessians) + l2
    let t = SIMD4<Float>(gradients) - c * ratio
    let right = signBits(excess(t, c))
    if isOneSided { return right }
    return right & signBits(excess(t + missingShift, c + missingHessian))
  }

  @inline(__always)
  private func excess(_ t: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<Float> {
    t * t + slack - factor * (c * (hessians - c))
  }
}

/// Four words as eight halves, the lower ones first.
@inline(__always)
private func load(_ words: Span<Int64>, _ index: Int) -> SIMD8<Int32> {
  precondition(index >= 0 && index &+ 4 <= words.count)
  return unsafe words.bytes.unsafeLoadUnaligned(
    fromUncheckedByteOffset: index &* 8, as: SIMD8<Int32>.self)
}

/// Whether one of four numbers has no sign.
@inline(__always)
private func isAnyPositive(_ signs: SIMD4<UInt32>) -> Bool {
  (signs.x & signs.y & signs.z & signs.w) >> 31 == 0
}

@inline(__always)
private func signBits(_ lanes: SIMD4<Float>) -> SIMD4<UInt32> {
  SIMD4(lanes.x.bitPattern, lanes.y.bitPattern, lanes.z.bitPattern, lanes.w.bitPattern)
}
