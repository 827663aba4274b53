import QuantCore
import Testing

@testable import QuantLearners

@Suite("Prediction of tree ensembles")
struct PredictionTests {
  /// Compares every way to predict with the reference, bit by bit.
  private func check(
    _ model: TreeEnsemble, _ columns: [[Float]], _ comment: Comment,
    _ location: SourceLocation = #_sourceLocation
  ) {
    for tree in model.trees {
      #expect(tree.defect(features: columns.count) == nil, comment, sourceLocation: location)
    }
    let count = columns[0].count
    let matrix = FeatureMatrix(columns: columns)
    let expected = (0..<count).map { row in model.referenceScore { columns[$0][row] } }
    func expect(_ scores: [Double], _ way: String, _ order: [Int]) {
      let bits = scores.map(\.bitPattern)
      #expect(
        bits == order.map { expected[$0].bitPattern }, "\(way): \(comment)",
        sourceLocation: location)
    }
    let all = Array(0..<count)
    expect(model.scores(matrix, all.map { Int32($0) }), "a run of rows", all)
    let some = all.reversed().filter { $0 % 3 != 1 } + all.prefix(2)
    expect(model.scores(matrix, some.map { Int32($0) }, threads: 2), "rows in any order", some)
    expect(model.scores(matrix, all.map { Int32($0) }, threads: 3), "three threads", all)
    let byRow = all.flatMap { row in columns.map { $0[row] } }
    let rows = FeatureRows(ArrayFile(byRow), rowCount: count, columnCount: columns.count)
    let part = count / 3..<count
    let scores = [Double](capacity: part.count) { output in
      model.predictRaw(rows, rows: part, threads: 2, into: &output)
    }
    expect(scores, "row-major", Array(part))
    let single = all.map { row in
      model.score(of: byRow.span.extracting(row * columns.count..<(row + 1) * columns.count))
    }
    expect(single, "one row", all)
    let leaves = model.leafIndices(matrix, rows: all.map { Int32($0) }.span, threads: 2)
    let expectedLeaves = all.flatMap { row in
      model.trees.map { Int32($0.leaf { columns[$0][row] }) }
    }
    #expect(leaves == expectedLeaves, "leaves: \(comment)", sourceLocation: location)
  }

  @Test("Trees of all shapes and sizes", arguments: RandomTrees.Shape.allCases)
  func shapes(_ shape: RandomTrees.Shape) {
    for leaves in [1, 2, 3, 8, 31, 61, 64, 65, 127, 128, 255, 256, 257, 700] {
      var source = RandomTrees(seed: UInt64(leaves), features: 7)
      let model = source.model(trees: 3, leaves: leaves...leaves, shape: shape)
      if leaves == 61, shape != .random, shape != .complete {
        #expect(model.trees.allSatisfy { $0.depth >= 30 })
      }
      check(model, source.columns(rows: 300), "\(leaves) leaves")
    }
  }

  @Test("A tree of 5,000 leaves, and small ones around it")
  func large() {
    var source = RandomTrees(seed: 1, features: 40)
    let trees = [6, 5_000, 31, 256, 300].map { source.tree(leaves: $0) }
    let model = TreeEnsemble(
      objective: .regression, featureNames: (0..<40).map { "f\($0)" },
      rule: ScoreRule(start: 1, link: .identity), trees: trees)
    check(model, source.columns(rows: 400), "mixed")
    #expect(model.plan.parts.map(\.trees) == [0..<1, 1..<2, 2..<4, 4..<5])
  }

  @Test("Numbers of all magnitudes, categories and zeros that are missing", arguments: 0..<12)
  func kinds(_ seed: UInt64) {
    var source = RandomTrees(seed: seed, features: 1 + Int(seed) % 5)
    source.kinds.categories = seed % 3 == 0 ? 0.5 : 0
    source.kinds.zeroMissing = seed % 4 < 2 ? 0.4 : 0
    source.kinds.isExtreme = seed % 2 == 0
    var rule = ScoreRule(start: 0.1, link: .identity)
    rule.isAveraged = seed % 5 == 1
    rule.isSinglePrecision = seed % 5 < 2
    let model = source.model(trees: 30, leaves: 1...40, rule: rule)
    check(model, source.columns(rows: 257 + Int(seed)), "seed \(seed)")
  }

  @Test("More thresholds of a feature than a byte counts")
  func manyThresholds() {
    var source = RandomTrees(seed: 3, features: 2)
    source.kinds.isExtreme = true
    let model = source.model(trees: 40, leaves: 60...60)
    #expect(model.plan.parts.count > 3)
    check(model, source.columns(rows: 600), "several parts")
    // One tree alone has too many.
    var one = RandomTrees(seed: 4, features: 1)
    one.kinds.isExtreme = true
    let wide = one.model(trees: 2, leaves: 600...600)
    #expect(wide.plan.parts.allSatisfy { $0.coded == nil })
    check(wide, one.columns(rows: 300), "walked")
  }

  @Test(
    "Every number of thresholds, and every place between them",
    arguments: [1, 2, 31, 32, 33, 254, 255])
  func thresholds(_ count: Int) {
    let trees = (0..<count).map { index -> Tree in
      let split = Tree.Split(
        feature: 0, question: .atMost(Float(index)), isMissingLeft: index % 2 == 0, left: ~0,
        right: ~1)
      return Tree(splits: [split], leaves: [0, index + 1].map { Tree.Leaf(value: Double($0)) })
    }
    let model = TreeEnsemble(
      objective: .regression, featureNames: ["x"], rule: ScoreRule(start: 0, link: .identity),
      trees: trees)
    #expect(model.plan.parts.count == 1)
    let numbers = (0..<count).flatMap { index -> [Float] in
      let number = Float(index)
      return [number.nextDown, number, number.nextUp]
    }
    let others: [Float] = [.nan, .infinity, -.infinity, -1]
    check(model, [numbers + others], "\(count) thresholds")
  }

  @Test("No rows, no trees, no features asked for")
  func empty() {
    var source = RandomTrees(seed: 5, features: 3)
    let model = source.model(trees: 2, leaves: 4...4)
    #expect(model.scores(FeatureMatrix(columns: source.columns(rows: 5)), []) == [])
    check(source.model(trees: 0, leaves: 1...1), source.columns(rows: 3), "no trees")
    check(source.model(trees: 3, leaves: 1...1), source.columns(rows: 3), "leaves only")
  }

  @Test("Predictions are the same for a part of the rows, and for a part of the trees continued")
  func parts() {
    var source = RandomTrees(seed: 6, features: 9)
    let model = source.model(trees: 20, leaves: 2...31)
    let matrix = FeatureMatrix(columns: source.columns(rows: 1_000))
    let all = model.scores(matrix, (0..<1_000).map { Int32($0) })
    for count in [1, 15, 63, 64, 65, 255, 256, 257] {
      let rows = (300..<300 + count).map { Int32($0) }
      #expect(model.scores(matrix, rows) == Array(all[300..<300 + count]))
    }
    let first = model.prefix(8).scores(matrix, [5, 6])
    let rest = model.trees[8...].reduce(first[0]) { sum, tree in
      sum + tree.leaves[tree.leaf { matrix.column($0)[5] }].value
    }
    #expect(rest == all[5])
  }
}
