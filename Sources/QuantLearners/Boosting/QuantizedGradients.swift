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

  private let ranges: [Range<Int>]
  private let gradients: DisjointSlices<Float>
  private let hessians: DisjointSlices<Float>
  /// Gradient and hessian of each row in fixed point.
  private let fixed: DisjointSlices<SIMD2<Int32>>
  /// The word of each row: see `PackedSum`.
  private let words: DisjointSlices<Int64>
  /// What one fixed-point unit of a gradient is worth.
  private(set) var fixedGradientUnit = 1.0
  /// What one fixed-point unit of a hessian is worth.
  private(set) var fixedHessianUnit = 1.0

  /// What one quantum of a gradient is worth.
  var gradientUnit: Double { fixedGradientUnit * Double(1 << Self.droppedBits) }
  /// What one quantum of a hessian is worth.
  var hessianUnit: Double { fixedHessianUnit * Double(1 << Self.droppedBits) }

  init(rows: Int, threads: Int) {
    ranges = ParallelFor.ranges(of: rows, parts: threads <= 1 ? 1 : 4 * threads)
    gradients = DisjointSlices(repeating: 0, count: rows, ranges: ranges)
    hessians = DisjointSlices(repeating: 0, count: rows, ranges: ranges)
    fixed = DisjointSlices(repeating: SIMD2(0, 0), count: rows, ranges: ranges)
    words = DisjointSlices(repeating: 0, count: rows, ranges: ranges)
  }

  /// Computes and quantises the derivatives at the scores, in the memory of this value.
  func updated(
    _ objective: any BoostingObjective, scores: Span<Double>, labels: Span<Float>,
    weights: Span<Float>, keys: Span<UInt64>, stream: CounterStream, threads: Int
  ) -> QuantizedGradients {
    var result = self
    let (ranges, gradients, hessians) = (ranges, gradients, hessians)
    let largest = ParallelFor.map(count: ranges.count, threads: threads) { part in
      let range = ranges[part]
      return gradients.withSlice(part) { gradient, _ in
        hessians.withSlice(part) { hessian, _ in
          objective.derivatives(
            scores: scores.extracting(range), labels: labels.extracting(range),
            weights: weights.extracting(range), gradients: &gradient, hessians: &hessian)
          return SIMD2(largestMagnitude(gradient.span), largestMagnitude(hessian.span))
        }
      }
    }
    let limits = largest.reduce(SIMD2<Float>()) { pointwiseMax($0, $1) }
    // A unit of 0 would divide by 0 where all derivatives are 0; any other unit serves.
    result.fixedGradientUnit = limits.x > 0 ? Double(limits.x) / Self.fixedLimit : 1
    result.fixedHessianUnit = limits.y > 0 ? Double(limits.y) / Self.fixedLimit : 1
    let scales = SIMD2(
      limits.x > 0 ? Self.fixedLimit / Double(limits.x) : 1,
      limits.y > 0 ? Self.fixedLimit / Double(limits.y) : 1)
    let (fixed, words) = (fixed, words)
    ParallelFor.run(count: ranges.count, threads: threads) { part in
      gradients.withSlice(part) { gradient, range in
        hessians.withSlice(part) { hessian, _ in
          fixed.withSlice(part) { fixed, _ in
            words.withSlice(part) { words, _ in
              quantize(
                gradient.span, hessian.span, scales: scales, keys: keys.extracting(range),
                stream: stream, fixed: &fixed, words: &words)
            }
          }
        }
      }
    }
    return result
  }

  /// Calls `body` with the words of all rows.
  func withWords<Result>(_ body: (Span<Int64>) -> Result) -> Result { words.withAll(body) }

  /// Calls `body` with the fixed-point derivatives of all rows.
  func withFixed<Result>(_ body: (Span<SIMD2<Int32>>) -> Result) -> Result {
    fixed.withAll(body)
  }
}

private func largestMagnitude(_ values: Span<Float>) -> Float {
  var largest = SIMD4<Float>()
  var index = 0
  while index &+ 3 < values.count {
    let lanes = SIMD4(
      values[index], values[index &+ 1], values[index &+ 2], values[index &+ 3])
    let magnitudes = lanes.replacing(with: -lanes, where: lanes .< 0)
    largest = largest.replacing(with: magnitudes, where: magnitudes .> largest)
    index &+= 4
  }
  var result = largest.max()
  while index < values.count {
    result = max(result, values[index].magnitude)
    index &+= 1
  }
  return result
}

/// Writes fixed-point derivatives, and words with the stochastically rounded ones.
///
/// Adding 17 random bits before 17 bits are dropped rounds up with the probability of the dropped part.
private func quantize(
  _ gradients: Span<Float>, _ hessians: Span<Float>, scales: SIMD2<Double>, keys: Span<UInt64>,
  stream: CounterStream, fixed: inout MutableSpan<SIMD2<Int32>>,
  words: inout MutableSpan<Int64>
) {
  let limit = Int32(PackedSum.quantumLimit << 17)
  for row in gradients.indices {
    let scaled = SIMD2(Double(gradients[row]), Double(hessians[row])) * scales
    // Adding and subtracting 1.5 x 2^52 rounds to an integer, ties to even.
    let rounded = (scaled + SIMD2(repeating: 0x1.8p52)) - SIMD2(repeating: 0x1.8p52)
    let gradient = max(min(Int32(rounded.x), limit), -limit)
    let hessian = min(Int32(rounded.y), limit)
    fixed[row] = SIMD2(gradient, hessian)
    let bits = stream.bits(keys[row])
    let first = Int64(truncatingIfNeeded: bits & 0x1_FFFF)
    let second = Int64(truncatingIfNeeded: bits &>> 32 & 0x1_FFFF)
    words[row] = PackedSum.pack(
      gradient: (Int64(gradient) &+ first) &>> 17, hessian: (Int64(hessian) &+ second) &>> 17)
  }
}
