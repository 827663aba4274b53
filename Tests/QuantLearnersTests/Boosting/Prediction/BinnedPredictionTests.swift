import QuantCore
import Testing

@testable import QuantLearners

@Suite("Prediction from bins")
struct BinnedPredictionTests {
  private func scores(
    _ model: TreeEnsemble, _ matrix: BinnedMatrix, _ rows: [Int32], threads: Int = 1
  ) -> [Double] {
    [Double](capacity: rows.count) { output in
      model.predictRaw(matrix, rows: rows.span, threads: threads, into: &output)
    }
  }

  @Test("A model of the window: bits are those from values, and only bins are looked at")
  func fitted() throws {
    let data = BoostingData()
    let matrix = try GradientBoosting().prepare(data.window, threads: 1)
    for bins in [255, 20] {
      var configuration = BoostingConfiguration.sampled
      configuration.maximumBins = bins
      let model = try data.fit(configuration)
      let sources = model.plan.parts.compactMap(\.coded).flatMap(\.sources)
      for source in sources {
        let place = try #require(matrix.order.firstIndex(of: source.key.feature))
        #expect(source.codes(of: matrix.mappers[place].bins) != nil)
      }
      let rows = (0..<Int32(BoostingData.rows)).filter { $0 % 7 != 3 }
      let expected = model.scores(data.features, rows)
      #expect(scores(model, matrix, rows) == expected)
      #expect(scores(model, matrix, rows, threads: 3) == expected)
      #expect(scores(model, matrix, rows.reversed()) == expected.reversed())
    }
  }

  @Test("Any model: features whose thresholds lie inside of bins are read", arguments: 0..<8)
  func foreign(_ seed: UInt64) throws {
    var source = RandomTrees(seed: seed, features: 12)
    source.kinds.zeroMissing = seed % 2 == 0 ? 0.3 : 0
    source.kinds.categories = seed % 3 == 0 ? 0.3 : 0
    source.kinds.isExtreme = seed % 4 == 1
    let data = BoostingData()
    let matrix = try GradientBoosting().prepare(data.window, threads: 1)
    let model = source.model(trees: 20, leaves: 1...31)
    let rows = (0..<1_000).map { Int32($0 * 4) }
    #expect(scores(model, matrix, rows) == model.scores(data.features, rows))
  }

  @Test("Bins that end in -1, 0 and 2; thresholds on and beside them")
  func boundaries() throws {
    func source(_ thresholds: [Float]) -> CodeSource {
      CodeSource(
        CodeSource.Key(feature: 0, kind: .numbers(isZeroMissing: false)), id: 0,
        thresholds: thresholds, columns: (0, 1))
    }
    func codes(_ thresholds: [Float]) -> [UInt8]? {
      source(thresholds).codes(of: .numbers([-1, 0, 2])).map {
        Array($0[..<4]) + [$0[255], $0[511]]
      }
    }
    // Codes count from -128, which is the byte 128.
    #expect(codes([0]) == [128, 128, 129, 129, 128, 129])
    #expect(codes([-1, 2]) == [128, 129, 129, 130, 128, 130])
    #expect(codes([-.infinity, 0, .infinity]) == [129, 129, 130, 130, 128, 131])
    #expect(codes([1]) == nil)
    #expect(codes([0, 3]) == nil)
    #expect(codes([-2]) == nil)
  }

  @Test("Categories: bins stand for them unless a set or missing values ask for more")
  func categories() throws {
    let columns: [[Float]] = [[3, 5, 3, .nan, 7, -2, 3, 5], [0, 1, 2, 3, 4, 5, 6, 7]]
    let window = TrainingWindow(
      features: FeatureMatrix(columns: columns), rows: 0..<8,
      rowKeys: ArrayFile((0..<8).map { UInt64($0) }), featureNames: ["c", "x"],
      categoricalColumns: [0])
    let matrix = try GradientBoosting().prepare(window, threads: 1)
    for (set, isMissingLeft) in [([3], false), ([3, 9], false), ([5], true), ([], true)] {
      let tree = Tree(
        splits: [
          Tree.Split(
            feature: 0, question: .isOneOf(CategorySet(set)), isMissingLeft: isMissingLeft,
            left: ~0, right: ~1)
        ], leaves: [Tree.Leaf(value: 1), Tree.Leaf(value: 2)])
      let model = TreeEnsemble(
        objective: .regression, featureNames: ["c", "x"],
        rule: ScoreRule(start: 0, link: .identity), trees: [tree])
      let rows = (0..<8).map { Int32($0) }
      #expect(scores(model, matrix, rows) == model.scores(window.features, rows))
      let coded = try #require(model.plan.parts.first?.coded)
      let bins = matrix.mappers[0].bins
      #expect((coded.sources[0].codes(of: bins) != nil) == (set == [3] && !isMissingLeft))
    }
  }
}
