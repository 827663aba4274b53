// Trees as programs over columns of bytes, for 128 rows at a time.
//
// Values are first coded: the code of a value is how many thresholds of its feature it exceeds, less
// 128, so that it is a signed byte and one comparison answers a question for 16 rows.
//
// The leaves of a tree are numbered from left to right. Then the leaf of a row below a split is
// max(l, r & m), where l and r are the leaves that the row has in the left and in the right subtree and
// m is all ones if the row goes right: every number on the right is larger than every number on the
// left. A chain is a way that only turns left; from its leaf upwards it takes in one right subtree after
// the other. All splits of a tree are evaluated, but without a branch, and the work of a split for 16
// rows is four instructions.
//
// The idea of asking all questions of a tree instead of walking is that of QuickScorer (Lucchese et al.,
// "QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees", 2015);
// numbers in place of its bit vectors need no search for a set bit, and less work the more leaves.

/// A split on a chain.
struct CodedSplit: Sendable {
  /// Where the codes of its column start.
  var column: Int32
  /// Where the leaves of its right subtree are: in the slots of a block.
  var right: Int32
  /// Rows with a larger code go right.
  var threshold: SIMD16<Int8>
}

/// A way that only turns left, from its end upwards.
struct CodedChain: Sendable {
  /// The split after its last one; it starts where the chain before ends.
  var end: Int32
  /// The leaf at its end.
  var first: Int32
  /// Where its result goes.
  var result: Int32
}

/// Neighbouring trees of an ensemble that share columns of codes.
struct CodedTrees: Sendable {
  /// Leaves of a tree at most, so that a byte tells them apart.
  static let leafLimit = 256

  /// Where a tree starts.
  struct Start: Sendable {
    var chain: Int
    var split: Int
    var leaf: Int
  }

  /// The columns.
  let sources: [CodeSource]
  /// Sources that are read at once.
  let batches: [Range<Int>]
  /// The number of columns.
  let columnCount: Int
  private(set) var splits: [CodedSplit] = []
  private(set) var chains: [CodedChain] = []
  /// Leaf values of tree after tree, from left to right.
  private(set) var values: [Double] = []
  /// For each of `values` the number of its leaf in its tree.
  private(set) var leafNumbers: [Int32] = []
  /// Where each tree starts, and where the last one ends.
  private(set) var starts = [Start(chain: 0, split: 0, leaf: 0)]

  /// - Parameter trees: trees of at most `leafLimit` leaves that `columns` has accepted.
  init(_ trees: ArraySlice<Tree>, columns: CodeColumns, rule: ScoreRule, firstID: Int) {
    let sources: [CodeSource]
    (sources, columnCount) = columns.sources(firstID: firstID)
    self.sources = sources
    let step = PredictionBlock.readColumns
    batches = stride(from: 0, to: sources.count, by: step).map {
      $0..<min($0 + step, sources.count)
    }
    let places = CodePlaces(sources)
    for tree in trees {
      precondition(tree.leaves.count <= Self.leafLimit)
      var builder = ChainBuilder(tree, places: places, splits: splits, chains: chains)
      builder.build()
      (splits, chains) = (builder.splits, builder.chains)
      values += builder.leafOrder.map { rule.rounded(tree.leaves[$0].value) }
      leafNumbers += builder.leafOrder.map { Int32($0) }
      starts.append(Start(chain: chains.count, split: splits.count, leaf: values.count))
    }
  }
}

/// Cuts one tree into chains.
private struct ChainBuilder {
  let tree: Tree
  let places: CodePlaces
  var splits: [CodedSplit]
  var chains: [CodedChain]
  /// Leaves from left to right.
  private(set) var leafOrder: [Int] = []
  private var ranks: [Int]

  init(_ tree: Tree, places: CodePlaces, splits: [CodedSplit], chains: [CodedChain]) {
    self.tree = tree
    self.places = places
    self.splits = splits
    self.chains = chains
    ranks = [Int](repeating: 0, count: tree.leaves.count)
  }

  mutating func build() {
    var open = [tree.splits.isEmpty ? ~0 : 0]
    while let place = open.popLast() {
      if place < 0 {
        ranks[~place] = leafOrder.count
        leafOrder.append(~place)
      } else {
        open.append(tree.splits[place].right)
        open.append(tree.splits[place].left)
      }
    }
    addChain(from: tree.splits.isEmpty ? ~0 : 0, slot: 0)
  }

  /// Adds the chain that starts at a place, and before it those of its right subtrees.
  ///
  /// Results that wait take slots from `slot` on. A chain reads them all before it writes its own, so
  /// that its result may take the place of the first.
  private mutating func addChain(from top: Int, slot: Int) {
    var spine: [Int] = []
    var place = top
    while place >= 0 {
      spine.append(place)
      place = tree.splits[place].left
    }
    var free = slot
    var rights: [Int] = []
    for index in spine.reversed() {
      let right = tree.splits[index].right
      if right < 0 {
        rights.append(PredictionBlock.leafSlot(ranks[~right]))
      } else {
        addChain(from: right, slot: free)
        rights.append(PredictionBlock.resultSlot(free))
        free += 1
      }
    }
    for (index, right) in zip(spine.reversed(), rights) {
      let (column, threshold) = places.code(of: tree.splits[index])
      splits.append(
        CodedSplit(
          column: Int32(column * PredictionBlock.rows), right: Int32(right),
          threshold: SIMD16(repeating: threshold)))
    }
    chains.append(
      CodedChain(
        end: Int32(splits.count), first: Int32(ranks[~place]),
        result: Int32(PredictionBlock.resultSlot(slot))))
  }
}
