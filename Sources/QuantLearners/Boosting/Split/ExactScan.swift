internal import QuantCore

// Looking at all splits of one feature that the vectors of `ScanLanes` do not know: categories, smoothed
// and bounded outputs, random thresholds. Plain loops in double precision; a feature has at most 255 bins.

/// A feature of a node, and the sums of its bins; code 255 is that of missing values.
struct ExactScan {
  let feature: Int
  /// The number of bins of values.
  let bins: Int
  let direction: MonotoneDirection
  /// The random number in [0, 1) that chooses the split to look at; `nil` where all are.
  let choice: Double?

  init(
    feature: Int, bins: Int, direction: MonotoneDirection = .free, stream: CounterStream? = nil
  ) {
    self.feature = feature
    self.bins = bins
    self.direction = direction
    choice = stream.map { CounterStream(seed: $0.key, 0x7468_7265_7368).unit(UInt64(feature)) }
  }

  /// The element that the random number chooses, or all.
  func chosen(_ range: Range<Int>) -> Range<Int> {
    guard let choice, !range.isEmpty else { return range }
    let first = range.lowerBound + Int(choice * Double(range.count))
    return first..<first + 1
  }

  /// Looks at the boundaries between bins of numbers, with missing values on either side.
  ///
  /// A random boundary lies between the lowest and the highest value of the node.
  func numbers(_ sums: [NodeSum], _ search: inout SplitSearch) {
    let missing = sums[Int(BinMapper.missingCode)]
    let boundaries = choice == nil ? 0..<bins : chosen(between(sums))
    for isMissingLeft in missing.count > 0 ? [false, true] : [false] {
      var left = isMissingLeft ? missing : NodeSum()
      for bin in 0..<boundaries.upperBound {
        left = left + sums[bin]
        guard boundaries.contains(bin) else { continue }
        search.offerExactly(
          left, feature: feature,
          .atMost(
            bin: bin,
            isMissingLeft: missing.count > 0
              ? isMissingLeft : 2 * left.count >= search.total.count),
          direction: direction)
      }
    }
  }
  /// The boundaries that part rows of the node.
  private func between(_ sums: [NodeSum]) -> Range<Int> {
    let filled = (0..<bins).filter { sums[$0].count > 0 }
    guard let first = filled.first, let last = filled.last else { return 0..<0 }
    // With missing values the last bin has a boundary too: all values left, missing ones right.
    return first..<(sums[Int(BinMapper.missingCode)].count > 0 ? last + 1 : last)
  }
}
