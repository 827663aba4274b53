// Comparing eight splits with the best so far. Fast because sums of both children are exact integers of
// 32 bits in vectors of four, and one comparison per bin, without a division (see `SplitSearch`), says
// whether any of the eight could be the best. Products in single precision are wrong by less than 2^-20,
// and the comparison allows for 2^-16. Assumes a node of at most `rowLimit` rows, whose sums are below
// 2^31, and a penalty that keeps products finite.

/// What splits are compared with, in all lanes of vectors.
struct ScanLanes {
  /// Rows of a node at most: 262,143 x 8,191 < 2^31.
  static let rowLimit = 1 << 18 - 1

  private let gradient: SIMD4<Int32>
  private let hessian: SIMD4<Int32>
  private let missingGradient: SIMD4<Int32>
  private let missingHessian: SIMD4<Int32>
  private let l2: SIMD4<Float>
  private var limit = SIMD4<Float>()

  /// Whether the penalties suit: gradients are not shrunk, and no product overflows.
  static func suits(_ rules: SplitRules, rows: Int) -> Bool {
    rules.l1 == 0 && rules.l2 < 1e9 && rows <= rowLimit
  }

  /// - Parameters:
  ///   - missing: what goes left beside the running sums.
  init(_ search: SplitSearch, missing: NodeSum) {
    gradient = SIMD4(repeating: Int32(truncatingIfNeeded: search.total.gradient))
    hessian = SIMD4(repeating: Int32(truncatingIfNeeded: search.total.hessian))
    missingGradient = SIMD4(repeating: Int32(truncatingIfNeeded: missing.gradient))
    missingHessian = SIMD4(repeating: Int32(truncatingIfNeeded: missing.hessian))
    l2 = SIMD4(repeating: Float(search.rules.l2))
    setLimit(search)
  }

  /// Takes over the best gain.
  mutating func setLimit(_ search: SplitSearch) {
    limit = SIMD4(repeating: Float(search.screen) * (1 - 0x1p-16))
  }

  /// Whether one of eight splits from `bin` on may be better than the best so far.
  @inline(__always)
  func hasHit(packed sums: Span<Int64>, _ bin: Int) -> Bool {
    isAnyPositive(excess(packed: load(sums, bin)), excess(packed: load(sums, bin &+ 4)))
  }

  /// Whether one of eight splits from `bin` on may be better than the best so far.
  @inline(__always)
  func hasHit(gradients: Span<Int64>, others: Span<Int64>, _ bin: Int) -> Bool {
    isAnyPositive(
      excess(gradients: load(gradients, bin), others: load(others, bin)),
      excess(gradients: load(gradients, bin &+ 4), others: load(others, bin &+ 4)))
  }

  @inline(__always)
  private func excess(packed words: SIMD8<Int32>) -> SIMD4<Float> {
    // Lower half of a word: 19 bits of hessian, 13 of rows. Upper half: gradient, 6 bits of hessian.
    let (low, high) = (words.evenHalf, words.oddHalf)
    let lowBits = (low &>> 13) & SIMD4(repeating: 0x7_FFFF)
    return excess(high &>> 6, lowBits | (high & SIMD4(repeating: 0x3F)) &<< 19)
  }

  @inline(__always)
  private func excess(gradients: SIMD8<Int32>, others: SIMD8<Int32>) -> SIMD4<Float> {
    // Lower half of the second word: 7 bits of hessian, 25 of rows.
    let lowBits = (others.evenHalf &>> 25) & SIMD4(repeating: 0x7F)
    return excess(gradients.evenHalf, lowBits | others.oddHalf &<< 7)
  }

  /// By how much four splits beat the limit, up to a positive factor.
  @inline(__always)
  private func excess(_ gradients: SIMD4<Int32>, _ hessians: SIMD4<Int32>) -> SIMD4<Float> {
    let left = gradients &+ missingGradient
    let leftHessian = hessians &+ missingHessian
    let (a, b) = (SIMD4<Float>(left), SIMD4<Float>(gradient &- left))
    let c = SIMD4<Float>(leftHessian) + l2
    let d = SIMD4<Float>(hessian &- leftHessian) + l2
    return a * a * d + b * b * c - limit * (c * d)
  }
}

/// Four words as eight halves, the lower ones first.
@inline(__always)
private func load(_ words: Span<Int64>, _ index: Int) -> SIMD8<Int32> {
  precondition(index >= 0 && index &+ 4 <= words.count)
  return unsafe words.bytes.unsafeLoadUnaligned(
    fromUncheckedByteOffset: index &* 8, as: SIMD8<Int32>.self)
}

/// Whether one of eight numbers has no sign.
@inline(__always)
private func isAnyPositive(_ first: SIMD4<Float>, _ second: SIMD4<Float>) -> Bool {
  let signs = signBits(first) & signBits(second)
  return (signs.x & signs.y & signs.z & signs.w) >> 31 == 0
}

@inline(__always)
private func signBits(_ lanes: SIMD4<Float>) -> SIMD4<UInt32> {
  SIMD4(lanes.x.bitPattern, lanes.y.bitPattern, lanes.z.bitPattern, lanes.w.bitPattern)
}
