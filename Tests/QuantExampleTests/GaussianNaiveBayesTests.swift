import Foundation
import QuantCore
import QuantTestSupport
import Testing

@testable import CustomLearner

@Suite("The learner of CustomLearner")
struct GaussianNaiveBayesTests {
  @Test("Two classes of two rows: prior, means and variances by hand")
  func literal() throws {
    // Without an event 0 and 2: mean 1, variance 1. With one 4 and 8: mean 6, variance 4.
    let matrix = FeatureMatrix(columns: [[0, 2, 4, 8, 3]])
    let model = try fit(matrix, rows: [0, 1, 2, 3], labels: [0, 0, 1, 1])
    #expect(model.priorLogOdds == 0)
    let score = scores(model, matrix, rows: [4])[0]
    // log(1 / 2) + (3 - 1)² / 2 - (3 - 6)² / 8
    #expect((score - (Elementary.log(0.5) + 2 - 1.125)).magnitude < 1e-8)
    #expect(model.probability(raw: score) == Elementary.logistic(score))
  }

  @Test("A missing value adds nothing, and neither does a feature that one class never shows")
  func missing() throws {
    let matrix = FeatureMatrix(columns: [
      [0, 2, 4, 8, .nan], [.nan, .nan, 1, 2, 7],
    ])
    let model = try fit(matrix, rows: [0, 1, 2, 3], labels: [0, 0, 1, 1])
    #expect(scores(model, matrix, rows: [4]) == [model.priorLogOdds])
  }

  @Test("Keeps the laws that every learner keeps")
  func laws() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var laws = LearnerLaws(
      learner: GaussianNaiveBayes(), configuration: .init(),
      save: { [UInt8](try encoder.encode($0)) },
      load: { try JSONDecoder().decode(GaussianNaiveBayesModel.self, from: Data($0)) },
      // What is prepared is the window itself, whose storage cannot change.
      digest: { "\($0.rows) of \($0.featureNames)" })
    laws.iterations = 1
    laws.integerWeights = .tolerance(
      1e-12, because: "a weighted square is rounded once, copies of it one by one")
    for report in try laws.reports() { #expect(report.isSatisfied, "\(report)") }
  }

  @Test("Labels of one class and weights of 0 are errors that carry numbers")
  func errors() {
    let matrix = FeatureMatrix(columns: [[0, 2]])
    #expect(throws: LearnerError.oneClass(positives: 2, rows: 2)) {
      _ = try fit(matrix, rows: [0, 1], labels: [1, 1])
    }
    #expect(
      throws: LearnerError.invalid(
        what: "weight", row: 1, value: "0.0", accepted: "a finite number above 0")
    ) {
      _ = try fit(matrix, rows: [0, 1], labels: [0, 1], weights: [1, 0])
    }
  }

  private func fit(
    _ matrix: FeatureMatrix, rows: [Int32], labels: [Float], weights: [Float]? = nil
  ) throws(LearnerError) -> GaussianNaiveBayesModel {
    let window = TrainingWindow(
      features: matrix, rows: 0..<matrix.rowCount,
      rowKeys: ArrayFile((0..<matrix.rowCount).map { UInt64($0) }),
      featureNames: (0..<matrix.columnCount).map { "f\($0)" })
    let sample = TrainingSample(
      fit: TrainingSample.Rows(
        rows: rows, labels: labels, weights: weights ?? labels.map { _ in 1 }))
    let learner = GaussianNaiveBayes()
    return try learner.fit(
      learner.prepare(window, threads: 1), sample, configuration: .init(), iterations: 1, seed: 1,
      threads: 1, continuing: nil
    ) { _ in .proceed }
  }

  private func scores(
    _ model: GaussianNaiveBayesModel, _ matrix: FeatureMatrix, rows: [Int32]
  ) -> [Double] {
    [Double](capacity: rows.count) { model.predictRaw(matrix, rows: rows.span, into: &$0) }
  }
}
