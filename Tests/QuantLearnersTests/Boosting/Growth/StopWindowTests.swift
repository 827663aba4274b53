import QuantCore
import Testing

@testable import QuantLearners

@Suite("Stop rows of another window")
struct StopWindowTests {
  private let data = BoostingData()

  /// The rows from `first` on as a window of their own.
  private func other(from first: Int, count: Int, names: [String]? = nil) -> TrainingWindow {
    let columns = data.columns.map { Array($0[first..<first + count]) }
    return TrainingWindow(
      features: FeatureMatrix(columns: columns), rows: 0..<count,
      rowKeys: ArrayFile((0..<UInt64(count)).map { SplitMix64.mix($0 &+ 77) }),
      featureNames: names ?? data.window.featureNames)
  }

  private func labelled(from first: Int, count: Int) -> TrainingSample.Rows {
    TrainingSample.Rows(
      rows: (0..<count).map { Int32($0) }, labels: Array(data.labels[first..<first + count]),
      weights: Array(data.weights[first..<first + count]))
  }

  @Test("Rows of the prepared window give the same losses from a window of their own")
  func same() throws {
    let learner = GradientBoosting()
    let prepared = try learner.prepare(data.window, threads: 1)
    func losses(_ sample: TrainingSample) throws -> [Double] {
      var losses: [Double] = []
      _ = try learner.fit(
        prepared, sample, configuration: .sampled, iterations: 12, seed: 1, threads: 2,
        continuing: nil
      ) { report in
        losses.append(report.stopLoss ?? .nan)
        return .proceed
      }
      return losses
    }
    let fit = data.sample(0..<2500)
    let inside = try losses(TrainingSample(fit: fit, stop: data.sample(2500..<4000)))
    let outside = try losses(
      TrainingSample(
        fit: fit, stop: labelled(from: 2500, count: 1500),
        stopWindow: other(from: 2500, count: 1500)))
    #expect(inside == outside)
  }

  @Test("They do not enter the model, whatever they hold")
  func unseen() throws {
    let learner = GradientBoosting()
    let prepared = try learner.prepare(data.window, threads: 1)
    func model(_ stop: TrainingSample.Rows?, _ window: TrainingWindow?) throws -> TreeEnsemble {
      try learner.fit(
        prepared, TrainingSample(fit: data.sample(0..<2000), stop: stop, stopWindow: window),
        configuration: .sampled, iterations: 5, seed: 1, threads: 1, continuing: nil
      ) { _ in .proceed }
    }
    let alone = try model(nil, nil)
    let wild = TrainingWindow(
      features: FeatureMatrix(columns: data.columns.map { $0[..<10].map { $0 * 1e6 } }),
      rows: 0..<10, rowKeys: ArrayFile((0..<10).map { UInt64($0) }),
      featureNames: data.window.featureNames)
    #expect(try model(labelled(from: 0, count: 10), wild) == alone)
  }

  @Test("The loss of another window is that of the model's predictions, also of a continued one")
  func loss() throws {
    let (first, count) = (5000, 900)
    let window = other(from: first, count: count)
    let stop = labelled(from: first, count: count)
    let begun = try data.fit(.sampled, iterations: 4)
    var last = 0.0
    let learner = GradientBoosting()
    let model = try learner.fit(
      learner.prepare(data.window, threads: 1),
      TrainingSample(fit: data.sample(0..<4000), stop: stop, stopWindow: window),
      configuration: .sampled, iterations: 3, seed: 1, threads: 1, continuing: begun
    ) { report in
      last = report.stopLoss ?? .nan
      return .proceed
    }
    let raw = model.rawScores(window.features, rows: 0..<count, threads: 2)
    let metrics = PredictionMetrics(model, raw: raw, rows: stop, rowKeys: [], threads: 1)
    let found = try #require(metrics.measures.first { $0.name == "log_loss" }?.value)
    #expect(abs(found - last) < 1e-12)
  }

  @Test("Other columns and infinite values are refused")
  func refused() throws {
    let learner = GradientBoosting()
    let prepared = try learner.prepare(data.window, threads: 1)
    func fit(_ window: TrainingWindow) throws {
      _ = try learner.fit(
        prepared,
        TrainingSample(
          fit: data.sample(0..<500), stop: labelled(from: 0, count: 10), stopWindow: window),
        configuration: BoostingConfiguration(), iterations: 1, seed: 1, threads: 1,
        continuing: nil
      ) { _ in .proceed }
    }
    let renamed = (0..<12).map { "other \($0)" }
    #expect(throws: LearnerError.self) { try fit(other(from: 0, count: 10, names: renamed)) }
    var columns = data.columns.map { Array($0[..<10]) }
    columns[3][4] = .infinity
    let infinite = TrainingWindow(
      features: FeatureMatrix(columns: columns), rows: 0..<10,
      rowKeys: ArrayFile((0..<10).map { UInt64($0) }), featureNames: data.window.featureNames)
    do {
      try fit(infinite)
      Issue.record("accepted")
    } catch LearnerError.invalid(let what, let row, _, _) {
      #expect(what == "feature feature 13" && row == 4)
    }
  }
}
