import QuantCore
import QuantLearners

/// The data of `make_boosting.py`.
struct BoostingData {
  static let rows = 4_000
  var columns = [[Float]](repeating: [], count: 12)
  var labels: [Float] = []
  var weights: [Float] = []

  init() {
    var random = SplitMix64(seed: 23)
    for _ in 0..<2 * Self.rows {
      var z = (0..<12).map { _ in random.normal() }
      z[0] = z[0] * z[0] * z[0]
      z[1] = (z[1] * 2).rounded(.towardZero)
      z[2] = (z[2] * 100).rounded(.towardZero) / 100
      var score = -2 + 0.8 * z[1] * (z[2] > 0 ? 1 : 0) + 0.9 * z[3]
      score += z[4] * z[5] > 0 ? 1.2 : 0
      score += 0.2 * z[0]
      labels.append(random.unit() < Elementary.logistic(score) ? 1 : 0)
      weights.append(Float(1 + random.next() % 3))
      for column in 0..<12 {
        let isMissing = random.unit() < (column == 3 ? 0.3 : 0.05)
        columns[column].append(isMissing ? .nan : Float(z[column]))
      }
    }
  }

  var features: FeatureMatrix { FeatureMatrix(columns: columns) }

  /// The first half; the second one is for testing.
  var window: TrainingWindow {
    TrainingWindow(
      features: features, rows: 0..<Self.rows,
      rowKeys: ArrayFile((0..<UInt64(2 * Self.rows)).map { SplitMix64.mix($0) }),
      featureNames: (0..<12).map { "feature \(10 + $0)" })
  }

  func sample(_ range: Range<Int>) -> TrainingSample.Rows {
    TrainingSample.Rows(
      rows: range.map { Int32($0) }, labels: Array(labels[range]),
      weights: Array(weights[range]))
  }

  func fit(
    _ configuration: BoostingConfiguration, rows: Range<Int> = 0..<rows, iterations: Int = 20,
    seed: UInt64 = 1, threads: Int = 1, continuing: TreeEnsemble? = nil,
    stop: Range<Int>? = nil, onIteration: (IterationReport) -> FitDecision = { _ in .proceed }
  ) throws -> TreeEnsemble {
    let learner = GradientBoosting()
    return try learner.fit(
      learner.prepare(window, threads: threads),
      TrainingSample(fit: sample(rows), stop: stop.map { sample($0) }),
      configuration: configuration, iterations: iterations, seed: seed, threads: threads,
      continuing: continuing, onIteration: onIteration)
  }

  func scores(_ model: TreeEnsemble, _ rows: Range<Int>) -> [Double] {
    let places = rows.map { Int32($0) }
    return [Double](capacity: rows.count) { scores in
      model.predictRaw(features, rows: places.span, into: &scores)
    }
  }
}

extension BoostingConfiguration {
  /// Everything that draws random numbers or shrinks, turned on.
  static var sampled: BoostingConfiguration {
    BoostingConfiguration(leaves: 15, featureFraction: 0.7, rowFraction: 0.8, l2: 1)
  }
}
