extension Elementary {
  /// An unevaluated sum of two doubles, the second at most about half a unit of the first.
  struct Pair {
    var high: Double
    var low: Double

    @inline(__always)
    init(high: Double, low: Double) {
      self.high = high
      self.low = low
    }

    /// The exact sum of two numbers (Knuth).
    @inline(__always)
    init(sumOf a: Double, _ b: Double) {
      high = a + b
      let part = high - a
      low = (a - (high - part)) + (b - part)
    }

    /// The exact sum of two numbers of which the first is larger in magnitude, or zero (Dekker).
    @inline(__always)
    init(larger a: Double, smaller b: Double) {
      high = a + b
      low = b - (high - a)
    }

    /// The product of two numbers below 2^900 to 2^-106, by splitting each in half (Dekker).
    @inline(__always)
    init(productOf a: Double, _ b: Double) {
      high = a * b
      let x = Pair(halvesOf: a)
      let y = Pair(halvesOf: b)
      low = ((x.high * y.high - high) + x.high * y.low + x.low * y.high) + x.low * y.low
    }

    /// A number as its upper 26 bits and the rest.
    @inline(__always)
    init(halvesOf value: Double) {
      high = Double(bitPattern: value.bitPattern & 0xFFFF_FFFF_F800_0000)
      low = value - high
    }

    /// The sum with a smaller pair.
    @inline(__always)
    func adding(_ other: Pair) -> Pair {
      let sum = Pair(sumOf: high, other.high)
      return Pair(larger: sum.high, smaller: sum.low + (low + other.low))
    }

    /// `numerator` divided by this pair, rounded.
    @inline(__always)
    func dividing(_ numerator: Pair) -> Double {
      let quotient = numerator.high / high
      let product = Pair(productOf: quotient, high)
      let rest = (numerator.high - product.high) - product.low + numerator.low - quotient * low
      return quotient + rest / high
    }
  }

  /// 2 to the power `exponent`, which must be that of a normal number.
  @inline(__always)
  static func powerOfTwo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(truncatingIfNeeded: exponent &+ 1_023) &<< 52)
  }
}
