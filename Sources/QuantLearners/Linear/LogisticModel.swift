public import QuantCore

/// A fitted logistic regression: coefficients of standardised features and an intercept.
///
/// The raw score of a row is intercept + Σ coefficient x clip((x - mean) / deviation), in log odds, with
/// 0 in place of a missing value. Its logistic is the probability.
public struct LogisticModel: Predictor, Hashable {
  /// Names of the features, in the order of the columns.
  public let featureNames: [String]
  /// Mean of each feature over the window.
  public let means: [Double]
  /// One over the deviation of each feature; 0 where it takes no part.
  public let inverseDeviations: [Double]
  /// Coefficient of each standardised feature, in log odds per standard deviation.
  public let coefficients: [Double]
  /// Log odds of a row whose features are all at their means.
  public let intercept: Double
  /// Standardised values are clipped to ± this.
  public let clip: Double
  private let order: [Int]

  /// Assembles a model; the arrays must have one length.
  init(
    featureNames: [String], means: [Double], inverseDeviations: [Double],
    coefficients: [Double], intercept: Double, clip: Double
  ) {
    precondition(
      [means.count, inverseDeviations.count, coefficients.count].allSatisfy {
        $0 == featureNames.count
      })
    self.featureNames = featureNames
    self.means = means
    self.inverseDeviations = inverseDeviations
    self.coefficients = coefficients
    self.intercept = intercept
    self.clip = clip
    order = FeatureScales.order(of: featureNames)
  }

  init(
    _ scales: FeatureScales, _ result: (weights: [SIMD8<Double>], intercept: Double),
    clip: Double
  ) {
    var coefficients = [Double](repeating: 0, count: scales.order.count)
    for (place, column) in scales.order.enumerated() {
      // Adding 0 turns -0 into +0, which JSON keeps.
      coefficients[column] = result.weights[place / 8][place % 8] + 0
    }
    self.init(
      featureNames: scales.window.featureNames, means: scales.means.map { $0 + 0 },
      inverseDeviations: scales.inverseDeviations, coefficients: coefficients,
      intercept: result.intercept + 0, clip: clip)
  }

  /// Writes the log odds of each row; the features must have the columns that the model was fitted on.
  ///
  /// - Complexity: O(rows x features).
  public func predictRaw(
    _ features: FeatureMatrix, rows: Span<Int32>, into scores: inout OutputSpan<Double>
  ) {
    precondition(features.columnCount == coefficients.count, "columns differ from the model's")
    var sums = [Double](repeating: intercept, count: rows.count)
    for column in order where coefficients[column] != 0 {
      let values = features.column(column)
      let (mean, inverse) = (means[column], inverseDeviations[column])
      let coefficient = coefficients[column]
      var target = sums.mutableSpan
      for index in rows.indices {
        let value = values[Int(rows[index])]
        if value.isNaN { continue }
        target[index] += coefficient * min(max((Double(value) - mean) * inverse, -clip), clip)
      }
    }
    for sum in sums { scores.append(sum) }
  }

  /// The logistic of the log odds, kept inside (0, 1): never exactly 0 or 1.
  public func probability(raw: Double) -> Double {
    min(max(Elementary.logistic(raw), .leastNormalMagnitude), 1 - 0x1p-53)
  }

  /// Coefficients and intercept as they would be on other scales, in groups of eight.
  func weights(on scales: FeatureScales) -> (weights: [SIMD8<Double>], intercept: Double) {
    var places: [String: Int] = [:]
    for (index, name) in featureNames.enumerated() { places[name] = index }
    var weights = [SIMD8<Double>](repeating: SIMD8(), count: (scales.order.count + 7) / 8)
    var start = intercept
    for (place, column) in scales.order.enumerated() {
      guard let old = places[scales.window.featureNames[column]],
        scales.inverseDeviations[column] > 0
      else { continue }
      let slope = coefficients[old] * inverseDeviations[old]
      weights[place / 8][place % 8] = slope / scales.inverseDeviations[column]
      start += slope * (scales.means[column] - means[old])
    }
    return (weights, start)
  }
}
