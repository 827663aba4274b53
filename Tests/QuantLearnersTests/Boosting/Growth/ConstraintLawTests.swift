import QuantCore
import Testing

@testable import QuantLearners

@Suite("Constraints of trees")
struct ConstraintLawTests {
  private let data = BoostingData()

  /// Directions against and along what the data says, with everything else that may interfere.
  private func constrained(seed: UInt64) -> BoostingConfiguration {
    .with {
      $0.monotoneConstraints = .byName([
        "feature 10": .increasing, "feature 13": seed % 2 == 0 ? .increasing : .decreasing,
        "feature 14": .decreasing, "feature 12": .free,
      ])
      $0.featureFraction = 0.8
      $0.rowFraction = 0.7
      $0.l2 = Double(seed % 3)
      $0.l1 = seed % 4 == 1 ? 0.5 : 0
      $0.pathSmoothing = seed % 2 == 1 ? 15 : 0
      $0.isRandomThreshold = seed % 5 == 2
      $0.minimumRowsInLeaf = 5
    }
  }

  @Test("Predictions never move against a direction, other features being equal", arguments: 1...8)
  func monotone(seed: UInt64) throws {
    let configuration = constrained(seed: seed)
    let model = try data.fit(configuration, rows: 0..<1_500, iterations: 15, seed: seed)
    #expect(model.trees.flatMap(\.splits).contains { [0, 3, 4].contains($0.feature) })
    for (column, isRising) in [(0, true), (3, seed % 2 == 0), (4, false)] {
      for row in 0..<40 {
        var last = isRising ? -Double.infinity : .infinity
        for step in -30...30 {
          let score = model.referenceScore {
            $0 == column ? Float(step) / 8 : data.columns[$0][row]
          }
          #expect(isRising ? score >= last : score <= last, "seed \(seed), column \(column)")
          last = score
        }
      }
    }
  }

  @Test("Without the constraint the same data moves both ways")
  func unconstrained() throws {
    let model = try data.fit(.with { _ in }, rows: 0..<1_500)
    var (rises, falls) = (false, false)
    for row in 0..<40 {
      let scores = (-30...30).map { step in
        model.referenceScore { $0 == 4 ? Float(step) / 8 : data.columns[$0][row] }
      }
      rises = rises || zip(scores, scores.dropFirst()).contains { $0 < $1 }
      falls = falls || zip(scores, scores.dropFirst()).contains { $0 > $1 }
    }
    #expect(rises && falls)
  }

  @Test("Leaves out of order by exact sums take the middle: 3 rows by hand")
  func outOfOrder() {
    // The histogram saw them in order; exact sums give 1 and -1 where values must rise.
    var grown = GrownTree(leaves: [0..<1, 1..<2])
    grown.splits = [
      GrownTree.Split(
        feature: 0, leaf: 0, question: .atMost(bin: 0, isMissingLeft: false), gain: 1, left: ~0,
        right: ~1, count: 2)
    ]
    grown.leafSums = [
      DerivativeSum(gradient: -1, hessian: 1), DerivativeSum(gradient: 1, hessian: 1),
    ]
    let plan = plan(.with { $0.monotoneConstraints = .byColumn([.increasing]) })
    #expect(plan.outputs(of: grown).leaves == [0, 0] && plan.outputs(of: grown).splits == [0])
    #expect(self.plan(.with { _ in }).outputs(of: grown).leaves == [1, -1])
    // Smoothing by 1 row: half of each, and half of the root's 0.
    #expect(self.plan(.with { $0.pathSmoothing = 1 }).outputs(of: grown).leaves == [0.5, -0.5])
  }

  @Test("Features of every way lie in one group", arguments: 1...6)
  func interactions(seed: UInt64) throws {
    let groups = [[0, 1, 2], [2, 3], [4, 5, 6, 7], [8]]
    let model = try data.fit(
      .with {
        $0.interactionConstraints = [
          [0, "feature 11", 2], [2, 3], ["feature 14", 5, 6, 7], ["feature 18"],
        ]
        $0.nodeFeatureFraction = seed % 2 == 0 ? 1 : 0.5
        $0.rowFraction = 0.7
        $0.minimumRowsInLeaf = 5
      }, rows: 0..<1_500, seed: seed)
    var used: Set<Set<Int>> = []
    for tree in model.trees {
      for way in tree.ways {
        #expect(groups.contains { way.isSubset(of: $0) }, "seed \(seed): \(way)")
        used.insert(way)
      }
    }
    #expect(used.contains { $0.count > 1 } && used.contains { $0.isSubset(of: [4, 5, 6, 7]) })
  }

  @Test("A node is split on a share of the features of its tree, another one each")
  func nodeFeatures() throws {
    let features = Array(0..<12)
    let plan = plan(.with { $0.nodeFeatureFraction = 0.25 }, features: 12)
    var masks: Set<[Bool]> = []
    for seed in 0..<100 as Range<UInt64> {
      let node = SplitNode(sum: NodeSum(), stream: CounterStream(seed: seed))
      let allowed = try #require(plan.allowed(at: node, of: features))
      #expect(allowed.count(where: { $0 }) == 3)
      masks.insert(allowed)
      let some = try #require(plan.allowed(at: node, of: [1, 5, 7, 8, 9]))
      #expect(some.count(where: { $0 }) == 1 && !some[0] && !some[11])
    }
    #expect(masks.count > 60)
    #expect(
      self.plan(.with { _ in }, features: 12).allowed(at: SplitNode(sum: NodeSum()), of: []) == nil)
  }

  private func plan(_ configuration: BoostingConfiguration, features: Int = 1) -> SplitPlan {
    let window = TrainingWindow(
      features: FeatureMatrix(columns: (0..<features).map { [Float($0), 100] }), rows: 0..<2,
      rowKeys: ArrayFile([1, 2]), featureNames: (0..<features).map { "f\($0 + 10)" })
    do {
      let matrix = try BinnedMatrix(window, threads: 1)
      return SplitPlan(
        configuration,
        try FeatureConstraints(configuration, matrix: matrix),
        bins: matrix.mappers.map(\.bins))
    } catch { preconditionFailure("\(error)") }
  }

  @Test("Each choice changes the model", arguments: 0..<6)
  func acts(choice: Int) throws {
    let plain = try data.fit(.with { _ in }, rows: 0..<1_000, iterations: 3)
    let changed = try data.fit(
      .with {
        switch choice {
        case 0: $0.pathSmoothing = 5
        case 1: $0.isRandomThreshold = true
        case 2: $0.nodeFeatureFraction = 0.4
        case 3: $0.monotoneConstraints = .byName(["feature 14": .increasing])
        case 4: $0.interactionConstraints = [[0, 1, 2, 3], [4, 5]]
        default: $0.maximumDepth = 3
        }
      }, rows: 0..<1_000, iterations: 3)
    #expect(changed.trees != plain.trees)
  }

  @Test("Directions of 0 and groups of all features change nothing")
  func idle() throws {
    let plain = try data.fit(.with { _ in }, rows: 0..<1_000, iterations: 3)
    for configuration in [
      BoostingConfiguration.with {
        $0.monotoneConstraints = .byColumn([MonotoneDirection](repeating: .free, count: 12))
      }, .with { $0.interactionConstraints = [(0..<12).map { .column($0) }] },
    ] {
      #expect(try data.fit(configuration, rows: 0..<1_000, iterations: 3) == plain)
    }
  }
}

extension Tree {
  /// The features of each way from the root to a leaf.
  var ways: [Set<Int>] {
    var ways: [Set<Int>] = []
    var open: [(split: Int, features: Set<Int>)] = splits.isEmpty ? [] : [(0, [])]
    while let (index, above) = open.popLast() {
      let features = above.union([splits[index].feature])
      for child in [splits[index].left, splits[index].right] {
        if child < 0 { ways.append(features) } else { open.append((child, features)) }
      }
    }
    return ways
  }
}
