// Scanning the bins of one feature for its best split.
//
// Fast because eight bins, with missing values on both sides, are looked at together in single precision
// (`ScanLanes`); only the rare hits are looked at again, bin by bin and in double precision. Running sums
// stay packed.

/// Scans a packed histogram.
func scan(
  packed: Span<Int64>, bins: Int, feature: Int, sums: inout ScanSums,
  _ search: inout SplitSearch
) {
  precondition(packed.count >= 256 && bins <= 255)
  runningSums(of: packed, bins: bins, into: &sums.first)
  let running = sums.first.span
  scan(
    ScanPlace(bins: bins, feature: feature), missing: NodeSum(packed: packed[255]), &search,
    sum: { NodeSum(packed: running[$0]) }, isHit: { $0.hasHit(packed: running, $1) })
}

/// Memory for the running sums of one feature, used again for every feature.
struct ScanSums: Sendable {
  var first = [Int64](repeating: 0, count: 256)
  var second = [Int64](repeating: 0, count: 256)
}

/// Sums words up from bin to bin; a last group of eight is filled up with bins that send all rows left.
func runningSums(of words: Span<Int64>, bins: Int, into sums: inout [Int64]) {
  precondition(bins <= 255 && words.count >= 256 && sums.count == 256)
  var target = sums.mutableSpan
  var sum: Int64 = 0
  for bin in 0..<bins {
    unsafe sum &+= words[unchecked: bin]
    unsafe target[unchecked: bin] = sum
  }
  for bin in bins..<min(256, bins &+ 7) { unsafe target[unchecked: bin] = sum }
}

/// The feature that is scanned.
struct ScanPlace {
  var bins: Int
  var feature: Int
}

/// Looks at all splits of a feature, with missing values on either side.
///
/// - Parameters:
///   - sum: the running sums up to a bin.
///   - isHit: whether one of the eight splits from a bin on may be the best.
@inline(__always)
func scan(
  _ place: ScanPlace, missing: NodeSum, _ search: inout SplitSearch, sum: (Int) -> NodeSum,
  isHit: (ScanLanes, Int) -> Bool
) {
  let hasMissing = missing.count > 0
  let right = accepted(place.bins, missing: NodeSum(), search, sum: sum)
  let left = hasMissing ? accepted(place.bins, missing: missing, search, sum: sum) : 0..<0
  var bin = right.isEmpty ? left.lowerBound : right.lowerBound
  if !left.isEmpty { bin = min(bin, left.lowerBound) }
  let end = max(left.upperBound, right.upperBound)
  let (rules, total) = (search.rules, search.total)
  let isPlain = ScanLanes.suits(rules, rows: total.count)
  var lanes = ScanLanes(search, missing: missing)
  while bin < end {
    if !isPlain || isHit(lanes, bin) {
      for bin in bin..<min(bin &+ 8, place.bins) {
        let sums = sum(bin)
        if rules.accepts(sums), rules.accepts(total - sums) {
          search.offer(
            sums, feature: place.feature, bin: bin,
            isMissingLeft: !hasMissing && 2 * sums.count >= total.count)
        }
        guard hasMissing else { continue }
        let joined = missing + sums
        if rules.accepts(joined), rules.accepts(total - joined) {
          search.offer(joined, feature: place.feature, bin: bin, isMissingLeft: true)
        }
      }
      lanes.setLimit(search)
    }
    bin &+= 8
  }
}

/// The groups of eight bins in which both children may be acceptable, where `missing` goes left.
///
/// Rows and hessians of the left child grow from bin to bin, so that these groups are neighbours.
@inline(__always)
private func accepted(
  _ bins: Int, missing: NodeSum, _ search: SplitSearch, sum: (Int) -> NodeSum
) -> Range<Int> {
  let (rules, rest) = (search.rules, search.total - missing)
  var first = 0
  while first < bins, !rules.accepts(missing + sum(min(first &+ 7, 255))) { first &+= 8 }
  var end = (bins &+ 7) & ~7
  while end > first, !rules.accepts(rest - sum(end &- 8)) { end &-= 8 }
  return first..<max(first, end)
}
