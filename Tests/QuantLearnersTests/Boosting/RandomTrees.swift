import QuantCore

@testable import QuantLearners

/// Random models and rows, for laws that hold for all of them.
struct RandomTrees {
  /// What splits of a tree ask.
  struct Kinds {
    var categories = 0.0
    var zeroMissing = 0.0
    /// Thresholds of any magnitude, infinities too, in place of a grid of small numbers.
    var isExtreme = false
  }

  /// How a tree grows.
  enum Shape: CaseIterable {
    /// A random leaf is split next.
    case random
    /// Always the leaf on the left, the leaf on the right, or a random one of the two.
    case leftChain, rightChain, chain
    /// The leaf that has waited longest, which gives complete trees.
    case complete
  }

  var random: SplitMix64
  let features: Int
  var kinds = Kinds()

  init(seed: UInt64, features: Int, kinds: Kinds = Kinds()) {
    random = SplitMix64(seed: seed)
    self.features = features
    self.kinds = kinds
  }

  mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

  /// A tree with leaves in random order, counts that add up, and values of many magnitudes.
  mutating func tree(leaves: Int, shape: Shape = .random) -> Tree {
    var splits: [Tree.Split] = []
    // Where a leaf hangs: below a split, on which side.
    var open: [(parent: Int, isLeft: Bool)] = [(-1, true)]
    func attach(_ place: (parent: Int, isLeft: Bool), _ child: Int) {
      if place.parent < 0 { return }
      if place.isLeft {
        splits[place.parent].left = child
      } else {
        splits[place.parent].right = child
      }
    }
    while open.count < leaves {
      let place =
        switch shape {
        case .random: open.remove(at: below(open.count))
        case .leftChain: open.remove(at: max(0, open.count - 2))
        case .rightChain: open.removeLast()
        case .chain: open.remove(at: max(0, open.count - 1 - below(2)))
        case .complete: open.removeFirst()
        }
      splits.append(split())
      attach(place, splits.count - 1)
      open.append((splits.count - 1, true))
      open.append((splits.count - 1, false))
    }
    var numbers = Array(0..<leaves)
    for index in numbers.indices { numbers.swapAt(index, below(leaves)) }
    var counts = [Int](repeating: 0, count: leaves)
    for (place, number) in zip(open, numbers) {
      attach(place, ~number)
      counts[number] = 1 + below(50)
    }
    for index in splits.indices.reversed() {
      func count(_ child: Int) -> Int { child < 0 ? counts[~child] : splits[child].count }
      splits[index].count = count(splits[index].left) + count(splits[index].right)
    }
    return Tree(
      splits: splits,
      leaves: counts.map {
        Tree.Leaf(value: (random.unit() - 0.5) * Double(1 + below(100)), count: $0)
      })
  }

  private mutating func split() -> Tree.Split {
    let isCategories = random.unit() < kinds.categories
    return Tree.Split(
      feature: below(features), question: isCategories ? .isOneOf(set()) : .atMost(threshold()),
      isMissingLeft: random.unit() < 0.5,
      isZeroMissing: !isCategories && random.unit() < kinds.zeroMissing, left: 0, right: 0,
      gain: random.unit())
  }

  private mutating func set() -> CategorySet {
    CategorySet((0..<below(6)).map { _ in below(random.unit() < 0.1 ? 300 : 20) })
  }

  private mutating func threshold() -> Float {
    if kinds.isExtreme { return number() }
    return Float(below(41) - 20) / 2
  }

  /// Any number but NaN: with all bits at random, or one that is special.
  private mutating func number() -> Float {
    let special: [Float] = [
      0, -0.0, 1e-35, -1e-35, .leastNonzeroMagnitude, -.leastNormalMagnitude, .infinity, -.infinity,
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, -1,
    ]
    if random.unit() < 0.3 { return special[below(special.count)] }
    let number = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
    return number.isNaN ? 1 : number
  }

  /// A value: missing, a number of the grid of thresholds or between, or any number.
  mutating func value() -> Float {
    let kind = random.unit()
    if kind < 0.1 { return .nan }
    if kind < 0.2 || kinds.isExtreme { return number() }
    return Float(below(81) - 40) / 4
  }

  /// Columns of values.
  mutating func columns(rows: Int) -> [[Float]] {
    (0..<features).map { _ in (0..<rows).map { _ in value() } }
  }

  /// A model of several trees.
  mutating func model(
    trees: Int, leaves: ClosedRange<Int>, shape: Shape = .random,
    rule: ScoreRule = ScoreRule(start: 0.3, link: .identity)
  ) -> TreeEnsemble {
    TreeEnsemble(
      objective: .regression, featureNames: (0..<features).map { "f\($0)" }, rule: rule,
      trees: (0..<trees).map { _ in
        tree(leaves: leaves.lowerBound + below(leaves.count), shape: shape)
      })
  }
}

extension TreeEnsemble {
  /// Raw scores of some rows of a matrix.
  func scores(_ matrix: FeatureMatrix, _ rows: [Int32], threads: Int = 1) -> [Double] {
    [Double](capacity: rows.count) { output in
      predictRaw(matrix, rows: rows.span, threads: threads, into: &output)
    }
  }

  /// Contributions of features to the scores of some rows of a matrix.
  func contributions(
    _ matrix: FeatureMatrix, _ rows: [Int32], cover: NodeCover = .rows, threads: Int = 1
  ) throws -> [Double] {
    try contributions(matrix, rows: rows.span, cover: cover, threads: threads)
  }
}
