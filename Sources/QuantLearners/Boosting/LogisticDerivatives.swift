// Derivatives of the log loss, four rows to a vector. Fast because e^-|s| is a polynomial of degree 9
// after the usual reduction by log 2, with one division and no branch or table. It assumes nothing of
// the scores: beyond ±40 the probability is that of 40, so that hessians stay above 0. The relative
// error of the exponential is below 2^-36, far below the rounding of the result to `Float`. Only
// additions, products and one quotient are used, in a fixed order, so every machine gives the same
// bits.

/// Writes weight x (p - y) and weight x p (1 - p), where p is the logistic of the score.
func logisticDerivatives(
  scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
  gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
) {
  let count = scores.count
  precondition(labels.count == count && weights.count == count)
  precondition(gradients.count == count && hessians.count == count)
  var row = 0
  while row < count {
    let last = count &- 1
    let (b, c, d) = (min(row &+ 1, last), min(row &+ 2, last), min(row &+ 3, last))
    let score = SIMD4(scores[row], scores[b], scores[c], scores[d])
    let label = SIMD4<Double>(SIMD4(labels[row], labels[b], labels[c], labels[d]))
    let weight = SIMD4<Double>(SIMD4(weights[row], weights[b], weights[c], weights[d]))
    let probability = logistic(score)
    let gradient = SIMD4<Float>(weight * (probability.value - label))
    let hessian = SIMD4<Float>(weight * (probability.value * probability.complement))
    gradients[d] = gradient.w
    gradients[c] = gradient.z
    gradients[b] = gradient.y
    gradients[row] = gradient.x
    hessians[d] = hessian.w
    hessians[c] = hessian.z
    hessians[b] = hessian.y
    hessians[row] = hessian.x
    row &+= 4
  }
}

/// The logistic of four scores, and one less it without cancellation.
@inline(__always)
private func logistic(
  _ score: SIMD4<Double>
) -> (value: SIMD4<Double>, complement: SIMD4<Double>) {
  typealias Lanes = SIMD4<Double>
  let isNegative = score .< 0
  let magnitude = pointwiseMin(
    score.replacing(with: -score, where: isNegative), Lanes(repeating: 40))
  // e^-m = 2^k e^r with k = -m / log 2 rounded, by adding and subtracting 1.5 x 2^52.
  let shift = Lanes(repeating: 0x1.8p52)
  let rounded = magnitude * Lanes(repeating: -0x1.7154_7652_b82fep0) + shift
  let k = rounded - shift
  let r =
    (-magnitude - k * Lanes(repeating: 0x1.62e4_2fef_ap-1))
    - k * Lanes(repeating: 0x1.cf79_abc9_e3b3ap-40)
  var series = Lanes(repeating: 1.0 / 362_880)
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
  let power = numbers(bits(series) &+ bits(rounded) &<< 52)
  let one = Lanes(repeating: 1)
  let larger = one / (one + power)
  let smaller = power * larger
  return (
    larger.replacing(with: smaller, where: isNegative),
    smaller.replacing(with: larger, where: isNegative)
  )
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
