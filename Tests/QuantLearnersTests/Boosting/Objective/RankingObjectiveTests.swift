import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("Ranking objectives")
struct RankingObjectiveTests {
  @Test("One pair by hand")
  func pair() {
    // Equal scores, the worse row first: each order has probability 1/2, so 1/2 and 1/4.
    let pairwise = PairwiseLogistic(cutoff: 30, isNormalized: false)
    var found = pairwise.derivatives([0, 0], [0, 1], weights: [1, 2])
    #expect(found.gradients == [0.5, -1] && found.hessians == [0.25, 0.5])
    #expect(pairwise.losses([0, 0], [0, 1])[0] == 0)
    #expect(abs(pairwise.losses([0, 0], [0, 1])[1] - Elementary.log(2)) < 0x1p-45)
    // Grades 0 and 2: gain 3, exchanged between discounts 1 and 1 / log2(3), over the best gain 3.
    let change = Float(1 - Elementary.log(2) / Elementary.log(3))
    found = LambdaRank(cutoff: 30, isNormalized: false).derivatives([0, 0], [0, 2])
    #expect(abs(found.gradients[0] - change / 2) < 1e-7)
    #expect(found.gradients[1] == -found.gradients[0])
    #expect(abs(found.hessians[0] - change / 4) < 1e-7)
    // Scaling: the sum of gradients without signs is 1, so log2(1 + 1) / 1 changes nothing.
    #expect(
      PairwiseLogistic(cutoff: 30, isNormalized: true).derivatives([0, 0], [0, 1]).gradients
        == [0.5, -0.5])
  }

  @Test("Equal labels, single rows and groups without a gain have no derivatives")
  func nothing() {
    for objective in [
      LambdaRank(cutoff: 5, isNormalized: true) as any BoostingObjective,
      PairwiseLogistic(cutoff: 5, isNormalized: true),
    ] {
      #expect(objective.derivatives([3, 1, 2], [1, 1, 1]).gradients == [0, 0, 0])
      #expect(objective.derivatives([3, 1], [0, 0]).hessians == [0, 0])
      #expect(objective.derivatives([3], [2]).gradients == [0])
      #expect(objective.derivatives([], []).gradients.isEmpty)
    }
  }

  @Test("Only pairs with a row among the first ranks count")
  func cutoff() {
    // Ranks by score: rows 0, 1, 2, 3. At cutoff 1 only pairs with row 0 count, and label 1 is no pair.
    let found = PairwiseLogistic(cutoff: 1, isNormalized: false).derivatives(
      [4, 3, 2, 1], [1, 0, 1, 0])
    #expect(found.gradients[2] == 0 && found.hessians[2] == 0)
    #expect(found.gradients[1] > 0 && found.gradients[3] > 0 && found.gradients[0] < 0)
  }

  @Test("Derivatives are slopes of the losses of pairs", arguments: 0..<10)
  func slopes(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = 2 + Int(random.next() % 12)
    // Scores so far apart that a step leaves the ranks as they are.
    let scores = (0..<count).shuffled(using: &random).map { 0.3 * Double($0) - 1 }
    let labels = scores.map { _ in Float(random.next() % 4) }
    let step = 1e-4
    for objective in [
      LambdaRank(cutoff: 4, isNormalized: false) as any BoostingObjective,
      PairwiseLogistic(cutoff: 4, isNormalized: false),
    ] {
      let found = objective.derivatives(scores, labels)
      func total(_ row: Int, _ move: Double) -> Double {
        var moved = scores
        moved[row] += move
        return objective.losses(moved, labels).reduce(0, +)
      }
      for row in scores.indices {
        let slope = (total(row, step) - total(row, -step)) / (2 * step)
        #expect(abs(slope - Double(found.gradients[row])) < 1e-6)
        let bend = (total(row, step) - 2 * total(row, 0) + total(row, -step)) / (step * step)
        #expect(abs(bend - Double(found.hessians[row])) < 1e-5)
      }
    }
  }

  @Test("The plain double loop finds the same pairs", arguments: 0..<10)
  func reference(seed: UInt64) {
    var random = SplitMix64(seed: 100 + seed)
    let count = 1 + Int(random.next() % 40)
    let scores = (0..<count).map { _ in Double(Int(random.normal() * 4)) / 4 }
    let labels = scores.map { _ in Float(random.next() % 3) }
    let (cutoff, order) = (6, scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) })
    var gradients = [Double](repeating: 0, count: count)
    for i in 0..<min(cutoff, count) {
      for j in i + 1..<max(i + 1, count) where labels[order[i]] != labels[order[j]] {
        let isFirst = labels[order[i]] > labels[order[j]]
        let (better, worse) = isFirst ? (order[i], order[j]) : (order[j], order[i])
        let wrong = Elementary.logistic(scores[worse] - scores[better])
        gradients[better] -= wrong
        gradients[worse] += wrong
      }
    }
    let found = PairwiseLogistic(cutoff: cutoff, isNormalized: false).derivatives(scores, labels)
    for row in 0..<count {
      #expect(abs(Double(found.gradients[row]) - gradients[row]) < 1e-6 * Double(count))
    }
  }

  @Test("Derivatives are those that LightGBM takes")
  func lightGBM() throws {
    let document = try JSONFixture(path: FixtureFile.path("boosting/objectives.json"))
    for item in try document.member("derivatives").list {
      let labels = try item.member("grades").numbers().map { Float($0) }
      let scores = try item.member("scores").numbers()
      let weights = try item.member("weights").numbers().map { Float($0) }
      let isNormalized = try item.member("normalized").flag()
      let objective = LambdaRank(
        cutoff: Int(try item.member("cutoff").number()), isNormalized: isNormalized)
      let alone = try item.member("alone").list.map { try $0.flag() }
      let gradients = try item.member("gradients").numbers()
      let hessians = try item.member("hessians").numbers()
      var start = 0
      for size in try item.member("sizes").numbers().map({ Int($0) }) {
        let rows = start..<start + size
        let found = objective.derivatives(
          Array(scores[rows]), Array(labels[rows]), weights: Array(weights[rows]))
        for row in rows where alone[row] {
          // LightGBM sums in single precision and takes its logistic from a table with steps of 1e-4.
          let place = row - start
          #expect(abs(Double(found.gradients[place]) - gradients[row]) < 5e-5)
          #expect(abs(Double(found.hessians[place]) - hessians[row]) < 5e-5)
        }
        start += size
      }
      #expect(alone.count { $0 } > 15)
    }
  }
}
