/// The histograms of one node for the columns of a block, in memory that is used again.
///
/// Two halves of 16 x 256 words. A node of at most 4,096 rows is packed: the first half holds
/// `PackedSum` words, and the second is not looked at. A larger node is wide: the first half holds
/// gradients, the second hessians and rows (`WideSum`). Bin 255 is that of missing values.
struct HistogramSlot {
  /// Words of one column in a half.
  static let stride = 256
  static let size = BinnedMatrix.blockWidth * stride

  private var first: [Int64]
  /// Empty until it is needed.
  private var second: [Int64] = []
  /// Words in use: 256 for each column that a tree may split on.
  private var words = 0
  private(set) var isPacked = true

  /// Memory for a node, without histograms.
  init() { first = [Int64](repeating: 0, count: Self.size) }

  /// Whether a node of so many rows is packed.
  static func isPacked(rows: Int) -> Bool { rows <= PackedSum.rowLimit }

  /// Replaces the content by sums over rows.
  ///
  /// - Parameters:
  ///   - codes: the block, 16 bytes for each of `limit` rows.
  ///   - scratch: memory for one half: 16 x 256 words.
  mutating func build(
    codes: Span<UInt8>, limit: Int, rows: Span<Int32>, words: Span<Int64>, places: Span<Int>,
    scratch: inout [Int64]
  ) {
    self.words = places.count * Self.stride
    isPacked = Self.isPacked(rows: rows.count)
    zero(&first, count: self.words)
    if isPacked {
      var target = first.mutableSpan
      accumulate(
        codes: codes, limit: limit, rows: rows, words: words, places: places, into: &target)
      return
    }
    if second.isEmpty { second = [Int64](repeating: 0, count: Self.size) }
    zero(&second, count: self.words)
    var start = 0
    while start < rows.count {
      let part = start..<min(start + PackedSum.rowLimit, rows.count)
      zero(&scratch, count: self.words)
      var target = scratch.mutableSpan
      accumulate(
        codes: codes, limit: limit, rows: rows.extracting(part), words: words.extracting(part),
        places: places, into: &target)
      Self.widen(scratch.span.extracting(0..<self.words), &first, &second)
      start = part.upperBound
    }
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

  /// The sums of one bin of column `index`.
  func sum(index: Int, code: Int) -> NodeSum {
    let place = index * Self.stride + code
    guard !isPacked else { return NodeSum(packed: first[place]) }
    return NodeSum(
      gradient: first[place], hessian: WideSum.hessian(second[place]),
      count: Int(WideSum.count(second[place])))
  }

  private static func widen(
    _ packed: Span<Int64>, _ first: inout [Int64], _ second: inout [Int64]
  ) {
    var gradients = first.mutableSpan
    var others = second.mutableSpan
    QuantLearners.widen(packed, gradients: &gradients, others: &others)
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
