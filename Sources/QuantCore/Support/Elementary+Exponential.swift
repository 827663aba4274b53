extension Elementary {
  /// A number 2^exponent (head + tail) with head in [1, 2), before it is rounded.
  struct Scaled {
    var exponent: Int
    var head: Double
    var tail: Double

    /// As a pair; the exponent must be small enough for both parts to be normal numbers.
    @inline(__always)
    var pair: Pair {
      let sum = Pair(larger: head, smaller: tail)
      let scale = powerOfTwo(exponent)
      return Pair(high: sum.high * scale, low: sum.low * scale)
    }

    /// As a double, rounded once, also where the result is subnormal or overflows.
    @inline(__always)
    var rounded: Double {
      if exponent >= -1_021 && exponent <= 1_022 { return (head + tail) * powerOfTwo(exponent) }
      if exponent > 0 { return (head + tail) * 0x1p1022 * powerOfTwo(exponent - 1_022) }
      return roundedSubnormal
    }

    /// Rounds the integer multiple of 2^-1074 that a subnormal number is.
    private var roundedSubnormal: Double {
      let sum = Pair(larger: head, smaller: tail)
      let mantissa = sum.high.significandBitPattern | 1 << 52
      let dropped = -1_074 - (Int(sum.high.exponent) - 52 + exponent)
      if dropped > 54 { return 0 }
      if dropped <= 0 { return sum.high * powerOfTwo(-1_021) * powerOfTwo(exponent + 1_021) }
      let kept = mantissa >> UInt64(dropped)
      let rest = mantissa & (1 << UInt64(dropped) - 1)
      let half: UInt64 = 1 << UInt64(dropped - 1)
      let isTieUp = sum.low > 0 || (sum.low == 0 && kept & 1 == 1)
      let roundsUp = rest > half || (rest == half && isTieUp)
      return Double(bitPattern: kept + (roundsUp ? 1 : 0))
    }
  }

  /// e^(high + low) to about 2^-60, for a sum in -800...800 with |low| far below |high|.
  ///
  /// With n the multiple of log(2)/64 nearest to `high`, e^high = 2^(n/64) e^r, |r| < 0.0055. The first
  /// constant has 36 bits, so that its product with n, of 17 bits, is exact.
  @inline(__always)
  static func exponential(_ high: Double, _ low: Double) -> Scaled {
    // Adding and subtracting 1.5 x 2^52 rounds to an integer.
    let count = (high * 0x1.7154_7652_b82f_ep6 + 0x1.8p52) - 0x1.8p52
    let step = Int(count)
    let large = high - count * 0x1.62e4_2fef_ap-7
    let small = low - count * 0x1.cf79_abc9_e3b3_ap-46
    let r = large + small
    let cubic = 1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))
    let growth = large + (small + r * r * (0.5 + r * cubic))
    let index = 2 &* (step & 63)
    let power = exponentialTable[index]
    return Scaled(
      exponent: step >> 6, head: power, tail: exponentialTable[index &+ 1] + power * growth)
  }

  /// e^x - 1 for |x| < 0.17, by its series; x + x^2/2 is exact before the last sum.
  static func smallExponentialLessOne(_ x: Double) -> Double {
    let halves = Pair(halvesOf: x)
    let sum = Pair(larger: x, smaller: 0.5 * (halves.high * halves.high))
    let square = 0.5 * (halves.low * (x + halves.high))
    var series = inverseFactorials[0]
    for index in 1..<11 { series = series * x + inverseFactorials[index] }
    return sum.high + (sum.low + (square + x * x * x * series))
  }

  /// 1/13! to 1/3!, each the nearest double.
  private static let inverseFactorials: InlineArray<11, Double> = [
    1 / 6_227_020_800, 1 / 479_001_600, 1 / 39_916_800, 1 / 3_628_800, 1 / 362_880, 1 / 40_320,
    1 / 5_040, 1 / 720, 1 / 120, 1 / 24, 1 / 6,
  ]
}
