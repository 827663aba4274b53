import QuantCore
import Testing

@testable import QuantLearners

@Suite("Derivatives and their quantisation")
struct QuantizedGradientsTests {
  private func derivatives(
    _ scores: [Double], _ labels: [Float], _ weights: [Float]
  ) -> (gradients: [Float], hessians: [Float]) {
    var gradients = [Float](repeating: .nan, count: scores.count)
    var hessians = gradients
    var first = gradients.mutableSpan
    var second = hessians.mutableSpan
    BinaryLogLoss().derivatives(
      scores: scores.span, labels: labels.span, weights: weights.span, gradients: &first,
      hessians: &second)
    return (gradients, hessians)
  }

  @Test("At score 0 the gradient is half the weight and the hessian a quarter")
  func literal() {
    let found = derivatives([0, 0], [1, 0], [2, 4])
    #expect(found.gradients == [-1, 2] && found.hessians == [0.5, 1])
  }

  @Test("Derivatives agree with the logistic function", arguments: [1, 3, 4, 5, 1001])
  func reference(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let scores = (0..<count).map { _ in random.normal() * 12 }
    let labels = scores.map { _ in Float(random.next() & 1) }
    let weights = scores.map { _ in Float(1 + random.unit()) }
    let found = derivatives(scores, labels, weights)
    for row in 0..<count {
      let (p, q) = (Elementary.logistic(scores[row]), Elementary.logistic(-scores[row]))
      let weight = Double(weights[row])
      let gradient = weight * (labels[row] == 1 ? -q : p)
      let hessian = weight * p * q
      // One rounding to Float, and 2^-36 of the larger of p and q.
      let slack = Double(weights[row]) * 0x1p-33
      #expect(abs(Double(found.gradients[row]) - gradient) <= gradient.magnitude * 0x1p-23 + slack)
      #expect(abs(Double(found.hessians[row]) - hessian) <= hessian * 0x1p-23 + 1e-17)
    }
    #expect(derivatives([-800, 800], [0, 1], [1, 1]).hessians.allSatisfy { $0 > 0 })
  }

  @Test("Quanta are right on average, and threads change nothing")
  func rounding() {
    let count = 5_000
    let scores = (0..<count).map { Double($0 % 7) / 10 - 1 }
    let labels = (0..<count).map { Float($0 % 5 == 0 ? 1 : 0) }
    let weights = (0..<count).map { Float(1 + $0 % 9) }
    let keys = RowKeys(
      all: ArrayFile((0..<count).map { UInt64($0) }), rows: (0..<Int32(count)).map { $0 })
    func quantized(_ threads: Int, _ tree: UInt64) -> (QuantizedGradients, [Int64]) {
      let parts = ObjectiveParts(rows: count, threads: threads)
      var gradients = QuantizedGradients(parts).derived(
        BinaryLogLoss(), scores: scores.span, labels: labels.span, weights: weights.span,
        threads: threads)
      gradients.quantize(
        keys: keys, stream: CounterStream(seed: 1, tree), threads: threads)
      return (gradients, (0..<count).map { PackedSum.word(gradients.quanta[$0]) })
    }
    let (gradients, words) = quantized(1, 1)
    #expect(quantized(3, 1).1 == words)
    #expect(quantized(1, 2).1 != words, "another tree rounds anew")
    let exact = derivatives(scores, labels, weights)
    let sum = words.reduce(NodeSum()) { $0 + NodeSum(packed: $1) }
    // Each row is wrong by less than a quantum, with variance at most 1/4: five standard deviations.
    let slack = 2.5 * Double(count).squareRoot()
    let gradient = exact.gradients.reduce(0.0) { $0 + Double($1) } / gradients.gradientUnit
    let hessian = exact.hessians.reduce(0.0) { $0 + Double($1) } / gradients.hessianUnit
    #expect(abs(Double(sum.gradient) - gradient) < slack)
    #expect(abs(Double(sum.hessian) - hessian) < slack)
    for (row, word) in words.enumerated() {
      let quantum = NodeSum(packed: word)
      #expect(quantum.count == 1)
      let expected = Double(exact.gradients[row]) / gradients.gradientUnit
      #expect(abs(Double(quantum.gradient) - expected) <= 1)
    }
  }
}
