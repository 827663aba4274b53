import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("Contributions of features")
struct ContributionTests {
  /// Shapley values by their definition, over all sets of features.
  private func bruteForce(_ tree: Tree, features: Int, _ value: (Int) -> Float) -> [Double] {
    func cover(_ place: Int) -> Double {
      place < 0
        ? Double(tree.leaves[~place].count)
        : cover(tree.splits[place].left) + cover(tree.splits[place].right)
    }
    func mean(_ place: Int, _ known: Int) -> Double {
      if place < 0 { return tree.leaves[~place].value }
      let split = tree.splits[place]
      if known >> split.feature & 1 == 1 {
        return mean(split.sendsLeft(value(split.feature)) ? split.left : split.right, known)
      }
      let share = cover(split.left) / cover(place)
      return share * mean(split.left, known) + (1 - share) * mean(split.right, known)
    }
    let root = tree.splits.isEmpty ? ~0 : 0
    let means = (0..<1 << features).map { mean(root, $0) }
    func factorial(_ number: Int) -> Double { (1...max(1, number)).reduce(1) { $0 * Double($1) } }
    let values = (0..<features).map { feature in
      (0..<1 << features).filter { $0 >> feature & 1 == 0 }.reduce(0.0) { sum, known in
        let count = known.nonzeroBitCount
        let weight =
          factorial(count) * factorial(features - count - 1) / factorial(features)
        return sum + weight * (means[known | 1 << feature] - means[known])
      }
    }
    return values + [means[0]]
  }

  private func model(_ trees: [Tree], features: Int, rule: ScoreRule) -> TreeEnsemble {
    TreeEnsemble(
      objective: .regression, featureNames: (0..<features).map { "f\($0)" }, rule: rule,
      trees: trees)
  }

  private let plain = ScoreRule(start: 0, link: .identity)

  @Test("One split, and the same feature twice, by hand")
  func literal() throws {
    let stump = Tree(
      splits: [Tree.Split(feature: 1, question: .atMost(0), left: ~0, right: ~1)],
      leaves: [Tree.Leaf(value: 1, count: 3), Tree.Leaf(value: 5, count: 1)])
    // The mean is (3 x 1 + 1 x 5) / 4 = 2.
    let matrix = FeatureMatrix(columns: [[0, 0], [-1, 1], [0, 0]])
    let one = model([stump], features: 3, rule: ScoreRule(start: 0.5, link: .identity))
    #expect(
      try one.contributions(matrix, [0, 1]) == [0, -1, 0, 2.5, 0, 3, 0, 2.5])
    // x ≤ 0 gives 1; else y ≤ 0 gives 2, and 6 otherwise; 2, 1 and 1 rows. Mean 2.5; with x known to be
    // above 0 it is 4, with y above 0 (1 + 6) / 2 = 3.5, with both 6: x has (1.5 + 2.5) / 2 = 2.
    let tree = Tree(
      splits: [
        Tree.Split(feature: 0, question: .atMost(0), left: ~0, right: 1),
        Tree.Split(feature: 1, question: .atMost(0), left: ~1, right: ~2),
      ],
      leaves: [
        Tree.Leaf(value: 1, count: 2), Tree.Leaf(value: 2, count: 1), Tree.Leaf(value: 6, count: 1),
      ])
    let both = model([tree], features: 2, rule: plain)
    let rows = FeatureMatrix(columns: [[1], [1]])
    #expect(try both.contributions(rows, [0]) == [2, 1.5, 2.5])
  }

  @Test("Shapley values by their definition", arguments: 0..<30)
  func definition(_ seed: UInt64) throws {
    let features = 2 + Int(seed % 7)
    var source = RandomTrees(seed: seed, features: features)
    source.kinds.categories = seed % 3 == 0 ? 0.4 : 0
    source.kinds.zeroMissing = seed % 4 == 0 ? 0.3 : 0
    let shape = RandomTrees.Shape.allCases[Int(seed) % 5]
    let tree = source.tree(leaves: 1 + source.below(40), shape: shape)
    let columns = source.columns(rows: 6)
    let found = try model([tree], features: features, rule: plain).contributions(
      FeatureMatrix(columns: columns), (0..<6).map { Int32($0) }, threads: 2)
    for row in 0..<6 {
      let expected = bruteForce(tree, features: features) { columns[$0][row] }
      for (value, other) in zip(found[row * (features + 1)..<(row + 1) * (features + 1)], expected)
      {
        #expect(abs(value - other) < 1e-11, "row \(row)")
      }
    }
  }

  @Test("They add up to the raw score, whatever the shape", arguments: RandomTrees.Shape.allCases)
  func sums(_ shape: RandomTrees.Shape) throws {
    for (leaves, features) in [(31, 5), (70, 200), (255, 12), (600, 40)] {
      var source = RandomTrees(seed: UInt64(leaves), features: features)
      var rule = ScoreRule(start: 1.25, link: .identity)
      rule.isAveraged = leaves == 255
      let model = source.model(trees: 2, leaves: leaves...leaves, shape: shape, rule: rule)
      let matrix = FeatureMatrix(columns: source.columns(rows: 5))
      let rows = (0..<5).map { Int32($0) }
      let found = try model.contributions(matrix, rows)
      for (row, score) in model.scores(matrix, rows).enumerated() {
        let part = found[row * (features + 1)..<(row + 1) * (features + 1)]
        let size = part.reduce(0) { $0 + $1.magnitude }
        #expect(
          abs(part.reduce(0, +) - score) <= 1e-12 * size, "\(leaves) leaves of \(features) features"
        )
      }
      #expect(try model.contributions(matrix, rows, threads: 3) == found)
    }
  }

  @Test("A feature that no tree asks for gets 0; a model without trees has its start")
  func unused() throws {
    var source = RandomTrees(seed: 1, features: 3)
    let trees = [source.tree(leaves: 10)]
    let wide = model(trees, features: 5, rule: plain)
    let matrix = FeatureMatrix(columns: source.columns(rows: 4) + source.columns(rows: 4)[..<2])
    let found = try wide.contributions(matrix, [2])
    #expect(found.count == 6 && found[3] == 0 && found[4] == 0)
    let empty = model([], features: 5, rule: ScoreRule(start: 7, link: .identity))
    #expect(try empty.contributions(matrix, [1]) == [0, 0, 0, 0, 0, 7])
    #expect(try empty.contributions(matrix, []) == [])
  }

  @Test("A tree without counts is refused, and explained by weights where it has them")
  func covers() throws {
    let tree = Tree(
      splits: [Tree.Split(feature: 0, question: .atMost(0), left: ~0, right: ~1)],
      leaves: [Tree.Leaf(value: 1, weight: 1), Tree.Leaf(value: 5, weight: 3)])
    let model = model(
      [Tree(splits: [], leaves: [Tree.Leaf(value: 0)]), tree], features: 1, rule: plain)
    let matrix = FeatureMatrix(columns: [[1]])
    #expect(throws: ExplanationError.noCover(tree: 1, cover: .rows)) {
      try model.contributions(matrix, [0])
    }
    #expect(try model.contributions(matrix, [0], cover: .weights) == [1, 4])
    #expect("\(ExplanationError.noCover(tree: 1, cover: .rows))".contains("tree 1"))
  }

  @Test("LightGBM's contributions, scores, leaves and importances")
  func lightGBM() throws {
    let document = try JSONFixture(path: FixtureFile.path("boosting/contributions.json"))
    let missing = try document.member("missing").number()
    for item in try document.member("cases").list {
      let name = try item.member("name").text()
      let model = try TreeEnsemble(lightGBMText: item.member("model").text(), path: name)
      func table(_ member: String) throws -> [[Double]] {
        try item.member(member).list.map { try $0.numbers() }
      }
      let values = try table("rows")
      let features = model.featureNames.count
      let matrix = FeatureMatrix(
        columns: (0..<features).map { column in
          values.map { $0[column] == missing ? .nan : Float($0[column]) }
        })
      let rows = values.indices.map { Int32($0) }
      #expect(
        model.scores(matrix, rows) == (try item.member("scores").numbers()))
      let leaves = model.leafIndices(matrix, rows: rows.span).map { Double($0) }
      #expect(leaves == (try table("leaves")).flatMap { $0 })
      let found = try model.contributions(matrix, rows)
      // LightGBM's recursion divides by shares and is wrong by some 1e-13; sums are of order 1.
      for (value, other) in zip(found, try table("contributions").flatMap { $0 }) {
        #expect(abs(value - other) < 1e-10, "\(name)")
      }
      #expect(
        model.importances(.splits) == (try item.member("splits").numbers()))
      // Gains stand in the text with few digits.
      for (value, other) in zip(model.importances(.gain), try item.member("gain").numbers()) {
        #expect(abs(value - other) <= 1e-4 * value, "\(name)")
      }
    }
  }
}
