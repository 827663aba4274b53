internal import QuantCore

/// The few functions the simulation needs, from + − × ÷ and the square root alone.
///
/// IEEE 754 fixes those five to the bit, so the generated files are the same on every machine.
enum PortableMath {
  /// An odd, increasing function from the reals to (−1, 1): `x / √(1 + x²)`.
  static func squash(_ x: Double) -> Double { x / (1 + x * x).squareRoot() }

  /// A stand-in for the exponential, `(1 + x / 1024)^1024` by ten squarings; increasing for
  /// `x > -1024` and within 1 % of `e^x` for |x| < 4.
  static func exponential(_ x: Double) -> Double {
    var power = 1 + x / 1024
    for _ in 0..<10 { power *= power }
    return power
  }

  /// A nearly normal number of mean 0 and variance 1 from 64 random bits: four uniform numbers of
  /// 16 bits each, added as integers.
  static func normal(_ bits: UInt64) -> Double {
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + bits >> 48
    return (Double(sum) - 131_070) * (1.7320508075688772 / 65_536)
  }
}

extension SplitMix64 {
  /// Whether an event of a probability happens.
  mutating func happens(_ probability: Double) -> Bool { unit() < probability }

  /// A number between two bounds.
  mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  /// An integer of a closed range.
  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(unit() * Double(range.count))
  }
}
