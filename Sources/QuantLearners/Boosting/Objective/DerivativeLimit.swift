internal import QuantCore

/// The largest magnitudes of derivatives, NaN where one of them cannot be used.
enum DerivativeLimit {
  /// The largest magnitude, or NaN where a value is not finite.
  static func of(gradients: Span<Float>) -> Float { limit(gradients, isSigned: true) }

  /// The largest value, or NaN where one is not finite or below 0.
  static func of(hessians: Span<Float>) -> Float { limit(hessians, isSigned: false) }

  /// The larger of each two limits, NaN where one is.
  static func larger(_ left: SIMD2<Float>, _ right: SIMD2<Float>) -> SIMD2<Float> {
    right.replacing(with: left, where: (left .> right) .| (left .!= left))
  }

  /// The first derivative that cannot be used.
  static func error(
    gradients: Span<Float>, hessians: Span<Float>, rows: [Int32]
  ) -> LearnerError? {
    for place in gradients.indices {
      if !gradients[place].isFinite {
        return .invalid(
          what: "gradient", row: Int(rows[place]), value: "\(gradients[place])",
          accepted: "a finite number: smaller labels, weights or steps")
      }
      if !hessians[place].isFinite || hessians[place] < 0 {
        return .invalid(
          what: "second derivative", row: Int(rows[place]), value: "\(hessians[place])",
          accepted: "a finite number, at least 0")
      }
    }
    return nil
  }

  @inline(__always)
  private static func limit(_ values: Span<Float>, isSigned: Bool) -> Float {
    // 0 times a number is 0, but NaN where the number is not finite.
    var (largest, spoiled) = (SIMD4<Float>(), SIMD4<Float>())
    var index = 0
    while index < values.count {
      let last = values.count &- 1
      let lanes = SIMD4(
        values[index], values[min(index &+ 1, last)], values[min(index &+ 2, last)],
        values[min(index &+ 3, last)])
      let isNegative = lanes .< 0
      let magnitudes = lanes.replacing(with: -lanes, where: isNegative)
      largest = largest.replacing(with: magnitudes, where: magnitudes .> largest)
      spoiled += isSigned ? lanes * 0 : (lanes * 0).replacing(with: .nan, where: isNegative)
      index &+= 4
    }
    return largest.max() + spoiled.sum()
  }
}
