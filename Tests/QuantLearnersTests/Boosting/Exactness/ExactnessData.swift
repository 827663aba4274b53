import QuantCore

@testable import QuantLearners

/// Small tables on which a mistake of order or rounding would show: each stresses another kind of sum.
struct ExactnessData: Sendable, CustomStringConvertible {
  enum Kind: String, CaseIterable, Sendable {
    case binary, weighted, missing, heavyTail
  }

  static let rows = 1_200
  static let columns = 9
  let kind: Kind
  private(set) var features: [[Float]]
  private(set) var labels: [Float] = []
  /// Labels that are numbers: with heavy tails their sums depend on order, if anything does.
  private(set) var amounts: [Float] = []
  private(set) var weights: [Float] = []
  private(set) var keys: [UInt64]
  private(set) var names: [String]

  var description: String { kind.rawValue }

  init(_ kind: Kind) {
    self.kind = kind
    var random = SplitMix64(seed: 91)
    features = [[Float]](repeating: [], count: Self.columns)
    keys = (0..<UInt64(Self.rows)).map { SplitMix64.mix($0 &+ 5) }
    names = (0..<Self.columns).map { "column \(($0 * 7) % 10)" }
    for _ in 0..<Self.rows {
      let z = (0..<Self.columns).map { _ in random.normal() }
      let score = z[0] * z[1] + (z[2] > 0.3 ? 1.2 : -0.4) + 0.5 * z[3]
      labels.append(random.unit() < Elementary.logistic(score) ? 1 : 0)
      let tail = kind == .heavyTail ? 5 * z[0].magnitude : z[0]
      amounts.append(Float(Double(labels[labels.count - 1]) + Elementary.exp(tail)))
      // Weights over five powers of ten make floating sums lose bits in another order.
      weights.append(
        kind == .weighted ? Float(Elementary.exp(6 * random.normal())) : 1)
      for column in 0..<Self.columns {
        let value = Self.value(z[column], column, kind)
        let isMissing = random.unit() < (kind == .missing ? 0.15 * Double(column % 6) : 0.02)
        features[column].append(isMissing ? .nan : value)
      }
    }
  }

  private static func value(_ z: Double, _ column: Int, _ kind: Kind) -> Float {
    if kind == .heavyTail { return Float(z * Elementary.exp(5 * z.magnitude)) }
    switch column % 3 {
    case 0: return Float(z)
    case 1: return Float((2 * z).rounded())
    default: return Float(max(0, z))
    }
  }

  /// The same rows and columns in another order, keys and names with them.
  func permuted(seed: UInt64) -> ExactnessData {
    var random = SplitMix64(seed: seed)
    let rows = Self.order(Self.rows, &random)
    let columns = Self.order(Self.columns, &random)
    var other = self
    other.features = columns.map { column in rows.map { features[column][$0] } }
    other.names = columns.map { names[$0] }
    other.labels = rows.map { labels[$0] }
    other.amounts = rows.map { amounts[$0] }
    other.weights = rows.map { weights[$0] }
    other.keys = rows.map { keys[$0] }
    return other
  }

  private static func order(_ count: Int, _ random: inout SplitMix64) -> [Int] {
    var order = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(index, Int(random.next() % UInt64(index + 1)))
    }
    return order
  }

  /// Fits on the first three quarters of the keys; the others stop.
  func fit(_ configuration: BoostingConfiguration, threads: Int) throws -> TreeEnsemble {
    let window = TrainingWindow(
      features: FeatureMatrix(columns: features), rows: 0..<Self.rows, rowKeys: ArrayFile(keys),
      featureNames: names)
    let labels = configuration.objective == .binary ? labels : amounts
    func sample(_ isFit: Bool) -> TrainingSample.Rows {
      let rows = (0..<Self.rows).filter { (keys[$0] % 4 > 0) == isFit }
      return TrainingSample.Rows(
        rows: rows.map { Int32($0) }, labels: rows.map { labels[$0] },
        weights: rows.map { weights[$0] })
    }
    let learner = GradientBoosting()
    return try learner.fit(
      learner.prepare(window, threads: threads),
      TrainingSample(fit: sample(true), stop: sample(false)), configuration: configuration,
      iterations: 6, seed: 11, threads: threads, continuing: nil
    ) { $0.stopLoss?.isNaN ?? true ? .stop : .proceed }
  }
}

extension TreeEnsemble {
  /// A digest of every number of the trees, with features in the order of their names.
  ///
  /// It says nothing of the file format, nor of the order in which columns were given.
  func digest() -> String {
    let order = featureNames.indices.sorted { featureNames[$0] < featureNames[$1] }
    var place = [Int](repeating: 0, count: order.count)
    for (index, column) in order.enumerated() { place[column] = index }
    var words = [startScore.bitPattern]
    for tree in trees {
      for split in tree.splits {
        words += [place[split.feature], split.left, split.right, split.count].map {
          UInt64(bitPattern: Int64($0))
        }
        words += [split.gain, split.value, split.weight].map(\.bitPattern)
        words.append(split.isMissingLeft ? 1 : 0)
        switch split.question {
        case .atMost(let boundary): words.append(UInt64(boundary.bitPattern))
        case .isOneOf(let categories): words += categories.words.map { UInt64($0) }
        }
      }
      for leaf in tree.leaves {
        words += [leaf.value.bitPattern, leaf.weight.bitPattern, UInt64(leaf.count)]
      }
    }
    return String(XXH64.hash(words.span.numberBytes), radix: 16)
  }
}
