// Logistics and their logarithms of four scores at once. Fast because e^-m is a polynomial after the
// usual reduction by log 2, with one division and no branch or table. Only additions, products and
// quotients are used, in a fixed order, so every machine gives the same bits.

/// The logistic of four scores, and one less it without cancellation.
///
/// Beyond ±40 a score counts as 40, so that neither is 0. The relative error is below 2^-36, far below
/// that of a `Float`.
@inline(__always)
func logisticLanes(
  _ score: SIMD4<Double>
) -> (value: SIMD4<Double>, complement: SIMD4<Double>) {
  let isNegative = score .< 0
  let power = negativeExponential(
    of: score.replacing(with: -score, where: isNegative), isPrecise: false)
  let one = SIMD4<Double>(repeating: 1)
  let larger = one / (one + power)
  let smaller = power * larger
  return (
    larger.replacing(with: smaller, where: isNegative),
    smaller.replacing(with: larger, where: isNegative)
  )
}

/// log(1 + e^x) of four numbers, with a relative error below 2^-45.
///
/// Below -40 it is that of -40, e^-40; above 40 it is x.
@inline(__always)
func softplusLanes(_ x: SIMD4<Double>) -> SIMD4<Double> {
  softplusLanes(x, power: softplusPower(x))
}

/// The first half of `softplusLanes`, for loops that keep the halves apart: e^-|x|.
///
/// The compiler takes vectors apart where they come from bits; after memory it has them again.
@inline(__always)
func softplusPower(_ x: SIMD4<Double>) -> SIMD4<Double> {
  negativeExponential(of: x.replacing(with: -x, where: x .< 0), isPrecise: true)
}

/// The second half of `softplusLanes`.
@inline(__always)
func softplusLanes(_ x: SIMD4<Double>, power: SIMD4<Double>) -> SIMD4<Double> {
  typealias Lanes = SIMD4<Double>
  // log(1 + t) / t as a polynomial of degree 17 in t - 1/2, by mpmath.chebyfit on 0...1; even and odd
  // powers apart. A division would do with fewer terms, but the compiler takes vectors apart for it.
  let u = power - Lanes(repeating: 0.5)
  let square = u * u
  var even = Lanes(repeating: 0x1.23e48f1807c40p-13)
  even = even * square + Lanes(repeating: 0x1.99080db6b4290p-13)
  even = even * square + Lanes(repeating: 0x1.30160586598f5p-11)
  even = even * square + Lanes(repeating: 0x1.8cf912805a38fp-10)
  even = even * square + Lanes(repeating: 0x1.0f131fbaff558p-8)
  even = even * square + Lanes(repeating: 0x1.83c501467a853p-7)
  even = even * square + Lanes(repeating: 0x1.2bec9fc9ab5f2p-5)
  even = even * square + Lanes(repeating: 0x1.0f95b3dc00d42p-3)
  even = even * square + Lanes(repeating: 0x1.9f323ecbf985bp-1)
  var odd = Lanes(repeating: -0x1.71088e43f6ba9p-14)
  odd = odd * square + Lanes(repeating: -0x1.ff26621d85cbfp-14)
  odd = odd * square + Lanes(repeating: -0x1.796be7e99c5f8p-12)
  odd = odd * square + Lanes(repeating: -0x1.e697dac2fae64p-11)
  odd = odd * square + Lanes(repeating: -0x1.469e82fe24c59p-9)
  odd = odd * square + Lanes(repeating: -0x1.c72c568dd9eddp-8)
  odd = odd * square + Lanes(repeating: -0x1.50abf6e0199fep-6)
  odd = odd * square + Lanes(repeating: -0x1.1540afd53f504p-4)
  odd = odd * square + Lanes(repeating: -0x1.2773a5da90bedp-2)
  let logarithm = power * (even + u * odd)
  return logarithm + x.replacing(with: 0, where: x .< 0)
}

/// e^-m of four numbers that are not negative; beyond 40 it is e^-40.
///
/// The relative error is below 2^-36, or where asked for below 2^-50.
@inline(__always)
private func negativeExponential(
  of number: SIMD4<Double>, isPrecise: Bool
) -> SIMD4<Double> {
  typealias Lanes = SIMD4<Double>
  let magnitude = number.replacing(with: 40, where: number .> 40)
  // e^-m = 2^k e^r with k = -m / log 2 rounded, by adding and subtracting 1.5 x 2^52.
  let shift = Lanes(repeating: 0x1.8p52)
  let rounded = magnitude * Lanes(repeating: -0x1.7154_7652_b82fep0) + shift
  let k = rounded - shift
  let r =
    (-magnitude - k * Lanes(repeating: 0x1.62e4_2fef_ap-1))
    - k * Lanes(repeating: 0x1.cf79_abc9_e3b3ap-40)
  var series = Lanes(repeating: 1.0 / 362_880)
  if isPrecise {
    series = r * Lanes(repeating: 1.0 / 6_227_020_800) + Lanes(repeating: 1.0 / 479_001_600)
    series = series * r + Lanes(repeating: 1.0 / 39_916_800)
    series = series * r + Lanes(repeating: 1.0 / 3_628_800)
    series = series * r + Lanes(repeating: 1.0 / 362_880)
  }
  series = series * r + Lanes(repeating: 1.0 / 40_320)
  series = series * r + Lanes(repeating: 1.0 / 5_040)
  series = series * r + Lanes(repeating: 1.0 / 720)
  series = series * r + Lanes(repeating: 1.0 / 120)
  series = series * r + Lanes(repeating: 1.0 / 24)
  series = series * r + Lanes(repeating: 1.0 / 6)
  series = series * r + Lanes(repeating: 0.5)
  series = series * r + Lanes(repeating: 1)
  series = series * r + Lanes(repeating: 1)
  // The low bits of `rounded` hold k; as exponent bits they multiply by 2^k, k in -58...0.
  return numbers(bits(series) &+ bits(rounded) &<< 52)
}

@inline(__always)
private func bits(_ lanes: SIMD4<Double>) -> SIMD4<UInt64> {
  SIMD4(lanes.x.bitPattern, lanes.y.bitPattern, lanes.z.bitPattern, lanes.w.bitPattern)
}

@inline(__always)
private func numbers(_ bits: SIMD4<UInt64>) -> SIMD4<Double> {
  SIMD4(
    Double(bitPattern: bits.x), Double(bitPattern: bits.y), Double(bitPattern: bits.z),
    Double(bitPattern: bits.w))
}
