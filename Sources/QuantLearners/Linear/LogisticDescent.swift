internal import QuantCore

/// The state of stochastic gradient descent: coefficients, their average, and the step size.
///
/// Columns are in groups of eight, in the order of their names. Steps are proximal: the gradient of
/// the loss first, then the penalties in closed form, so that L1 gives zeros. The average weighs
/// iterates as Shamir and Zhang (2013) propose (polynomial decay), which forgets the first ones.
struct LogisticDescent {
  /// Weight of late iterates in the average: iterate t enters with (power + 1) / (t + power).
  private static let averagingPower = 7.0

  private(set) var weights: [SIMD8<Double>]
  private(set) var intercept: Double
  private(set) var averageWeights: [SIMD8<Double>]
  private(set) var averageIntercept: Double
  // Shares of iterates above and below 0, weighed like the average; kept for L1 alone.
  private var positiveShares: [SIMD8<Double>]
  private var negativeShares: [SIMD8<Double>]
  private var narrow: [SIMD8<Float>]
  private var gradient: [SIMD8<Float>]
  private var steps = 0.0
  private let configuration: LogisticConfiguration
  /// The largest stable step.
  private let stableStep: Double

  init(
    weights: [SIMD8<Double>], intercept: Double, stableStep: Double,
    configuration: LogisticConfiguration
  ) {
    self.weights = weights
    self.intercept = intercept
    averageWeights = weights
    averageIntercept = intercept
    positiveShares = weights.map { _ in SIMD8() }
    negativeShares = positiveShares
    narrow = weights.map { SIMD8<Float>($0) }
    gradient = weights.map { _ in SIMD8<Float>() }
    self.stableStep = stableStep
    self.configuration = configuration
  }

  /// Visits every mini-batch once, in the order given.
  ///
  /// - Parameters:
  ///   - epoch: counted from 0; shrinks the steps.
  ///   - importance: weights of mean 1.
  mutating func run(
    epoch: Int, batches: [Range<Int>], cells: Span<SIMD8<Float>>, labels: [Float],
    importance: [Float]
  ) {
    let step =
      configuration.learningRate * stableStep
      / (1 + configuration.decay * Double(epoch)).squareRoot()
    let data = LabelledCells(
      cells: cells, labels: labels.span, importance: importance.span)
    for batch in batches {
      let residuals = data.residuals(of: batch, narrow, intercept, gradient: &gradient)
      // A batch that is one row shorter takes a shorter step, so that all rows count the same.
      let share = Double(batch.count * batches.count) / Double(labels.count)
      descend(step: step * share, rows: batch.count, residuals: residuals)
    }
  }

  private mutating func descend(step: Double, rows: Int, residuals: Double) {
    let scale = SIMD8(repeating: step / Double(rows))
    let threshold = SIMD8(repeating: step * configuration.l1)
    let shrinkage = SIMD8(repeating: 1 / (1 + step * configuration.l2))
    steps += 1
    let share = (Self.averagingPower + 1) / (steps + Self.averagingPower)
    let shares = SIMD8(repeating: share)
    let zero = SIMD8<Double>()
    for group in weights.indices {
      let moved = weights[group] - scale * SIMD8<Double>(gradient[group])
      let thresholded =
        pointwiseMax(moved - threshold, zero) + pointwiseMin(moved + threshold, zero)
      let next = thresholded * shrinkage
      weights[group] = next
      narrow[group] = SIMD8<Float>(next)
      averageWeights[group] += shares * (next - averageWeights[group])
    }
    if configuration.l1 > 0 { countSigns(shares) }
    intercept -= step / Double(rows) * residuals
    averageIntercept += share * (intercept - averageIntercept)
  }

  private mutating func countSigns(_ shares: SIMD8<Double>) {
    let zero = SIMD8<Double>()
    let one = SIMD8<Double>(repeating: 1)
    for group in weights.indices {
      let isPositive = zero.replacing(with: one, where: weights[group] .> 0)
      let isNegative = zero.replacing(with: one, where: weights[group] .< 0)
      positiveShares[group] += shares * (isPositive - positiveShares[group])
      negativeShares[group] += shares * (isNegative - negativeShares[group])
    }
  }

  /// The averaged coefficients.
  ///
  /// With L1 a coefficient is 0 where the median of its iterates is: where neither sign has the
  /// majority. An average alone is never exactly 0.
  var result: (weights: [SIMD8<Double>], intercept: Double) {
    guard configuration.l1 > 0 else { return (averageWeights, averageIntercept) }
    var sparse = averageWeights
    for group in sparse.indices {
      let isZero = (positiveShares[group] .<= 0.5) .& (negativeShares[group] .<= 0.5)
      sparse[group].replace(with: 0, where: isZero)
    }
    return (sparse, averageIntercept)
  }

  /// The largest step at which descent on mini-batches is stable, from some of the rows.
  ///
  /// One over the curvature: a quarter (the bound of p (1 - p)) of the largest eigenvalue of the
  /// weighted second moments, found by power iteration, plus what single rows of a batch may add.
  ///
  /// - Parameters:
  ///   - rowCount: how many of the leading rows to look at.
  static func stableStep(
    rowCount: Int, cells: Span<SIMD8<Float>>, groups: Int, importance: [Float],
    batchSize: Int
  ) -> Double {
    var direction = [SIMD8<Float>](repeating: SIMD8(repeating: 1), count: groups)
    var eigenvalue = 0.0
    var spread = 0.0
    for round in 0..<8 {
      let length = norm(direction)
      guard length > 0 else { break }
      for group in direction.indices { direction[group] /= SIMD8(repeating: Float(length)) }
      var product = [SIMD8<Float>](repeating: SIMD8(), count: groups)
      var target = product.mutableSpan
      for row in 0..<rowCount {
        let first = row * groups
        let weight = importance[row] / Float(rowCount)
        addRow(cells, first, times: weight * dot(cells, first, direction.span), to: &target)
        if round == 0 {
          let values = cells.extracting(first..<first + groups)
          let factor = Double(weight) * Double(importance[row])
          spread += factor * (1 + Double(dot(cells, first, values)))
        }
      }
      direction = product
      eigenvalue = norm(product)
    }
    return 4 / (1 + eigenvalue + spread / Double(batchSize))
  }

  private static func norm(_ vector: [SIMD8<Float>]) -> Double {
    Double(dot(vector.span, 0, vector.span)).squareRoot()
  }
}

/// The rows that mini-batches are taken from.
private struct LabelledCells: ~Escapable {
  private let cells: Span<SIMD8<Float>>
  private let labels: Span<Float>
  private let importance: Span<Float>

  @_lifetime(copy cells, copy labels, copy importance)
  init(cells: Span<SIMD8<Float>>, labels: Span<Float>, importance: Span<Float>) {
    self.cells = cells
    self.labels = labels
    self.importance = importance
  }

  /// The sum of weighted residuals of some rows, and their gradient.
  func residuals(
    of rows: Range<Int>, _ weights: [SIMD8<Float>], _ intercept: Double,
    gradient: inout [SIMD8<Float>]
  ) -> Double {
    for group in gradient.indices { gradient[group] = SIMD8<Float>() }
    var target = gradient.mutableSpan
    let coefficients = weights.span
    var sum = 0.0
    for row in rows {
      let first = row * coefficients.count
      let score = intercept + Double(dot(cells, first, coefficients))
      let residual =
        Double(importance[row]) * (Elementary.logistic(score) - Double(labels[row]))
      sum += residual
      addRow(cells, first, times: Float(residual), to: &target)
    }
    return sum
  }
}
