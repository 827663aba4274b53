/// An ensemble laid out for prediction: its trees in parts, each coded or walked.
struct PredictionPlan: Sendable {
  /// Rows that are walked together, so that the values of one row are one run of memory.
  static let walkedRows = 16

  /// Neighbouring trees.
  struct Part: Sendable {
    let trees: Range<Int>
    /// `nil` where the trees are walked.
    let coded: CodedTrees?
  }

  let parts: [Part]
  let walk: TreeWalk
  let rule: ScoreRule
  /// Columns of codes that a block has room for.
  let columnCount: Int
  /// Features that walked trees ask for, ascending.
  let walkedFeatures: [Int]
  /// The number of features.
  let featureCount: Int
  /// The number of trees.
  let treeCount: Int

  /// Values of a block for walked trees.
  var walkedValues: Int { walkedFeatures.isEmpty ? 0 : Self.walkedRows * featureCount }

  init(_ trees: [Tree], featureCount: Int, rule: ScoreRule) {
    self.rule = rule
    self.featureCount = featureCount
    treeCount = trees.count
    var parts: [Part] = []
    var (first, sourceCount) = (0, 0)
    while first < trees.count {
      var columns = CodeColumns()
      var end = first
      while end < trees.count, trees[end].leaves.count <= CodedTrees.leafLimit,
        columns.accepts(trees[end])
      { end += 1 }
      if end > first {
        let coded = CodedTrees(
          trees[first..<end], columns: columns, rule: rule, firstID: sourceCount)
        sourceCount += coded.sources.count
        parts.append(Part(trees: first..<end, coded: coded))
      } else {
        // Too many leaves or thresholds for bytes.
        end = first + 1
        parts.append(Part(trees: first..<end, coded: nil))
      }
      first = end
    }
    self.parts = parts
    columnCount = parts.reduce(0) { max($0, $1.coded?.columnCount ?? 0) }
    let walked = parts.filter { $0.coded == nil }.flatMap { trees[$0.trees] }
    var isWalked = [Bool](repeating: false, count: featureCount)
    for split in walked.flatMap(\.splits) { isWalked[split.feature] = true }
    walkedFeatures = isWalked.indices.filter { isWalked[$0] }
    walk = TreeWalk(trees, rule: rule)
  }
}
