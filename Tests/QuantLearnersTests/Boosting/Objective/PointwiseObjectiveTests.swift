import QuantCore
import Testing

@testable import QuantLearners

@Suite("Pointwise objectives")
struct PointwiseObjectiveTests {
  @Test("Losses at scores that can be worked out by hand")
  func literal() {
    let half = Elementary.log(2)
    #expect(BinaryLogLoss().losses([0, 0], [1, 0]).allSatisfy { abs($0 - half) < 0x1p-45 })
    #expect(SquaredError().losses([3, -1], [1, -1]) == [2, 0])
    let quantile = QuantileLoss(level: 0.75)
    #expect(quantile.losses([0, 0, 0], [2, -2, 0]) == [1.5, 0.5, 0])
    let found = quantile.derivatives([0, 0, 0], [2, -2, 0], weights: [1, 2, 4])
    #expect(found.gradients == [-0.75, 0.5, 1] && found.hessians == [1, 2, 4])
  }

  @Test("Losses agree with the logistic function", arguments: [1, 2, 3, 5, 1000])
  func logLoss(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let scores = (0..<count).map { _ in random.normal() * 9 }
    let labels = scores.map { _ in Float(random.next() & 1) }
    for (row, loss) in BinaryLogLoss().losses(scores, labels).enumerated() {
      let expected = Elementary.softplus(labels[row] == 1 ? -scores[row] : scores[row])
      #expect(abs(loss - expected) <= 0x1p-45 * expected, "\(scores[row])")
    }
    // Beyond 40 a loss is the score, or e^-40.
    let extremes = BinaryLogLoss().losses([900, -900], [0, 0])
    #expect(extremes[0] == 900 && abs(extremes[1] / Elementary.exp(-40) - 1) < 0x1p-45)
  }

  @Test("Derivatives are slopes of losses", arguments: 0..<5)
  func slopes(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let scores = (0..<200).map { _ in random.normal() }
    let classes = scores.map { _ in Float(random.next() & 1) }
    let numbers = scores.map { _ in Float(random.normal() * 3) }
    let step = 1e-4
    for (objective, labels, isSmooth) in [
      (BinaryLogLoss() as any BoostingObjective, classes, true),
      (BinaryLogLoss(positiveWeight: 3), classes, true), (SquaredError(), numbers, true),
      (QuantileLoss(level: 0.9), numbers, false),
    ] {
      let found = objective.derivatives(scores, labels)
      let (below, at, above) = (
        objective.losses(scores.map { $0 - step }, labels), objective.losses(scores, labels),
        objective.losses(scores.map { $0 + step }, labels)
      )
      for row in scores.indices {
        // A kink of the pinball loss within the step has no slope.
        if !isSmooth, abs(scores[row] - Double(labels[row])) < 2 * step { continue }
        let slope = (above[row] - below[row]) / (2 * step)
        #expect(abs(slope - Double(found.gradients[row])) < 1e-6, "\(objective)")
        guard isSmooth else { continue }
        let bend = (above[row] - 2 * at[row] + below[row]) / (step * step)
        #expect(abs(bend - Double(found.hessians[row])) < 1e-5, "\(objective)")
      }
    }
  }

  @Test("Class weights multiply events; balance makes both classes weigh alike")
  func classWeights() {
    let plain = BinaryLogLoss().derivatives([0.5, 0.5], [1, 0], weights: [2, 2])
    let scaled = BinaryLogLoss(positiveWeight: 4).derivatives(
      [0.5, 0.5], [1, 0], weights: [2, 2])
    #expect(scaled.gradients == [4 * plain.gradients[0], plain.gradients[1]])
    #expect(scaled.hessians == [4 * plain.hessians[0], plain.hessians[1]])
    let rows = TrainingSample.Rows(
      rows: [0, 1, 2, 3], labels: [1, 0, 0, 0], weights: [2, 1, 2, 3])
    let balanced = BinaryLogLoss(isBalanced: true).adapted(to: rows)
    #expect(balanced.factors == ClassFactors(event: 3, other: 1))
    var events = rows
    events.labels = [0, 1, 1, 1]
    #expect(
      BinaryLogLoss(isBalanced: true).adapted(to: events).factors
        == ClassFactors(event: 1, other: 3))
    // The start is the base rate, whatever the class weights.
    #expect(balanced.startScore(rows) == BinaryLogLoss().startScore(rows))
    #expect(abs(balanced.startScore(rows) - Elementary.log(1.0 / 3)) < 1e-15)
  }
}

@Suite("Weighted quantiles")
struct WeightedQuantileTests {
  private func quantile(_ values: [Double], _ weights: [Float], _ level: Double) -> Double {
    WeightedQuantile.value(values, weights: weights.span, level: level)
  }

  @Test("Quantiles by hand")
  func literal() {
    // Of 4 numbers the way is 3 long: 0.6 x 3 = 1.8 lies 0.8 behind the second.
    #expect(abs(quantile([4, 1, 3, 2], [1, 1, 1, 1], 0.6) - 2.8) < 1e-15)
    #expect(quantile([4, 1, 3, 2], [5, 5, 5, 5], 0.5) == 2.5)
    #expect(quantile([7], [3], 0.1) == 7)
    #expect(quantile([10, 0], [3, 1], 0.25) == 2.5)
    // Weights 1, 1 and 4: steps of 1 and 2.5; 1.75 lies 0.75 into the second.
    #expect(abs(quantile([0, 2, 1], [1, 4, 1], 0.5) - 1.3) < 1e-15)
    #expect(quantile([-1, -1, -1], [1, 2, 3], 0.5) == -1)
  }

  @Test("The order of rows does not matter, nor do zeros' signs", arguments: 0..<20)
  func order(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = 1 + Int(random.next() % 60)
    // Few distinct numbers, so that there are ties of different weights.
    let values = (0..<count).map { _ in Double(Int(random.normal() * 2)) / 4 }
    let weights = (0..<count).map { _ in Float(random.unit() + 0.1) }
    let level = random.unit()
    let expected = quantile(values, weights, level)
    for _ in 0..<5 {
      let order = values.indices.shuffled(using: &random)
      let found = quantile(order.map { values[$0] }, order.map { weights[$0] }, level)
      #expect(found.bitPattern == expected.bitPattern)
    }
    // One of its two neighbours has the least pinball loss where all weights are equal.
    func loss(_ score: Double) -> Double {
      values.reduce(0) {
        $0 + QuantileLoss.loss(score: score, label: Float($1), level: level)
      }
    }
    let sorted = values.sorted()
    let best = values.map(loss).min() ?? 0
    let plain = quantile(values, values.map { _ in 2 }, level)
    let next = sorted.first { $0 >= plain } ?? plain
    let before = sorted.last { $0 <= plain } ?? plain
    #expect(min(loss(next), loss(before)) <= best + 1e-9 * (1 + best))
  }
}
