import QuantCore
import Testing

@testable import QuantLearners

@Suite("DART and random forests by hand")
struct BoostingModeTests {
  /// Two features that split four rows differently; labels follow the first.
  private func fit(
    _ change: (inout BoostingConfiguration) -> Void, labels: [Float] = [0, 0, 1, 1],
    iterations: Int, keys: [UInt64] = [1, 2, 3, 4], seed: UInt64 = 1
  ) throws -> TreeEnsemble {
    let window = TrainingWindow(
      features: FeatureMatrix(columns: [[1, 2, 3, 4]]), rows: 0..<4,
      rowKeys: ArrayFile(keys), featureNames: ["x"])
    var configuration = BoostingConfiguration(
      leaves: 2, minimumRowsInLeaf: 1, minimumHessianInLeaf: 0)
    change(&configuration)
    let learner = GradientBoosting()
    return try learner.fit(
      learner.prepare(window, threads: 1),
      TrainingSample(fit: TrainingSample.Rows(rows: [0, 1, 2, 3], labels: labels)),
      configuration: configuration, iterations: iterations, seed: seed, threads: 1,
      continuing: nil
    ) { _ in .proceed }
  }

  private func values(_ tree: Tree) -> [Double] { tree.leaves.map(\.value) }

  @Test("Two trees of which the second always drops the first")
  func dart() throws {
    // Base rate 1/2: each leaf has step 2, as in a plain fit. The second tree sees the same scores,
    // because the first one is dropped, takes half of its step, and leaves the first one half of its own.
    let model = try fit(
      {
        ($0.mode, $0.dropFraction, $0.dropSkipFraction) = (.dart, 1, 0)
        $0.isDropUniform = true
      }, iterations: 2)
    #expect(model.trees.count == 2 && model.startScore == 0)
    for tree in model.trees {
      #expect(zip(values(tree), [-0.1, 0.1]).allSatisfy { abs($0 - $1) < 1e-12 })
    }
    // The value of the root is scaled like those of leaves.
    #expect(model.trees[0].splits[0].value == 0)
    let three = try fit(
      {
        ($0.mode, $0.dropFraction, $0.dropSkipFraction) = (.dart, 1, 0)
        $0.isDropUniform = true
      }, iterations: 3)
    // k = 2: a third of 0.2 for the new tree, and two thirds of 0.1 for both old ones.
    for tree in three.trees {
      #expect(zip(values(tree), [-0.2 / 3, 0.2 / 3]).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test("Nothing is dropped where every drop is skipped: the trees of a plain fit")
  func skipped() throws {
    let data = BoostingData()
    var configuration = BoostingConfiguration.sampled
    let plain = try data.fit(configuration)
    (configuration.mode, configuration.dropSkipFraction) = (.dart, 1)
    #expect(try data.fit(configuration).trees == plain.trees)
    (configuration.dropFraction, configuration.dropSkipFraction) = (0, 0)
    #expect(try data.fit(configuration).trees == plain.trees)
  }

  @Test("Drops follow weights, and never exceed their limit")
  func schedule() throws {
    var configuration = BoostingConfiguration(learningRate: 0.5)
    configuration.mode = .dart
    (configuration.dropFraction, configuration.dropSkipFraction) = (0.4, 0.25)
    configuration.maximumDropped = 7
    var schedule = DartSchedule(configuration, seed: 4, trees: 0)
    var expected: [Double] = []
    var (skipped, dropped) = (0, 0)
    for tree in 0..<400 {
      let plan = schedule.next()
      let k = Double(plan.dropped.count)
      #expect(plan.dropped.count <= 7 && plan.dropped == plan.dropped.sorted())
      #expect(plan.dropped.allSatisfy { $0 < tree })
      #expect(plan.rate == 0.5 / (k + 1) && plan.droppedRate == k / (k + 1))
      for place in plan.dropped { expected[place] *= k / (k + 1) }
      expected.append(plan.rate)
      skipped += plan.dropped.isEmpty ? 1 : 0
      dropped += plan.dropped.count
      var again = DartSchedule(configuration, seed: 4, trees: tree)
      if tree % 97 == 0 { #expect(again.next() == plan, "a fit that goes on draws the same") }
    }
    #expect(schedule.weights == expected)
    // A quarter is skipped: 100 of 400, with a standard deviation of 9; few others drop none.
    #expect((70...150).contains(skipped))
    // At most 7 on average where they are not skipped, most of the time close to it.
    #expect((1_200...2_100).contains(dropped))
    configuration.isDropUniform = true
    var uniform = DartSchedule(configuration, seed: 4, trees: 0)
    let late = (0..<400).flatMap { _ in uniform.next().dropped }.count { $0 >= 200 }
    #expect(late > 100, "the limit does not favour early trees")
  }

  @Test("A forest of two stumps: whole steps from the start score, averaged")
  func forest() throws {
    // Base rate 1/4: start log(1/3). Without sampling rows each tree is the same: the event against the
    // others, gradients -3/4 and 1/4, hessians 3/16: steps 4 and -4/3.
    let model = try fit(
      {
        // The only feature is always drawn, and a share below 1 makes the forest random.
        ($0.mode, $0.featureFraction) = (.randomForest, 0.9)
      }, labels: [0, 0, 0, 1], iterations: 2)
    #expect(model.rule.isAveraged && model.startScore == 0)
    let start = Elementary.log(1.0 / 3)
    for tree in model.trees {
      let expected = [start - 4.0 / 3, start + 4]
      #expect(zip(values(tree), expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(values(tree))")
    }
    let features = FeatureMatrix(columns: [[1, 2, 3, 4]])
    let scores = [Double](capacity: 4) { output in
      model.predictRaw(features, rows: [0, 1, 2, 3].span, into: &output)
    }
    let leaves = values(model.trees[0])
    #expect(scores == [leaves[0], leaves[0], leaves[0], leaves[1]])
    #expect(model.prefix(1).trees == Array(model.trees.prefix(1)))
  }

  @Test("A tree of a forest that cannot split is the start score")
  func rootForest() throws {
    let model = try fit(
      { ($0.mode, $0.featureFraction, $0.minimumRowsInLeaf) = (.randomForest, 0.9, 3) },
      labels: [0, 0, 0, 1], iterations: 2)
    #expect(model.trees.allSatisfy { values($0) == [Elementary.log(1.0 / 3)] })
    #expect(abs(model.probability(raw: Elementary.log(1.0 / 3)) - 0.25) < 1e-15)
  }

  @Test("A tree that cannot split leaves dropped trees as they are")
  func dartWithoutSplit() throws {
    let model = try fit(
      {
        ($0.mode, $0.dropFraction, $0.dropSkipFraction) = (.dart, 1, 0)
        $0.minimumRowsInLeaf = 3
      }, labels: [0, 0, 0, 1], iterations: 3)
    #expect(model.trees.allSatisfy { values($0) == [0] })
  }
}
