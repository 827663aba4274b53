// Derivatives and losses of binary labels, four rows to a vector; see `LogisticLanes.swift`. They
// assume nothing of the scores, and labels of 0 and 1. Where the rows are no multiple of four the last
// one is computed again in the lanes that are left over.

/// Writes weight x (p - y) and weight x p (1 - p), where p is the logistic of the score.
func logisticDerivatives(
  scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, factors: ClassFactors,
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
    let weight =
      SIMD4<Double>(SIMD4(weights[row], weights[b], weights[c], weights[d]))
      * factorLanes(factors, label)
    let probability = logisticLanes(score)
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

/// Writes the log loss of each row: log(1 + e^s) for a non-event, log(1 + e^-s) for an event.
///
/// Two loops; see `softplusPower`.
func logisticLosses(
  scores: Span<Double>, labels: Span<Float>, factors: ClassFactors,
  losses: inout MutableSpan<Double>
) {
  let count = scores.count
  precondition(labels.count == count && losses.count == count)
  let last = count &- 1
  for row in stride(from: 0, to: count, by: 4) {
    let rows = SIMD4(row, min(row &+ 1, last), min(row &+ 2, last), min(row &+ 3, last))
    store(softplusPower(load(scores, rows)), to: &losses, rows)
  }
  for row in stride(from: 0, to: count &- 3, by: 4) {
    let rows = SIMD4(row, row &+ 1, row &+ 2, row &+ 3)
    store(
      loss(load(scores, rows), labels, rows, factors, power: load(losses.span, rows)),
      to: &losses, rows)
  }
  // The rest one by one, since a row that is written twice would be read in between.
  for row in count & ~3..<count {
    let rows = SIMD4(repeating: row)
    let loss = loss(load(scores, rows), labels, rows, factors, power: load(losses.span, rows))
    losses[row] = loss.x
  }
}

@inline(__always)
private func loss(
  _ score: SIMD4<Double>, _ labels: Span<Float>, _ rows: SIMD4<Int>, _ factors: ClassFactors,
  power: SIMD4<Double>
) -> SIMD4<Double> {
  let label = SIMD4<Double>(
    SIMD4(labels[rows.x], labels[rows.y], labels[rows.z], labels[rows.w]))
  return softplusLanes(score * (1 - 2 * label), power: power) * factorLanes(factors, label)
}

@inline(__always)
private func load(_ values: Span<Double>, _ rows: SIMD4<Int>) -> SIMD4<Double> {
  SIMD4(values[rows.x], values[rows.y], values[rows.z], values[rows.w])
}

@inline(__always)
private func store(
  _ lanes: SIMD4<Double>, to values: inout MutableSpan<Double>, _ rows: SIMD4<Int>
) {
  values[rows.w] = lanes.w
  values[rows.z] = lanes.z
  values[rows.y] = lanes.y
  values[rows.x] = lanes.x
}

@inline(__always)
private func factorLanes(_ factors: ClassFactors, _ label: SIMD4<Double>) -> SIMD4<Double> {
  label * (factors.event - factors.other) + factors.other
}
