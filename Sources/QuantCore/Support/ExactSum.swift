/// The exactly rounded sum of any number of doubles: the same bits in whatever order they are added.
///
/// The sum is kept as a fixed-point number that spans the whole range of `Double`, in limbs of 32 bits
/// that have 31 bits of room for carries. Nothing is rounded until `value` is read, which rounds once,
/// to nearest, ties to even. Infinite summands of one sign give that infinity; NaN, or infinities of
/// both signs, give NaN. A finite sum beyond the largest double gives an infinity. The empty sum, and
/// a sum of zeros of either sign, is +0.
///
/// ```swift
/// var sum = ExactSum()
/// for value in [1e100, 1, -1e100] { sum.add(value) }
/// sum.value    // 1.0
/// ```
///
/// Source: the small superaccumulator of R. M. Neal, "Fast exact summation using small and large
/// superaccumulators", 2015.
public struct ExactSum: Sendable {
  // Limb i holds multiples of 2^(32 i - 1074). The last finite double reaches into limb 64; two more
  // limbs take the carries of 2^77 summands.
  private static let limbCount = 67
  // An addition changes a limb by less than 2^52, so 1,024 of them stay below 2^62.
  private static let additionsBeforeCarry = 1_024

  private var limbs = InlineArray<67, Int64>(repeating: 0)
  private var pending = 0
  private var hasNaN = false
  private var hasPositiveInfinity = false
  private var hasNegativeInfinity = false

  /// Creates the empty sum.
  public init() {}

  /// Adds the values of a span.
  ///
  /// - Complexity: O(n).
  public init(_ values: Span<Double>) {
    add(values)
  }

  /// Adds one value.
  ///
  /// - Complexity: O(1), about two nanoseconds.
  public mutating func add(_ value: Double) {
    let bits = value.bitPattern
    let exponent = Int(truncatingIfNeeded: bits >> 52) & 0x7FF
    guard exponent != 0x7FF else {
      addSpecial(value)
      return
    }
    let isNormal = exponent == 0 ? 0 : 1
    let mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | UInt64(truncatingIfNeeded: isNormal) << 52
    let position = exponent &- isNormal
    let limb = position >> 5
    let shift = UInt64(truncatingIfNeeded: position & 31)
    // All ones for a negative value: (x ^ sign) - sign is then the negation.
    let sign = Int64(bitPattern: bits) >> 63
    let low = Int64(truncatingIfNeeded: (mantissa &<< shift) & 0xFFFF_FFFF)
    let high = Int64(truncatingIfNeeded: mantissa &>> (32 &- shift))
    limbs[limb] &+= (low ^ sign) &- sign
    limbs[limb &+ 1] &+= (high ^ sign) &- sign
    pending &+= 1
    if pending == Self.additionsBeforeCarry { carry() }
  }

  /// Adds the values of a span.
  ///
  /// - Complexity: O(n).
  public mutating func add(_ values: Span<Double>) {
    for index in values.indices { add(values[index]) }
  }

  /// Adds another sum, without rounding: the result is that of adding all its values here.
  ///
  /// - Complexity: O(1), 67 additions.
  public mutating func add(_ other: ExactSum) {
    carry()
    var summand = other
    summand.carry()
    for index in 0..<Self.limbCount { limbs[index] &+= summand.limbs[index] }
    carry()
    hasNaN = hasNaN || other.hasNaN
    hasPositiveInfinity = hasPositiveInfinity || other.hasPositiveInfinity
    hasNegativeInfinity = hasNegativeInfinity || other.hasNegativeInfinity
  }

  /// The sum, rounded once to nearest, ties to even.
  public var value: Double {
    if hasNaN || (hasPositiveInfinity && hasNegativeInfinity) { return .nan }
    if hasPositiveInfinity { return .infinity }
    if hasNegativeInfinity { return -.infinity }
    var magnitude = self
    magnitude.carry()
    let isNegative = magnitude.limbs[Self.limbCount - 1] < 0
    if isNegative { magnitude.negate() }
    let rounded = magnitude.roundedMagnitude
    return isNegative ? -rounded : rounded
  }

  private mutating func addSpecial(_ value: Double) {
    if value.isNaN {
      hasNaN = true
    } else if value > 0 {
      hasPositiveInfinity = true
    } else {
      hasNegativeInfinity = true
    }
  }

  /// Brings every limb but the last into 0..<2^32; the last keeps the sign.
  private mutating func carry() {
    var carried: Int64 = 0
    for index in 0..<Self.limbCount - 1 {
      let sum = limbs[index] &+ carried
      limbs[index] = sum & 0xFFFF_FFFF
      carried = sum >> 32
    }
    limbs[Self.limbCount - 1] &+= carried
    pending = 0
  }

  private mutating func negate() {
    for index in 0..<Self.limbCount { limbs[index] = 0 &- limbs[index] }
    carry()
  }

  /// The value of carried limbs that are not negative.
  private var roundedMagnitude: Double {
    var top = Self.limbCount - 1
    while top > 0 && limbs[top] == 0 { top -= 1 }
    let leading = 32 * top + 63 - limbs[top].leadingZeroBitCount
    guard leading > 52 else {
      // Below 2^53 units the number is exact, and its bits are those of the double.
      return Double(bitPattern: UInt64(limbs[0]) | UInt64(limbs[1]) << 32)
    }
    let lowest = leading - 52
    guard lowest + 1 < 0x7FF else { return .infinity }
    let mantissa = bits(from: lowest, count: 53)
    let isHalfSet = bits(from: lowest - 1, count: 1) == 1
    let roundsUp = isHalfSet && (mantissa & 1 == 1 || hasBits(below: lowest - 1))
    // The leading bit of the mantissa adds one to the exponent; a carry of the rounding another.
    return Double(bitPattern: UInt64(lowest) << 52 + mantissa + (roundsUp ? 1 : 0))
  }

  private func bits(from lowest: Int, count: Int) -> UInt64 {
    var result: UInt64 = 0
    var taken = 0
    while taken < count {
      let position = lowest + taken
      let part = UInt64(limbs[position >> 5]) >> UInt64(position & 31)
      result |= part << UInt64(taken)
      taken += 32 - (position & 31)
    }
    return result & (1 << UInt64(count) - 1)
  }

  private func hasBits(below position: Int) -> Bool {
    for index in 0..<(position >> 5) where limbs[index] != 0 { return true }
    return UInt64(limbs[position >> 5]) & (1 << UInt64(position & 31) - 1) != 0
  }
}
