import QuantCore
import Testing

@testable import QuantLearners

@Suite("What a model means")
struct PredictionReferenceTests {
  private func stump(
    _ question: Tree.Question, isMissingLeft: Bool = false, isZeroMissing: Bool = false,
    values: (Double, Double) = (1, 2)
  ) -> Tree {
    Tree(
      splits: [
        Tree.Split(
          feature: 0, question: question, isMissingLeft: isMissingLeft,
          isZeroMissing: isZeroMissing, left: ~0, right: ~1)
      ],
      leaves: [Tree.Leaf(value: values.0), Tree.Leaf(value: values.1)])
  }

  private func scores(_ trees: [Tree], _ rule: ScoreRule, _ values: [Float]) -> [Double] {
    let model = TreeEnsemble(
      objective: .regression, featureNames: ["x"], rule: rule, trees: trees)
    let rows = values.indices.map { Int32($0) }
    return [Double](capacity: rows.count) { output in
      model.predictRaw(FeatureMatrix(columns: [values]), rows: rows.span, into: &output)
    }
  }

  private let plain = ScoreRule(start: 0, link: .identity)

  @Test("Numbers, infinities and missing values")
  func numbers() {
    let values: [Float] = [2.5, 2.6, -.infinity, .infinity, .nan, -0.0]
    #expect(scores([stump(.atMost(2.5))], plain, values) == [1, 2, 1, 2, 2, 1])
    #expect(
      scores([stump(.atMost(2.5), isMissingLeft: true)], plain, values) == [1, 2, 1, 2, 1, 1])
    // Only missing values go right.
    #expect(scores([stump(.atMost(.infinity))], plain, values) == [1, 1, 1, 1, 2, 1])
    #expect(scores([stump(.atMost(-.infinity))], plain, values) == [2, 2, 1, 2, 2, 2])
    // -0 is at most 0 and 0 at most -0.
    #expect(scores([stump(.atMost(-0.0))], plain, [0, -0.0, .leastNonzeroMagnitude]) == [1, 1, 2])
  }

  @Test("Zeros that count as missing: to 1e-35, of either sign, and NaN")
  func zeros() {
    let limit: Float = 1e-35
    let values: [Float] = [
      0, -0.0, limit, -limit, limit.nextUp, -limit.nextUp, .leastNonzeroMagnitude, .nan, -1,
    ]
    #expect(
      scores([stump(.atMost(-0.5), isMissingLeft: true, isZeroMissing: true)], plain, values)
        == [1, 1, 1, 1, 2, 2, 1, 1, 1])
    #expect(
      scores([stump(.atMost(0.5), isZeroMissing: true)], plain, values)
        == [2, 2, 2, 2, 1, 1, 2, 2, 1])
  }

  @Test("Categories: cut towards 0; missing, negative and unknown ones go right")
  func categories() {
    let set = CategorySet([0, 3, 40])
    let values: [Float] = [0, 3, 40, 3.9, -0.9, 1, 41, 64, -1, .nan, .infinity, -.infinity, 1e30]
    #expect(
      scores([stump(.isOneOf(set))], plain, values) == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2])
    #expect(scores([stump(.isOneOf(CategorySet([])))], plain, [0, -0.5, .nan]) == [2, 2, 2])
  }

  @Test("Sums, averages and single precision")
  func rules() {
    let trees = [0.1, 0.2, 1e-9].map { stump(.atMost(0), values: ($0, 0)) }
    #expect(scores(trees, ScoreRule(start: 0.7, link: .identity), [0]) == [0.7 + 0.1 + 0.2 + 1e-9])
    #expect(
      scores(trees, ScoreRule(start: 0.7, link: .identity, isAveraged: true), [0])
        == [0.7 + (0.1 + 0.2 + 1e-9) / 3])
    let single = Float(0.7) + Float(0.1) + Float(0.2) + Float(1e-9)
    let rule = ScoreRule(start: 0.7, link: .identity, isSinglePrecision: true)
    #expect(scores(trees, rule, [0]) == [Double(single)])
    let none = ScoreRule(start: 0.7, link: .identity, isAveraged: true)
    #expect(scores([], none, [0, 1]) == [0.7, 0.7])
  }
}
