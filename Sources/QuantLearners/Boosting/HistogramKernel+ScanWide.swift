// Scanning the bins of one feature for its best split, where a node has more rows than packed sums can
// hold. The same as for packed sums, with the fields in two words. Nodes of more than 262,143 rows, whose
// sums do not fit vectors of 32 bits, are scanned bin by bin; a tree has few of them.

/// Scans a wide histogram.
func scan(
  gradients: Span<Int64>, others: Span<Int64>, bins: Int, feature: Int,
  sums: inout ScanSums, _ search: inout SplitSearch
) {
  precondition(gradients.count >= 256 && others.count >= 256 && bins <= 255)
  let isPlain = ScanLanes.suits(search.rules, rows: search.total.count)
  runningSums(of: gradients, bins: bins, into: &sums.first)
  runningSums(of: others, bins: bins, into: &sums.second)
  let missing = sum(gradients[255], others[255])
  let place = ScanPlace(bins: bins, feature: feature, hasMissing: missing.count > 0)
  scan(sums.first.span, sums.second.span, place, missing: NodeSum(), isPlain: isPlain, &search)
  if missing.count > 0 {
    scan(sums.first.span, sums.second.span, place, missing: missing, isPlain: isPlain, &search)
  }
}

@inline(__always)
private func sum(_ gradient: Int64, _ other: Int64) -> NodeSum {
  NodeSum(
    gradient: gradient, hessian: WideSum.hessian(other), count: Int(WideSum.count(other)))
}

/// Looks at all splits that send `missing` left beside the running sums.
private func scan(
  _ gradients: Span<Int64>, _ others: Span<Int64>, _ place: ScanPlace, missing: NodeSum,
  isPlain: Bool, _ search: inout SplitSearch
) {
  let rules = search.rules
  var lanes = ScanLanes(search, missing: missing)
  var bin = 0
  while bin < place.bins {
    let last = min(bin &+ 7, 255)
    let first = missing + sum(gradients[bin], others[bin])
    guard rules.accepts(search.total - first) else { return }
    if rules.accepts(missing + sum(gradients[last], others[last])),
      !isPlain || lanes.hasHit(gradients: gradients, others: others, bin)
    {
      for bin in bin..<min(bin &+ 8, place.bins) {
        let left = missing + sum(gradients[bin], others[bin])
        guard rules.accepts(left), rules.accepts(search.total - left) else { continue }
        search.offer(
          left, feature: place.feature, bin: bin,
          isMissingLeft: place.hasMissing
            ? missing.count > 0 : 2 * left.count >= search.total.count)
      }
      lanes.setLimit(search)
    }
    bin &+= 8
  }
}
