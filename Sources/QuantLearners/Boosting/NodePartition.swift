/// The rows of a tree, ordered so that those of a node are neighbours.
///
/// Splitting a node moves the rows that go left to the front of its range. Both sides keep their
/// order, so that rows ascend within every node and memory is read forwards.
struct NodePartition {
  private(set) var rows: [Int32]
  private var spare: [Int32]

  /// - Parameter capacity: the most rows that a tree has.
  init(capacity: Int) {
    rows = []
    rows.reserveCapacity(capacity)
    spare = [Int32](repeating: 0, count: capacity)
  }

  /// Starts a tree with its rows.
  mutating func begin(_ chosen: ArraySlice<Int32>) {
    rows.removeAll(keepingCapacity: true)
    rows.append(contentsOf: chosen)
  }

  /// Which rows go left: codes up to `bin`, and missing values where `isMissingLeft`.
  struct Rule {
    var place: Int
    var bin: Int
    var isMissingLeft: Bool
  }

  /// Reorders the rows of a node and returns how many go left.
  ///
  /// - Parameters:
  ///   - codes: the block that holds the feature, 16 bytes a row.
  /// - Complexity: O(rows of the node), without a branch that depends on the data.
  mutating func split(_ range: Range<Int>, codes: Span<UInt8>, rule: Rule) -> Int {
    Self.split(&rows, &spare, range, codes, rule)
  }

  private static func split(
    _ rows: inout [Int32], _ spare: inout [Int32], _ range: Range<Int>, _ codes: Span<UInt8>,
    _ rule: Rule
  ) -> Int {
    var target = rows.mutableSpan
    var others = spare.mutableSpan
    // One more than a code wraps the missing code around to 0, below every bin.
    let step: UInt8 = rule.isMissingLeft ? 1 : 0
    let limit = UInt8(rule.bin) &+ step
    var (left, right) = (range.lowerBound, 0)
    for index in range {
      let row = target[index]
      let code = codes[Int(row) &* 16 &+ rule.place] &+ step
      let goesLeft = code <= limit ? 1 : 0
      // Written to both sides; the one that does not count is overwritten later.
      target[left] = row
      others[right] = row
      left &+= goesLeft
      right &+= 1 &- goesLeft
    }
    for index in 0..<right { target[left &+ index] = others[index] }
    return left - range.lowerBound
  }
}
