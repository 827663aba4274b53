public import QuantCore

/// Why a model cannot be explained.
public enum ExplanationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A tree whose nodes have no cover of the asked kind.
  case noCover(tree: Int, cover: NodeCover)

  /// What is wrong, and what would be accepted.
  public var description: String {
    switch self {
    case .noCover(let tree, let cover):
      "tree \(tree) has a split without \(cover.rawValue); contributions need those of every leaf"
    }
  }
}

/// What says how many rows come to a node.
public enum NodeCover: String, Hashable, Sendable, CaseIterable {
  /// Rows, as in LightGBM.
  case rows
  /// Sums of second derivatives, as in XGBoost, whose models do not know their rows.
  case weights
}

extension TreeEnsemble {
  /// What each feature adds to the raw score of each row: exact path-dependent SHAP values.
  ///
  /// Row after row one number for each feature and, last, the expected score: start plus mean of each
  /// tree over the rows that it was grown on. They add up to the raw score of the row, but for rounding
  /// (1e-12 of the sum of their magnitudes; where the rule asks for single precision, its rounding). A
  /// feature that is not in a tree gets nothing from it. Averaged trees have averaged contributions.
  ///
  /// - Parameters:
  ///   - features: with the columns that the model was fitted on.
  ///   - rows: the rows to explain.
  ///   - cover: what the shares of rows below a split are taken from.
  ///   - threads: contributions do not depend on it.
  /// - Returns: `rows.count * (features + 1)` numbers.
  /// - Throws: `ExplanationError.noCover`.
  /// - Complexity: O(rows x trees x leaves x depth²), mostly with the depth that the row satisfies.
  public func contributions(
    _ features: FeatureMatrix, rows: Span<Int32>, cover: NodeCover = .rows, threads: Int = 1
  ) throws(ExplanationError) -> [Double] {
    precondition(features.columnCount == featureNames.count, "columns differ from the model's")
    let explained = try ShapEnsemble(self, cover: cover)
    let source = MatrixRows(features, rows)
    let width = featureNames.count + 1
    let blocks = PredictionPlan.blocks(of: 0..<source.count, size: ShapEnsemble.blockRows)
    let sums = DisjointSlices(
      repeating: 0.0, count: source.count * width,
      ranges: blocks.map { $0.lowerBound * width..<$0.upperBound * width })
    ParallelFor.run(count: blocks.count, threads: threads) { index in
      sums.withSlice(index) { slice, _ in explained.add(source, blocks[index], to: &slice) }
    }
    return sums.take()
  }
}

/// All trees of an ensemble, laid out for contributions.
struct ShapEnsemble: Sendable {
  /// Rows that one thread explains one after the other.
  static let blockRows = 64

  private let trees: [ShapTree]
  private let weights: ShapleyWeights
  private let walk: TreeWalk
  private let usedFeatures: [Int]
  private let featureCount: Int
  /// What contributions are multiplied by: 1, or one over the number of averaged trees.
  private let divisor: Double
  private let expected: Double

  init(_ model: TreeEnsemble, cover: NodeCover) throws(ExplanationError) {
    var trees: [ShapTree] = []
    for (index, tree) in model.trees.enumerated() {
      let covers = tree.leaves.map { cover == .rows ? Double($0.count) : $0.weight }
      guard tree.hasCover(covers) else { throw .noCover(tree: index, cover: cover) }
      trees.append(ShapTree(tree, covers: covers))
    }
    self.trees = trees
    weights = ShapleyWeights(limit: trees.map(\.longest).max() ?? 0)
    walk = model.plan.walk
    featureCount = model.featureNames.count
    var isUsed = [Bool](repeating: false, count: featureCount)
    for split in model.trees.lazy.flatMap(\.splits) { isUsed[split.feature] = true }
    usedFeatures = isUsed.indices.filter { isUsed[$0] }
    divisor = model.rule.isAveraged ? Double(max(1, trees.count)) : 1
    expected = model.rule.start + trees.reduce(0) { $0 + $1.mean } / divisor
  }

  /// Adds the contributions of some rows, one row after the other.
  func add(
    _ source: some BlockRows, _ rows: Range<Int>, to sums: inout MutableSpan<Double>
  ) {
    let width = featureCount + 1
    var values = [Float](repeating: 0, count: rows.count * featureCount)
    var column = [Float](repeating: 0, count: rows.count)
    for feature in usedFeatures {
      var target = column.mutableSpan
      source.read(feature, rows, into: &target, at: 0)
      for row in column.indices { values[row * featureCount + feature] = column[row] }
    }
    var answers = [Bool](
      repeating: false, count: trees.map(\.splits.count).max() ?? 0)
    var memory = ShapRow(trees, weights: weights)
    for row in 0..<rows.count {
      let range = row * featureCount..<(row + 1) * featureCount
      for (index, tree) in trees.enumerated() {
        walk.answer(index, values.span.extracting(range), into: &answers)
        memory.add(tree, answers: answers.span, at: row * width, to: &sums)
      }
      if divisor != 1 {
        for feature in 0..<featureCount { sums[row * width + feature] /= divisor }
      }
      sums[row * width + featureCount] = expected
    }
  }
}

extension Tree {
  /// Whether the leaves below each split have covers that are not negative and add up to more than 0.
  fileprivate func hasCover(_ covers: [Double]) -> Bool {
    guard covers.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return false }
    var sums = [Double](repeating: 0, count: splits.count)
    for (index, split) in splits.enumerated().reversed() {
      for child in [split.left, split.right] {
        sums[index] += child >= 0 ? sums[child] : covers[~child]
      }
      if sums[index] <= 0 { return false }
    }
    return true
  }
}
