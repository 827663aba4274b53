internal import QuantCore

/// The derivatives of one tree as integers, so that sums over rows are exact in any order.
///
/// Two resolutions: 30 bits in fixed point, from which leaf values are summed, and 13 bits for
/// histograms, rounded up or down at random so that their sums are right on average. The random bits
/// are a function of (seed, row key, tree), whatever the order of the rows.
struct QuantizedGradients {
  /// Bits that histograms drop of the fixed-point numbers.
  private static let droppedBits: Int32 = 17
  /// The largest fixed-point number: the largest quantum with all dropped bits 0.
  private static let fixedLimit = Double(PackedSum.quantumLimit << 17)

  private let parts: ObjectiveParts
  private let gradients: DisjointSlices<Float>
  private let hessians: DisjointSlices<Float>
  /// The quanta of each row: see `PackedSum.word`.
  private let rounded: DisjointSlices<Int32>
  /// The largest magnitudes of a gradient and of a hessian.
  private var limits = SIMD2<Float>()
  /// What one fixed-point unit of a gradient is worth.
  private(set) var fixedGradientUnit = 1.0
  /// What one fixed-point unit of a hessian is worth.
  private(set) var fixedHessianUnit = 1.0

  /// What one quantum of a gradient is worth.
  var gradientUnit: Double { fixedGradientUnit * Double(1 << Self.droppedBits) }
  /// What one quantum of a hessian is worth.
  var hessianUnit: Double { fixedHessianUnit * Double(1 << Self.droppedBits) }

  /// - Parameters:
  ///   - parts: how threads share the rows.
  init(_ parts: ObjectiveParts) {
    self.parts = parts
    let ranges = parts.ranges
    let rows = ranges.last?.upperBound ?? 0
    gradients = DisjointSlices(repeating: 0, count: rows, ranges: ranges)
    hessians = DisjointSlices(repeating: 0, count: rows, ranges: ranges)
    rounded = DisjointSlices(repeating: 0, count: rows, ranges: ranges)
  }

  /// Computes the derivatives at the scores, in the memory of this value; `quantize` must follow.
  func derived(
    _ objective: any BoostingObjective, scores: Span<Double>, labels: Span<Float>,
    weights: Span<Float>, threads: Int
  ) -> QuantizedGradients {
    var result = self
    let parts = parts
    result.revise(threads: threads) { part, _, gradients, hessians in
      parts.derivatives(
        objective, part: part, scores: scores, labels: labels, weights: weights,
        gradients: &gradients, hessians: &hessians)
    }
    return result
  }

  /// Lets `body` write the derivatives of each part of the rows, and returns its results in order.
  @discardableResult
  mutating func revise<Result: Sendable>(
    threads: Int,
    _ body:
      @Sendable (
        _ part: Int, Range<Int>, _ gradients: inout MutableSpan<Float>,
        _ hessians: inout MutableSpan<Float>
      ) -> Result
  ) -> [Result] {
    let (gradients, hessians) = (gradients, hessians)
    let results = ParallelFor.map(count: parts.ranges.count, threads: threads) { part in
      gradients.withSlice(part) { gradient, range in
        hessians.withSlice(part) { hessian, _ in
          let result = body(part, range, &gradient, &hessian)
          return (
            result,
            SIMD2(
              DerivativeLimit.of(gradients: gradient.span),
              DerivativeLimit.of(hessians: hessian.span))
          )
        }
      }
    }
    limits = results.reduce(SIMD2<Float>()) { DerivativeLimit.larger($0, $1.1) }
    return results.map(\.0)
  }

  /// Calls `body` with the derivatives of a part of the rows.
  func withPart<Result>(
    _ part: Int, _ body: (_ gradients: Span<Float>, _ hessians: Span<Float>) -> Result
  ) -> Result {
    gradients.withSlice(part) { gradient, _ in
      hessians.withSlice(part) { hessian, _ in body(gradient.span, hessian.span) }
    }
  }

  /// Gradient and hessian of some rows, as the bits of one word a row.
  func bits(of rows: [Int]) -> [UInt64] {
    gradients.withAll { gradients in
      hessians.withAll { hessians in
        rows.map {
          UInt64(gradients[$0].bitPattern) << 32 | UInt64(hessians[$0].bitPattern)
        }
      }
    }
  }

  /// Quantises the derivatives, with random bits from the stream and the keys of the rows.
  mutating func quantize(keys: RowKeys, stream: CounterStream, threads: Int) {
    // A unit of 0 would divide by 0 where all derivatives are 0; any other unit serves.
    fixedGradientUnit = limits.x > 0 ? Double(limits.x) / Self.fixedLimit : 1
    fixedHessianUnit = limits.y > 0 ? Double(limits.y) / Self.fixedLimit : 1
    let (gradients, hessians, rounded, scales) = (gradients, hessians, rounded, scales)
    ParallelFor.run(count: parts.ranges.count, threads: threads) { part in
      gradients.withSlice(part) { gradient, range in
        hessians.withSlice(part) { hessian, _ in
          rounded.withSlice(part) { quanta, _ in
            quantizeRows(
              gradient.span, hessian.span, scales: scales, keys: keys.all.span,
              rows: keys.rows.span.extracting(range), stream: stream, into: &quanta)
          }
        }
      }
    }
  }

  /// How many fixed-point units a derivative of 1 is.
  private var scales: SIMD2<Double> {
    SIMD2(
      limits.x > 0 ? Self.fixedLimit / Double(limits.x) : 1,
      limits.y > 0 ? Self.fixedLimit / Double(limits.y) : 1)
  }

  /// The first derivative that cannot be used: not finite, or a hessian below 0.
  ///
  /// - Parameters:
  ///   - rows: the rows of the matrix.
  /// - Complexity: O(1) where all are usable.
  func unusable(_ rows: [Int32]) -> LearnerError? {
    guard limits.x.isNaN || limits.y.isNaN else { return nil }
    return DerivativeLimit.error(gradients: gradients.span, hessians: hessians.span, rows: rows)
  }

  /// The quanta of all rows.
  var quanta: Span<Int32> {
    @_lifetime(borrow self)
    get { rounded.span }
  }

  /// The sums of the fixed-point derivatives of some rows.
  func fixedSum(_ rows: Span<Int32>) -> SIMD2<Int64> {
    let (gradients, hessians, scales) = (gradients.span, hessians.span, scales)
    var sum = SIMD2<Int64>()
    for index in rows.indices {
      let row = Int(rows[index])
      sum &+= SIMD2<Int64>(
        truncatingIfNeeded: fixedPoint(gradients[row], hessians[row], scales: scales))
    }
    return sum
  }
}

/// Gradient and hessian in fixed point.
@inline(__always)
private func fixedPoint(
  _ gradient: Float, _ hessian: Float, scales: SIMD2<Double>
) -> SIMD2<Int32> {
  let scaled = SIMD2(Double(gradient), Double(hessian)) * scales
  // Adding 1.5 x 2^52 rounds to an integer, ties to even, which the low bits then hold.
  let rounded = scaled + SIMD2(repeating: 0x1.8p52)
  let limit = Int32(PackedSum.quantumLimit << 17)
  return SIMD2(
    max(min(Int32(truncatingIfNeeded: rounded.x.bitPattern), limit), -limit),
    min(Int32(truncatingIfNeeded: rounded.y.bitPattern), limit))
}

/// Writes the stochastically rounded derivatives.
///
/// Adding 17 random bits before 17 bits are dropped rounds up with the probability of the dropped part.
private func quantizeRows(
  _ gradients: Span<Float>, _ hessians: Span<Float>, scales: SIMD2<Double>, keys: Span<UInt64>,
  rows: Span<Int32>, stream: CounterStream, into quanta: inout MutableSpan<Int32>
) {
  precondition(hessians.count == gradients.count && rows.count == gradients.count)
  precondition(quanta.count == gradients.count)
  for row in gradients.indices {
    let fixed = fixedPoint(gradients[row], hessians[row], scales: scales)
    let bits = stream.bits(keys[Int(rows[row])])
    let first = Int32(truncatingIfNeeded: bits & 0x1_FFFF)
    let second = Int32(truncatingIfNeeded: bits &>> 32 & 0x1_FFFF)
    quanta[row] = ((fixed.x &+ first) &>> 17) &<< 16 | (fixed.y &+ second) &>> 17
  }
}
