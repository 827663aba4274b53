import QuantCore
import Testing

@testable import QuantLearners

@Suite("Models of categories")
struct CategoryModelTests {
  private let data = CategoryData()

  private static let configurations: [BoostingConfiguration] = [
    .with { _ in },
    .with {
      ($0.rowFraction, $0.featureFraction, $0.maximumBins) = (0.8, 0.7, 20)
      ($0.minimumRowsInCategory, $0.categorySmoothing, $0.categoryL2) = (5, 0, 0)
    },
    .with {
      ($0.pathSmoothing, $0.nodeFeatureFraction, $0.oneHotCategories) = (10, 0.6, 256)
      $0.monotoneConstraints = .byName(["feature 4": .increasing, "feature 5": .decreasing])
      $0.interactionConstraints = [[0, 6], [1, 2, "feature 4"], [3, "feature 5", 7]]
    },
    .with { ($0.isRandomThreshold, $0.oneHotCategories, $0.rowFraction) = (true, 1, 0.6) },
  ]

  @Test("One split of six rows by hand")
  func literal() throws {
    // Events are 5 and 3, other rows 7; -1, NaN and 9, which has no row, are in no set.
    let window = TrainingWindow(
      features: FeatureMatrix(columns: [[5, 5, 3, 7, 7, 7, -1, .nan, 9, 2_000_000, 5.5]]),
      rows: 0..<6, rowKeys: ArrayFile((1...11).map { UInt64($0) }), featureNames: ["x"],
      categoricalColumns: [0])
    let learner = GradientBoosting()
    let configuration = BoostingConfiguration.with {
      ($0.leaves, $0.minimumRowsInLeaf, $0.minimumRowsInCategory) = (2, 1, 1)
      ($0.oneHotCategories, $0.categoryL2, $0.categorySmoothing) = (1, 0.5, 0)
      $0.objective = .regression
    }
    let model = try learner.fit(
      learner.prepare(window, threads: 1),
      TrainingSample(
        fit: TrainingSample.Rows(rows: [0, 1, 2, 3, 4, 5], labels: [3, 3, 3, 0, 0, 0])),
      configuration: configuration, iterations: 1, seed: 1, threads: 1, continuing: nil
    ) { _ in .proceed }
    let tree = try #require(model.trees.first)
    // Runs from the low end of the gradients are {5 or 3}, {5, 3}; from the high end {7}, {7, 5 or 3}.
    // {5, 3} and {7} are the same split; the set with the lowest code is that of 7, the most frequent.
    #expect(tree.splits.map(\.question) == [.isOneOf(CategorySet([7]))])
    // Three gradients of 1.5: -4.5 / (3 + 0.5), of which a tenth is taken.
    #expect(abs(tree.leaves[0].value + 0.45 / 3.5) < 1e-9)
    #expect(abs(tree.leaves[1].value - 0.45 / 3.5) < 1e-9)
    let scores = window.features.column(0)
    for row in 0..<11 {
      let expected = (3...5).contains(row) ? tree.leaves[0].value : tree.leaves[1].value
      #expect(model.referenceScore { _ in scores[row] } == 1.5 + expected, "row \(row)")
    }
  }

  @Test("Scores in training are scores by values, of unknown categories too", arguments: 0..<4)
  func scores(number: Int) throws {
    // The last rows of the window stop the fit; the first ones have other categories.
    var losses: [Double] = []
    let model = try data.fit(
      Self.configurations[number], rows: 0..<1_000, stop: 1_000..<4_000
    ) { report in
      losses.append(report.stopLoss ?? .nan)
      return .proceed
    }
    let known = Set(data.columns[3][..<1_000])
    #expect(data.columns[3][1_000..<4_000].contains { !known.contains($0) && $0 >= 0 })
    #expect(
      model.trees.flatMap(\.splits).contains {
        if case .isOneOf = $0.question { $0.feature < 4 } else { false }
      })
    let rows = (1_000..<4_000).map { Int32($0) }
    let scores = [Double](capacity: 3_000) { scores in
      model.predictRaw(
        FeatureMatrix(columns: data.columns), rows: rows.span,
        into: &scores)
    }
    var (loss, weight) = (ExactSum(), 0.0)
    for (score, row) in zip(scores, 1_000..<4_000) {
      #expect(score == model.referenceScore { data.columns[$0][row] })
      loss.add(Elementary.softplus(data.labels[row] == 1 ? -score : score))
      weight += 1
    }
    // Rounding of the mean alone; one row on the wrong side would show in the fifth digit.
    #expect(abs((losses.last ?? .nan) - loss.value / weight) < 1e-15)
  }

  @Test("1, 2, 3 and 7 threads give the same bytes, and they can be read", arguments: 0..<4)
  func threads(number: Int) throws {
    let one = try data.fit(Self.configurations[number], rows: 0..<2_000)
    for threads in [2, 3, 7] {
      let model = try data.fit(Self.configurations[number], rows: 0..<2_000, threads: threads)
      #expect(model.fileBytes == one.fileBytes)
    }
    #expect(try TreeEnsemble(fileBytes: one.fileBytes, path: "model") == one)
  }

  @Test("The order of columns and rows does not matter", arguments: 0..<4)
  func orders(number: Int) throws {
    var configuration = Self.configurations[number]
    let model = try data.fit(configuration, rows: 0..<1_500)
    let order = [6, 2, 0, 7, 4, 1, 5, 3]
    configuration.interactionConstraints.groups = configuration.interactionConstraints.groups.map {
      $0.map {
        if case .column(let column) = $0 { .name(CategoryData.names[column]) } else { $0 }
      }
    }
    let other = try data.fit(configuration, window: data.window(order: order), rows: 0..<1_500)
    for (tree, expected) in zip(other.trees, model.trees) {
      #expect(tree.leaves == expected.leaves)
      for (split, wanted) in zip(tree.splits, expected.splits) {
        var split = split
        split.feature = order[split.feature]
        #expect(split == wanted)
      }
    }
    var random = SplitMix64(seed: 3)
    let rows = (0..<Int32(1_500)).shuffled(using: &random)
    let learner = GradientBoosting()
    let shuffled = try learner.fit(
      learner.prepare(data.window(), threads: 1),
      TrainingSample(
        fit: TrainingSample.Rows(rows: rows, labels: rows.map { data.labels[Int($0)] })),
      configuration: Self.configurations[number], iterations: 10, seed: 1, threads: 1,
      continuing: nil
    ) { _ in .proceed }
    #expect(shuffled == model)
  }

  @Test("No set is larger than asked for; one-hot sets have one category")
  func limits() throws {
    let model = try data.fit(
      .with { ($0.maximumSplitCategories, $0.minimumRowsInCategory) = (5, 10) })
    var sizes: [Int: Set<Int>] = [:]
    for split in model.trees.flatMap(\.splits) {
      if case .isOneOf(let set) = split.question {
        sizes[split.feature, default: []].insert(set.categories.count)
      }
    }
    #expect(sizes[0] == [1], "three categories are tried one by one")
    #expect(sizes.values.allSatisfy { $0.isSubset(of: 1...5) })
    #expect(sizes.values.contains { $0.contains { $0 > 1 } })
  }
}
