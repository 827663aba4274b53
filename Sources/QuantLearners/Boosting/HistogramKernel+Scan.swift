// Scanning the bins of one feature for its best split.
//
// Fast because eight bins are looked at together in single precision (`ScanLanes`); only the rare hits
// are looked at again, bin by bin and in double precision. Running sums stay packed.

/// Scans a packed histogram.
func scan(
  packed: Span<Int64>, bins: Int, feature: Int, sums: inout ScanSums,
  _ search: inout SplitSearch
) {
  precondition(packed.count >= 256 && bins <= 255)
  let missing = packed[255]
  let isPlain = ScanLanes.suits(search.rules, rows: search.total.count)
  runningSums(of: packed, bins: bins, into: &sums.first)
  let place = ScanPlace(bins: bins, feature: feature, hasMissing: missing != 0)
  scan(sums.first.span, place, missing: 0, isPlain: isPlain, &search)
  if missing != 0 { scan(sums.first.span, place, missing: missing, isPlain: isPlain, &search) }
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
  var hasMissing: Bool
}

/// Looks at all splits that send `missing` left beside the running sums.
private func scan(
  _ sums: Span<Int64>, _ place: ScanPlace, missing: Int64, isPlain: Bool,
  _ search: inout SplitSearch
) {
  let (rules, all) = (search.rules, search.total.packed)
  var lanes = ScanLanes(search, missing: NodeSum(packed: missing))
  var bin = 0
  while bin < place.bins {
    let last = min(bin &+ 7, 255)
    guard rules.accepts(NodeSum(packed: all &- missing &- sums[bin])) else { return }
    if rules.accepts(NodeSum(packed: missing &+ sums[last])),
      !isPlain || lanes.hasHit(packed: sums, bin)
    {
      for bin in bin..<min(bin &+ 8, place.bins) {
        let left = NodeSum(packed: missing &+ sums[bin])
        guard rules.accepts(left), rules.accepts(search.total - left) else { continue }
        search.offer(
          left, feature: place.feature, bin: bin,
          isMissingLeft: place.hasMissing ? missing != 0 : 2 * left.count >= search.total.count)
      }
      lanes.setLimit(search)
    }
    bin &+= 8
  }
}
