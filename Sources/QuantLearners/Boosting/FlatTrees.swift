internal import QuantCore

// Trees laid out for prediction. A block of rows takes one step in a tree, then the next step, so that
// the steps of different rows overlap; no branch depends on the data. Leaves are nodes that lead to
// themselves, so that short ways wait for long ones. The values that a block needs are first copied row
// by row, only of features that some tree asks for.

/// All trees of an ensemble in one array of nodes.
struct FlatTrees: Sendable {
  /// Rows that are predicted at once.
  static let blockRows = 64

  /// A split, or a leaf: which leads to itself by whatever way.
  struct Node: Sendable {
    var threshold: Float
    /// Twice the place among the used features, plus 1 where missing values go left.
    var feature: Int32
    var left: Int32
    var right: Int32
  }

  /// Columns that some tree asks for, ascending.
  let features: [Int]
  private var nodes: [Node] = []
  private var values: [Double] = []
  private var roots: [(root: Int32, depth: Int)] = []

  init(_ trees: [Tree]) {
    var places: [Int: Int] = [:]
    for tree in trees { for split in tree.splits { places[split.feature] = 0 } }
    features = places.keys.sorted()
    for (place, feature) in features.enumerated() { places[feature] = place }
    for tree in trees {
      let first = nodes.count
      let firstLeaf = first + tree.splits.count
      func index(_ child: Int) -> Int32 { Int32(child >= 0 ? first + child : firstLeaf + ~child) }
      for split in tree.splits {
        let place = Int32(places[split.feature] ?? 0)
        nodes.append(
          Node(
            threshold: split.threshold, feature: 2 * place + (split.isMissingLeft ? 1 : 0),
            left: index(split.left), right: index(split.right)))
        values.append(0)
      }
      for (leaf, value) in tree.leafValues.enumerated() {
        let place = Int32(firstLeaf + leaf)
        nodes.append(Node(threshold: 0, feature: 0, left: place, right: place))
        values.append(value)
      }
      roots.append((Int32(first), tree.depth))
    }
  }

  /// Memory for one block of rows.
  struct Block {
    var values: [Float]
    var places: [Int32]
    var scores: [Double]

    init(features: Int) {
      values = [Float](repeating: 0, count: FlatTrees.blockRows * max(1, features))
      places = [Int32](repeating: 0, count: FlatTrees.blockRows)
      scores = [Double](repeating: 0, count: FlatTrees.blockRows)
    }
  }

  /// Copies the values of some rows, row by row.
  func gather(_ matrix: FeatureMatrix, rows: Span<Int32>, into block: inout Block) {
    precondition(rows.count <= Self.blockRows)
    let width = max(1, features.count)
    var target = block.values.mutableSpan
    for (place, feature) in features.enumerated() {
      let column = matrix.column(feature)
      for index in rows.indices { target[index &* width &+ place] = column[Int(rows[index])] }
    }
  }

  /// Computes the scores of the rows of a block.
  func add(rows: Int, start: Double, _ block: inout Block) {
    let values = block.values
    add(rows: rows, start: start, values.span, &block.places, &block.scores)
  }

  private func add(
    rows: Int, start: Double, _ values: Span<Float>, _ placeArray: inout [Int32],
    _ scoreArray: inout [Double]
  ) {
    let width = max(1, features.count)
    let (nodes, leafValues) = (nodes.span, self.values.span)
    var places = placeArray.mutableSpan
    var scores = scoreArray.mutableSpan
    for row in 0..<rows { scores[row] = start }
    for (root, depth) in roots {
      for row in 0..<rows { places[row] = root }
      for _ in 0..<depth {
        for row in 0..<rows {
          let node = nodes[Int(places[row])]
          let value = values[row &* width &+ Int(node.feature &>> 1)]
          // NaN is not at most the threshold, and not above it either.
          let isLeft = node.feature & 1 == 1 ? !(value > node.threshold) : value <= node.threshold
          places[row] = isLeft ? node.left : node.right
        }
      }
      for row in 0..<rows { scores[row] += leafValues[Int(places[row])] }
    }
  }
}
