internal import QuantCore

/// Scores from which trees can be taken and put back without an error of rounding.
///
/// The leaf of each row is kept for each tree, and where trees were dropped or changed, scores are summed
/// anew in the order of the trees: subtracting a leaf value and adding it again would change bits.
struct DroppableScores: TreeScores {
  private let start: Double
  /// The score of each row after the trees that are never dropped; empty where there are none.
  private let starts: [Double]
  /// How many trees those are.
  private let fixed: Int
  private let parts: [Range<Int>]
  private let values: DisjointSlices<Double>
  private var trees: [LeafCodes] = []
  /// The leaves of the tree that is being added.
  private var added: LeafCodes?

  /// Rows whose scores are summed at once, so that they stay in the first-level cache.
  private static let blockRows = 2_048

  init(_ rows: [Int32], from start: BoostingStart) {
    self.start = start.score
    fixed = start.fixedTrees
    starts = fixed > 0 ? start.scores(rows) : []
    parts = ParallelFor.ranges(of: rows.count, parts: max(1, rows.count / (4 * Self.blockRows)))
    values = DisjointSlices(repeating: start.score, count: rows.count, ranges: parts)
    let known = start.model?.trees ?? []
    trees = known.dropFirst(fixed).map { LeafCodes($0, rows: rows, features: start.features) }
    sum(known, without: [], threads: 1)
  }

  func withValues<Result>(_ body: (Span<Double>) -> Result) -> Result { values.withAll(body) }

  func drop(_ dropped: [Int], from trees: [Tree], threads: Int) {
    if !dropped.isEmpty { sum(trees, without: dropped, threads: threads) }
  }

  mutating func add(
    _ grown: GrownTree, _ partition: NodePartition, _ ranges: [Range<Int>], threads: Int
  ) {
    var codes =
      added ?? LeafCodes(rows: parts.last?.upperBound ?? 0, leaves: grown.leaves.count)
    added = nil
    codes.note(partition, ranges)
    added = codes
  }

  mutating func settle(_ trees: [Tree], isChanged: Bool, threads: Int) {
    guard let codes = added, let tree = trees.last else { return }
    added = nil
    self.trees.append(codes)
    if isChanged {
      sum(trees, without: [], threads: threads)
    } else {
      sum([tree], codes: [codes], threads: threads)
    }
  }

  /// Sums up the scores anew, in the order of the trees.
  ///
  /// - Complexity: O(rows x trees).
  private func sum(_ trees: [Tree], without dropped: [Int], threads: Int) {
    let (start, starts) = (start, starts)
    ParallelFor.run(count: parts.count, threads: threads) { part in
      values.withSlice(part) { scores, range in
        for row in scores.indices {
          scores[row] = starts.isEmpty ? start : starts[range.lowerBound + row]
        }
      }
    }
    var isKept = [Bool](repeating: true, count: trees.count)
    for tree in dropped { isKept[tree] = false }
    let kept = (fixed..<trees.count).filter { isKept[$0] }
    sum(kept.map { trees[$0] }, codes: kept.map { self.trees[$0 - fixed] }, threads: threads)
  }

  /// Adds some trees to the scores.
  private func sum(_ trees: [Tree], codes: [LeafCodes], threads: Int) {
    let leaves = trees.map { $0.leaves.map(\.value) }
    ParallelFor.run(count: parts.count, threads: threads) { part in
      values.withSlice(part) { scores, range in
        var first = 0
        while first < range.count {
          let rows = first..<min(first + Self.blockRows, range.count)
          for (tree, codes) in codes.enumerated() {
            codes.add(leaves[tree], to: &scores, rows: rows, first: range.lowerBound)
          }
          first = rows.upperBound
        }
      }
    }
  }
}

extension LeafCodes {
  /// The leaves of rows of a matrix, by their values.
  fileprivate init(_ tree: Tree, rows: [Int32], features: FeatureMatrix) {
    func leaf(_ row: Int32) -> Int { tree.leaf { features.column($0)[Int(row)] } }
    if tree.leaves.count <= 256 {
      self = .bytes(rows.map { UInt8(truncatingIfNeeded: leaf($0)) })
    } else {
      self = .words(rows.map { UInt32(truncatingIfNeeded: leaf($0)) })
    }
  }
}
