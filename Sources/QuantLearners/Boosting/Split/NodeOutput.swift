/// What a node would add to a score if it were a leaf, and the bounds of all leaves below it.
struct NodeOutput: Hashable, Sendable {
  var value = 0.0
  var lower = -Double.infinity
  var upper = Double.infinity

  /// The outputs of two children with these values.
  ///
  /// Where predictions must rise or fall with the feature, no leaf below one child may pass the middle
  /// between both (LightGBM's method `basic`). That holds for values that are out of order too: both
  /// become the middle.
  func children(
    _ left: Double, _ right: Double, direction: MonotoneDirection
  ) -> (left: NodeOutput, right: NodeOutput) {
    var first = NodeOutput(value: left, lower: lower, upper: upper)
    var second = NodeOutput(value: right, lower: lower, upper: upper)
    guard direction != .free else { return (first, second) }
    let middle = (left + right) / 2
    if direction == .increasing {
      (first.upper, second.lower) = (middle, middle)
    } else {
      (first.lower, second.upper) = (middle, middle)
    }
    first.value = first.clamped(left)
    second.value = second.clamped(right)
    return (first, second)
  }

  /// The nearest value within the bounds.
  func clamped(_ value: Double) -> Double { min(max(value, lower), upper) }
}

/// How sums of derivatives become the output of a node, and what an output is worth.
///
/// The same rule serves growing, in quanta, and the values of leaves, in the units of the objective.
struct OutputRule: Hashable, Sendable {
  /// Weight of the absolute penalty.
  var l1: Double
  /// Weight of half the squared penalty.
  var l2: Double
  /// Rows for which the output of the parent counts.
  var smoothing: Double

  /// -T(G) / (H + l2), T shrinking towards 0 by l1; 0 where that is no number.
  func free(gradient: Double, hessian: Double, addedL2: Double = 0) -> Double {
    let step = max(gradient.magnitude - l1, 0) / (hessian + l2 + addedL2)
    // A node without gradient adds +0, and a sum of hessians of 0 no infinity.
    guard step > 0, step.isFinite else { return 0 }
    return gradient < 0 ? step : -step
  }

  /// The output of `count` rows below a parent: drawn towards that of the parent, and in its bounds.
  func output(
    gradient: Double, hessian: Double, count: Int, addedL2: Double = 0, below parent: NodeOutput
  ) -> Double {
    var value = free(gradient: gradient, hessian: hessian, addedL2: addedL2)
    if smoothing > 0 {
      let rows = Double(count) + smoothing
      value = value * (Double(count) / rows) + parent.value * (smoothing / rows)
    }
    return parent.clamped(value)
  }

  /// By how much twice the penalised loss falls where the output is `value`.
  func gain(gradient: Double, hessian: Double, addedL2: Double = 0, value: Double) -> Double {
    let magnitude = max(gradient.magnitude - l1, 0)
    let shrunk = gradient < 0 ? -magnitude : magnitude
    return -(2 * shrunk * value + (hessian + l2 + addedL2) * value * value)
  }
}
