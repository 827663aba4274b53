// The two inner loops of descent over one row. Fast because a row is contiguous, eight columns to a
// vector, and the two accumulators of `dot` hide the latency of the addition. Assumes groups padded
// with zeros. The order of additions is fixed, so the bits are the same on every machine; products are
// not fused.

/// The product of a row, which starts at `start`, and coefficients.
func dot(_ cells: Span<SIMD8<Float>>, _ start: Int, _ weights: Span<SIMD8<Float>>) -> Float {
  precondition(start >= 0 && start + weights.count <= cells.count)
  var (even, odd) = (SIMD8<Float>(), SIMD8<Float>())
  var group = 0
  while group + 1 < weights.count {
    even += cells[start &+ group] * weights[group]
    odd += cells[start &+ group &+ 1] * weights[group &+ 1]
    group &+= 2
  }
  if group < weights.count { even += cells[start &+ group] * weights[group] }
  let lanes = even + odd
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two.x + two.y
}

/// Adds a multiple of a row, which starts at `start`, to a gradient.
func addRow(
  _ cells: Span<SIMD8<Float>>, _ start: Int, times factor: Float,
  to gradient: inout MutableSpan<SIMD8<Float>>
) {
  precondition(start >= 0 && start + gradient.count <= cells.count)
  let factors = SIMD8<Float>(repeating: factor)
  for group in 0..<gradient.count {
    gradient[group] += cells[start &+ group] * factors
  }
}
