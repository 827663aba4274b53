import QuantCore

@testable import QuantLearners

/// The data of `make_objectives.py`: labels with skewed noise, grades and 24 groups.
struct ObjectiveData {
  static let rows = 2_400
  var columns = [[Float]](repeating: [], count: 6)
  var labels: [Float] = []
  var grades: [Float] = []
  var weights: [Float] = []
  var groups: [Int32] = []

  init() {
    var random = SplitMix64(seed: 5)
    for row in 0..<Self.rows {
      let x = (0..<6).map { _ in Double(random.next() % 32) }
      for column in 0..<6 { columns[column].append(Float(x[column])) }
      let signal = x[0] / 8 + (x[1] > 15 ? 2 : 0) - abs(x[2] - 16) / 8
      let noise = random.normal()
      labels.append(Float(signal + noise * noise))
      grades.append(Float(min(4, max(0, ((signal + noise) / 1.5).rounded(.towardZero)))))
      weights.append(Float(1 + random.next() % 3))
      groups.append(Int32(row * 24 / Self.rows))
    }
  }

  var features: FeatureMatrix { FeatureMatrix(columns: columns) }

  /// All rows; their keys ascend, so that ties are ordered as LightGBM orders them.
  var window: TrainingWindow {
    TrainingWindow(
      features: features, rows: 0..<Self.rows,
      rowKeys: ArrayFile((0..<UInt64(Self.rows)).map { $0 }),
      featureNames: (0..<6).map { "f\($0)" })
  }

  /// Rows with one of the labels, in groups and without weights.
  func sample(_ labels: [Float], _ range: Range<Int>) -> TrainingSample.Rows {
    TrainingSample.Rows(
      rows: range.map { Int32($0) }, labels: Array(labels[range]), weights: range.map { _ in 1 },
      groups: Array(groups[range]))
  }

  func fit(
    _ configuration: BoostingConfiguration, _ sample: TrainingSample, iterations: Int = 10,
    learner: GradientBoosting = GradientBoosting(), threads: Int = 1,
    onIteration: (IterationReport) -> FitDecision = { _ in .proceed }
  ) throws(LearnerError) -> TreeEnsemble {
    try learner.fit(
      learner.prepare(window, threads: threads), sample, configuration: configuration,
      iterations: iterations, seed: 3, threads: threads, continuing: nil,
      onIteration: onIteration)
  }

  func scores(_ model: TreeEnsemble, _ rows: Range<Int> = 0..<rows) -> [Double] {
    let places = rows.map { Int32($0) }
    return [Double](capacity: rows.count) { scores in
      model.predictRaw(features, rows: places.span, into: &scores)
    }
  }
}
