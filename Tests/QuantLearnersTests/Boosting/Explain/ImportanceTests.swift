import QuantCore
import Testing

@testable import QuantLearners

@Suite("Importances and stages")
struct ImportanceTests {
  @Test("Gain, splits and cover by hand")
  func literal() {
    func split(_ feature: Int, gain: Double, count: Int, left: Int, right: Int) -> Tree.Split {
      Tree.Split(
        feature: feature, question: .atMost(0), left: left, right: right, gain: gain, count: count)
    }
    let leaf = Tree.Leaf(value: 0)
    let trees = [
      Tree(
        splits: [
          split(2, gain: 4, count: 10, left: ~0, right: 1),
          split(0, gain: 1, count: 6, left: ~1, right: ~2),
        ], leaves: [leaf, leaf, leaf]),
      Tree(splits: [split(2, gain: 0.5, count: 10, left: ~0, right: ~1)], leaves: [leaf, leaf]),
      Tree(splits: [], leaves: [leaf]),
    ]
    let model = TreeEnsemble(
      objective: .regression, featureNames: ["a", "b", "c"],
      rule: ScoreRule(start: 0, link: .identity), trees: trees)
    #expect(model.importances(.gain) == [1, 0, 4.5])
    #expect(model.importances(.splits) == [1, 0, 2])
    #expect(model.importances(.cover) == [6, 0, 20])
  }

  @Test("Stages are the scores of prefixes; the curve is the metric of each", arguments: 0..<3)
  func stages(_ seed: UInt64) {
    var source = RandomTrees(seed: seed, features: 4)
    var rule = ScoreRule(start: 0.2, link: .identity)
    rule.isAveraged = seed == 1
    rule.isSinglePrecision = seed == 2
    let model = source.model(trees: 37, leaves: 1...20, rule: rule)
    let large = TreeEnsemble(
      objective: .regression, featureNames: model.featureNames, rule: rule,
      trees: model.trees + [source.tree(leaves: 300)])
    let matrix = FeatureMatrix(columns: source.columns(rows: 700))
    let rows = (0..<700).reversed().map { Int32($0) }
    let counts = [0, 0, 1, 5, 5, 16, 17, 33, 38]
    let staged = large.stagedScores(matrix, rows: rows.span, after: counts, threads: 2)
    #expect(staged.count == counts.count)
    for (count, scores) in zip(counts, staged) {
      #expect(scores == large.prefix(count).scores(matrix, rows), "\(count) trees")
    }
    let all = large.stagedScores(matrix, rows: rows.span, after: Array(0...38))
    let curve = large.predictionCurve(matrix, rows: rows.span, threads: 3) { scores in scores[3] }
    #expect(curve == (1...38).map { all[$0][3] })
    let none = large.stagedScores(matrix, rows: rows.span, after: [])
    #expect(none.isEmpty)
  }

  /// A model whose score is a sum of features.
  private struct Linear: Predictor {
    let factors: [Double]

    func predictRaw(
      _ features: FeatureMatrix, rows: Span<Int32>, into scores: inout OutputSpan<Double>
    ) {
      for index in rows.indices {
        var sum = 0.0
        for (column, factor) in factors.enumerated() {
          sum += factor * Double(features.column(column)[Int(rows[index])])
        }
        scores.append(sum)
      }
    }

    func probability(raw: Double) -> Double { raw }
  }

  private func meanSquare(_ scores: Span<Double>) -> Double {
    var sum = ExactSum()
    for index in scores.indices { sum.add(scores[index] * scores[index]) }
    return sum.value / Double(scores.count)
  }

  @Test("Shuffling a feature loses in proportion to its square; order and threads do not matter")
  func permutation() {
    var random = SplitMix64(seed: 9)
    let columns = (0..<3).map { _ in (0..<2_000).map { _ in Float(random.normal()) } }
    let matrix = FeatureMatrix(columns: columns)
    let target = Linear(factors: [3, 1, 0])
    let rows = (0..<2_000).map { Int32($0) }
    let truth = [Double](capacity: 2_000) { output in
      target.predictRaw(matrix, rows: rows.span, into: &output)
    }
    let keys = rows.map { SplitMix64.mix(UInt64($0)) }
    func importance(_ order: [Int], threads: Int, seed: UInt64 = 1) -> [PermutationImportance] {
      target.permutationImportance(
        matrix, rows: order.map { rows[$0] }, keys: order.map { keys[$0] }, names: ["a", "b", "c"],
        plan: PermutationPlan(repeats: 4, seed: seed), isLargerBetter: false, threads: threads
      ) { scores in
        var sum = ExactSum()
        for index in scores.indices {
          let error = scores[index] - truth[order[index]]
          sum.add(error * error)
        }
        return sum.value / Double(scores.count)
      }
    }
    let found = importance(Array(0..<2_000), threads: 1)
    // A shuffled feature of variance 1 and factor f is wrong by 2 f² on average.
    #expect(abs(found[0].mean - 18) < 1.5 && abs(found[1].mean - 2) < 0.2)
    #expect(found[2].losses == [0, 0, 0, 0] && found[2].standardDeviation == 0)
    #expect(found[0].standardDeviation > 0 && found[0].standardDeviation < 1)
    #expect(Set(found[0].losses).count == 4)
    #expect(importance(Array(0..<2_000), threads: 3) == found)
    let order = Array(0..<2_000).sorted { keys[$0] % 1_009 < keys[$1] % 1_009 }
    #expect(importance(order, threads: 2) == found)
    #expect(importance(order, threads: 1, seed: 2) != found)
  }

  @Test("Columns are found by name; some of them can be asked for; a larger metric is better")
  func columns() {
    var random = SplitMix64(seed: 3)
    let a = (0..<100).map { _ in Float(random.normal()) }
    let b = (0..<100).map { _ in Float(random.normal()) }
    let rows = (0..<100).map { Int32($0) }
    let keys = rows.map { UInt64($0) }
    func importance(_ columns: [[Float]], _ names: [String], _ factors: [Double], _ feature: Int)
      -> [PermutationImportance]
    {
      Linear(factors: factors).permutationImportance(
        FeatureMatrix(columns: columns), rows: rows, keys: keys, names: names,
        plan: PermutationPlan(features: [feature], repeats: 3), isLargerBetter: true,
        metric: { scores in meanSquare(scores) })
    }
    let first = importance([a, b], ["a", "b"], [1, 2], 0)
    let second = importance([b, a], ["b", "a"], [2, 1], 1)
    #expect(first.map(\.feature) == [0] && second.map(\.feature) == [1])
    #expect(zip(first[0].losses, second[0].losses).allSatisfy { abs($0 - $1) < 1e-12 })
    // The metric's base is not shuffled: its loss is the base less the shuffled value.
    #expect(first[0].losses.contains { $0 != 0 })
  }

  @Test("A shuffle is a permutation, by hand for equal keys too")
  func shuffle() {
    let stream = CounterStream(seed: 5, 1)
    for keys in [[3, 1, 2], [7, 7, 7, 7], Array(0..<100)] as [[UInt64]] {
      #expect(RowShuffle(keys).sources(stream).sorted() == Array(0..<keys.count))
    }
    // Equal keys have equal bits, and stay in their order.
    #expect(RowShuffle([7, 7, 7]).sources(stream) == [0, 1, 2])
  }

  @Test("A replaced column leaves the others, prefixes and selections as they are")
  func replacing() {
    let matrix = FeatureMatrix(columns: [[1, 2, 3], [4, 5, 6]])
    let other = matrix.replacing(column: 1, with: [7, 8, 9])
    func values(_ matrix: FeatureMatrix) -> [[Float]] {
      (0..<matrix.columnCount).map { column in
        matrix.column(column).indices.map { matrix.column(column)[$0] }
      }
    }
    #expect(
      values(other) == [[1, 2, 3], [7, 8, 9]] && values(matrix) == [[1, 2, 3], [4, 5, 6]])
    #expect(values(other.prefix(rows: 2)) == [[1, 2], [7, 8]])
    #expect(values(other.selecting(columns: [1, 0, 1])) == [[7, 8, 9], [1, 2, 3], [7, 8, 9]])
  }
}
