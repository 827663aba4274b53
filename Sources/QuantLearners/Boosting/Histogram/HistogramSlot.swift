/// The histograms of one node for the columns of a block, in memory that is used again.
///
/// Two halves of 256 words a column. A node of at most 4,096 rows is packed: the first half holds
/// `PackedSum` words, and the second is not looked at. A larger node is wide: the first half holds
/// gradients, the second hessians and rows (`WideSum`). Bin 255 is that of missing values.
struct HistogramSlot {
  /// Words of one column in a half.
  static let stride = 256
  /// Words of a half.
  static let size = BinnedMatrix.blockWidth * stride

  /// Empty until it is needed, like the other half.
  private var first: [Int64] = []
  private var second: [Int64] = []
  /// Words in use: 256 for each column that a tree may split on.
  private var words = 0
  private(set) var isPacked = true
  /// Whether the content is that of an earlier node, until the first `take`.
  private var isBlank = true

  /// Whether a node of so many rows is packed.
  static func isPacked(rows: Int) -> Bool { rows <= PackedSum.rowLimit }

  /// Becomes that of a node of `rows` rows, whose histograms follow by `take`.
  mutating func begin(columns: Int, rows: Int) {
    words = columns * Self.stride
    isPacked = Self.isPacked(rows: rows)
    isBlank = true
    precondition(words <= Self.size)
    if first.isEmpty { first = [Int64](repeating: 0, count: Self.size) }
    if !isPacked && second.isEmpty { second = [Int64](repeating: 0, count: Self.size) }
    if rows == 0 { zero(&first, count: words) }
  }

  /// Takes what an accumulator holds, which leaves zeros there.
  mutating func take(_ accumulator: inout BlockAccumulator) {
    if accumulator.rows == 0 { return }
    if isPacked {
      precondition(isBlank, "the rows of a small node are in one accumulator")
      accumulator.harvest(packed: &first)
    } else {
      if isBlank {
        zero(&first, count: words)
        zero(&second, count: words)
      }
      accumulator.harvest(gradients: &first, others: &second)
    }
    isBlank = false
  }

  /// Subtracts the histograms of a part of the node, which leaves those of `rows` rows.
  mutating func subtract(_ part: borrowing HistogramSlot, rows: Int) {
    let summands = part.first.span.extracting(0..<words)
    if isPacked || !part.isPacked {
      subtractHalf(summands, from: &first)
      if isPacked { return }
      subtractHalf(part.second.span.extracting(0..<words), from: &second)
    } else {
      Self.subtract(summands, &first, &second)
    }
    guard Self.isPacked(rows: rows) else { return }
    isPacked = true
    Self.narrow(&first, second, count: words)
  }

  /// Looks for the best split of column `index`, a feature with so many bins of values.
  func scan(
    index: Int, bins: Int, feature: Int, sums: inout ScanSums, _ search: inout SplitSearch
  ) {
    let range = index * Self.stride..<(index + 1) * Self.stride
    if isPacked {
      QuantLearners.scan(
        packed: first.span.extracting(range), bins: bins, feature: feature, sums: &sums, &search)
    } else {
      QuantLearners.scan(
        gradients: first.span.extracting(range), others: second.span.extracting(range),
        bins: bins, feature: feature, sums: &sums, &search)
    }
  }

  /// The sums of all 256 codes of column `index`.
  func sums(index: Int) -> [NodeSum] {
    (0..<Self.stride).map { sum(index: index, code: $0) }
  }

  /// The sums of one bin of column `index`.
  func sum(index: Int, code: Int) -> NodeSum {
    let place = index * Self.stride + code
    guard !isPacked else { return NodeSum(packed: first[place]) }
    return NodeSum(
      gradient: first[place], hessian: WideSum.hessian(second[place]),
      count: Int(WideSum.count(second[place])))
  }

  private static func narrow(_ first: inout [Int64], _ others: [Int64], count: Int) {
    var gradients = first.mutableSpan
    QuantLearners.narrow(gradients: &gradients, others: others.span, count: count)
  }

  private static func subtract(
    _ packed: Span<Int64>, _ first: inout [Int64], _ second: inout [Int64]
  ) {
    var gradients = first.mutableSpan
    var others = second.mutableSpan
    QuantLearners.subtract(packed: packed, gradients: &gradients, others: &others)
  }
}

private func zero(_ words: inout [Int64], count: Int) {
  var span = words.mutableSpan
  precondition(count <= span.count)
  for index in 0..<count { span[index] = 0 }
}

private func subtractHalf(_ part: Span<Int64>, from whole: inout [Int64]) {
  var span = whole.mutableSpan
  subtract(part, from: &span)
}
