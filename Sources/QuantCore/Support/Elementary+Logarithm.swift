extension Elementary {
  /// log(x + low) to about 2^-68 of its value, for finite positive `x` and |low| below a unit of `x`.
  ///
  /// x = 2^k z with z in [0.6875, 1.375), and c z = 1 + r with c from the table; then the result is
  /// k log 2 - log c + log(1 + r). c has ten bits, so that its products with the halves of z are exact.
  @inline(__always)
  static func logarithm(_ x: Double, _ low: Double) -> Pair {
    var bits = x.bitPattern
    var exponent = 0
    if bits >> 52 == 0 {
      bits = (x * 0x1p54).bitPattern
      exponent = -54
    }
    let offset = bits &- 0x3FE6_0000_0000_0000
    let shift = Int(Int64(bitPattern: offset) >> 52)
    exponent &+= shift
    let index = 3 &* Int(truncatingIfNeeded: (offset >> 45) & 127)
    let z = Pair(halvesOf: Double(bitPattern: bits &- (offset & 0xFFF0_0000_0000_0000)))
    let inverse = logarithmTable[index]
    let rest = low == 0 ? 0 : low * powerOfTwo(-shift) * inverse
    let r = Pair(larger: z.high * inverse - 1, smaller: z.low * inverse + rest)
    let scale = Double(exponent)
    return logarithm(
      // ln 2 as a multiple of 2^-42, which makes its product and the sum exact, and the rest.
      base: scale * 0x1.62e4_2fef_a38p-1 + logarithmTable[index &+ 1],
      scale * 0x1.ef35_793c_7673p-45 + logarithmTable[index &+ 2], r)
  }

  /// log(1 + x + low), for finite x > -1, accurate for small x.
  @inline(__always)
  static func logarithmOfOne(plus x: Double, _ low: Double) -> Pair {
    if x.magnitude < 0x1p-8 { return logarithm(base: 0, 0, Pair(high: x, low: low)) }
    let sum = Pair(sumOf: 1, x)
    // Beyond 2^60 neither the 1 nor the rest is seen.
    return logarithm(sum.high, x > 0x1p60 ? 0 : sum.low + low)
  }

  /// base + baseLow + log(1 + r), |r| at most 1/128.
  ///
  /// r - r^2/2 is formed without rounding errors, the terms from r^3/3 to r^10/10 in plain doubles.
  @inline(__always)
  private static func logarithm(base: Double, _ baseLow: Double, _ r: Pair) -> Pair {
    let x = r.high
    let halves = Pair(halvesOf: x)
    let first = Pair(sumOf: base, x)
    let second = Pair(sumOf: first.high, -0.5 * (halves.high * halves.high))
    let square = 0.5 * (halves.low * (x + halves.high)) + x * r.low
    let even = 0.2 + x * (-1 / 6 + x * (1 / 7 + x * (-0.125 + x * (1 / 9 - x * 0.1))))
    let cubic = x * x * x * (1 / 3 + x * (-0.25 + x * even))
    let low = first.low + second.low + (baseLow + (r.low + (cubic - square)))
    return Pair(larger: second.high, smaller: low)
  }
}
