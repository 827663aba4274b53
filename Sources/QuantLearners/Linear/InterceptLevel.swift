internal import QuantCore

/// Finds the intercept with which the mean probability of the fit rows is their base rate.
///
/// That is where the gradient of the loss with respect to the intercept, which is not penalised, is 0,
/// given the coefficients. Descent alone gets there late: of a rare event p (1 - p) is small, so the
/// intercept creeps while the coefficients spread the scores, and the spread raises the mean probability
/// by several per cent (Jensen's inequality).
struct InterceptLevel: ~Escapable {
  private static let mostSteps = 50
  private static let longestStep = 1.0
  /// Newton's steps shrink quadratically: after one as short as this the next is below 1e-9.
  private static let shortestStep = 3e-5

  private let cells: Span<SIMD8<Float>>
  private let groups: Int
  private let importance: Span<Float>
  private let baseRate: Double

  /// - Parameters:
  ///   - importance: weights of mean 1.
  ///   - baseRate: the weighted share of events, above 0 and below 1.
  @_lifetime(copy cells, copy importance)
  init(
    cells: Span<SIMD8<Float>>, groups: Int, importance: Span<Float>, baseRate: Double
  ) {
    self.cells = cells
    self.groups = groups
    self.importance = importance
    self.baseRate = baseRate
  }

  /// The same coefficients with that intercept, by Newton's method from the intercept given.
  ///
  /// - Complexity: O(rows x columns), and O(rows) for each of a few steps.
  func applied(
    to model: (weights: [SIMD8<Double>], intercept: Double)
  ) -> (weights: [SIMD8<Double>], intercept: Double) {
    let narrow = model.weights.map { SIMD8<Float>($0) }
    let scores = importance.indices.map { Double(dot(cells, $0 * groups, narrow.span)) }
    var intercept = model.intercept
    for _ in 0..<Self.mostSteps {
      // Plain sums: the rows stand in an order that their keys decide.
      var (excess, slope) = (0.0, 0.0)
      for (row, score) in scores.enumerated() {
        let probability = Elementary.logistic(score + intercept)
        let weight = Double(importance[row])
        excess += weight * (probability - baseRate)
        slope += weight * probability * (1 - probability)
      }
      guard slope > 0 else { break }
      let step = min(max(excess / slope, -Self.longestStep), Self.longestStep)
      intercept -= step
      if abs(step) < Self.shortestStep { break }
    }
    return (model.weights, intercept)
  }
}
