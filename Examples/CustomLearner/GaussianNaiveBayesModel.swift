import QuantCore

/// What one known value of a feature adds to the log odds: a parabola.
struct FeatureOdds: Codable, Hashable, Sendable {
  private var constant = 0.0
  private var meanWithout = 0.0, meanWith = 0.0
  private var scaleWithout = 0.0, scaleWith = 0.0

  /// The log of the ratio of two normal densities, from the moments without and with an event.
  ///
  /// A feature that one of the classes has never shown adds nothing.
  init(without: ClassMoments, with: ClassMoments, floor: Double) {
    guard without.weight > 0, with.weight > 0 else { return }
    let varianceWithout = without.variance + floor
    let varianceWith = with.variance + floor
    constant = 0.5 * Elementary.log(varianceWithout / varianceWith)
    meanWithout = without.mean
    meanWith = with.mean
    scaleWithout = 0.5 / varianceWithout
    scaleWith = 0.5 / varianceWith
  }

  func logOdds(_ value: Float) -> Double {
    if value.isNaN { return 0 }
    let before = Double(value) - meanWithout
    let after = Double(value) - meanWith
    return constant + before * before * scaleWithout - after * after * scaleWith
  }
}

/// A fitted naive Bayes model.
struct GaussianNaiveBayesModel: Predictor, Codable, Hashable {
  let priorLogOdds: Double
  let features: [FeatureOdds]

  func predictRaw(
    _ matrix: FeatureMatrix, rows: Span<Int32>, into scores: inout OutputSpan<Double>
  ) {
    for index in 0..<rows.count {
      // Summed exactly, so that permuted columns give the same score.
      var sum = ExactSum()
      sum.add(priorLogOdds)
      for column in features.indices {
        sum.add(features[column].logOdds(matrix.column(column)[Int(rows[index])]))
      }
      scores.append(sum.value)
    }
  }

  func probability(raw: Double) -> Double { Elementary.logistic(raw) }

  /// Mean weighted log loss on labelled rows.
  func meanLoss(on rows: TrainingSample.Rows, in matrix: FeatureMatrix) -> Double {
    let scores = [Double](capacity: rows.rows.count) {
      predictRaw(matrix, rows: rows.rows.span, into: &$0)
    }
    var losses = ExactSum(), weights = ExactSum()
    for index in scores.indices {
      let weight = Double(rows.weights[index])
      let signed = rows.labels[index] > 0.5 ? -scores[index] : scores[index]
      losses.add(weight * Elementary.softplus(signed))
      weights.add(weight)
    }
    return losses.value / weights.value
  }
}
