import QuantCore
import QuantLearners

/// The data of `make_categories.py`: four columns of categories and four of numbers.
struct CategoryData {
  static let rows = 4_000
  static let sizes = [3, 12, 60, 400]
  var columns = [[Float]](repeating: [], count: 8)
  var labels: [Float] = []

  init() {
    let effects = Self.sizes.enumerated().map { column, size in
      var random = SplitMix64(seed: 100 + UInt64(column))
      return (0..<size).map { _ in random.normal() }
    }
    var random = SplitMix64(seed: 31)
    for _ in 0..<2 * Self.rows {
      var score = -1.5
      for (column, size) in Self.sizes.enumerated() {
        let u = random.unit()
        let category = Int(Double(size) * u * u)
        score += 0.6 * effects[column][category]
        let part = random.unit()
        columns[column].append(part < 0.03 ? .nan : part < 0.05 ? -1 : Float(category))
      }
      let z = (0..<4).map { _ in random.normal() }
      score += 0.8 * z[0] - 0.5 * z[1]
      score += z[2] > 0 && columns[0].last == 1 ? 0.7 : 0
      for (place, value) in z.enumerated() { columns[4 + place].append(Float(value)) }
      labels.append(random.unit() < Elementary.logistic(score) ? 1 : 0)
    }
  }

  static let names = (0..<8).map { "feature \($0)" }

  /// The first half; the second one is for testing.
  ///
  /// - Parameter order: for each column of the window the column of the data.
  func window(order: [Int] = Array(0..<8)) -> TrainingWindow {
    TrainingWindow(
      features: FeatureMatrix(columns: order.map { columns[$0] }), rows: 0..<Self.rows,
      rowKeys: ArrayFile((0..<UInt64(2 * Self.rows)).map { SplitMix64.mix($0) }),
      featureNames: order.map { Self.names[$0] },
      categoricalColumns: order.indices.filter { order[$0] < 4 })
  }

  func sample(_ range: Range<Int>) -> TrainingSample.Rows {
    TrainingSample.Rows(rows: range.map { Int32($0) }, labels: Array(labels[range]))
  }

  func fit(
    _ configuration: BoostingConfiguration, window: TrainingWindow? = nil,
    rows: Range<Int> = 0..<rows, iterations: Int = 10, seed: UInt64 = 1, threads: Int = 1,
    stop: Range<Int>? = nil, onIteration: (IterationReport) -> FitDecision = { _ in .proceed }
  ) throws -> TreeEnsemble {
    let learner = GradientBoosting()
    return try learner.fit(
      learner.prepare(window ?? self.window(), threads: threads),
      TrainingSample(fit: sample(rows), stop: stop.map { sample($0) }),
      configuration: configuration, iterations: iterations, seed: seed, threads: threads,
      continuing: nil, onIteration: onIteration)
  }
}

extension BoostingConfiguration {
  /// A configuration with some variables changed.
  static func with(
    leaves: Int = 15, _ change: (inout BoostingConfiguration) -> Void
  ) -> BoostingConfiguration {
    var configuration = BoostingConfiguration(leaves: leaves)
    change(&configuration)
    return configuration
  }
}
