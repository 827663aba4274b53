extension Elementary {
  /// `x` to the power `y`.
  ///
  /// Special cases are those of IEEE 754 `pow`: anything to the power 0, and 1 to any power, is 1, even
  /// with NaN; a negative `x` needs an integer `y`, otherwise the result is NaN.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let parity = Parity(y)
    if x == 0 || x.isInfinite {
      let isLarge = (x == 0) == (y < 0)
      let magnitude: Double = isLarge ? .infinity : 0
      return parity == .odd && x.sign == .minus ? -magnitude : magnitude
    }
    if y.isInfinite {
      if x == -1 { return 1 }
      return (x.magnitude > 1) == (y > 0) ? .infinity : 0
    }
    if x < 0 && parity == .fraction { return .nan }
    let result = positivePower(x.magnitude, y)
    return x < 0 && parity == .odd ? -result : result
  }

  /// x^y for finite x > 0 and finite y other than 0.
  private static func positivePower(_ x: Double, _ y: Double) -> Double {
    if x == 1 { return 1 }
    // |log x| is at least 2^-53 and at most 745, which settles extreme exponents.
    if y.magnitude < 0x1p-65 { return 1 }
    if y.magnitude > 0x1p64 { return (x > 1) == (y > 0) ? .infinity : 0 }
    let logarithm = logarithm(x, 0)
    let product = Pair(productOf: y, logarithm.high)
    if product.high > 710 { return .infinity }
    if product.high < -746 { return 0 }
    return exponential(product.high, product.low + y * logarithm.low).rounded
  }

  private enum Parity {
    case even, odd, fraction

    init(_ value: Double) {
      // From 2^53 on every double is an even integer.
      guard value.magnitude < 0x1p53 else {
        self = .even
        return
      }
      let integer = Int64(value)
      guard Double(integer) == value else {
        self = .fraction
        return
      }
      self = integer & 1 == 0 ? .even : .odd
    }
  }
}
