// Scanning the bins of one feature for its best split, where a node has more rows than packed sums can
// hold. The same as for packed sums, with the fields in two words. Nodes of more than 262,143 rows, whose
// sums do not fit vectors of 32 bits, are scanned bin by bin; a tree has few of them.

/// Scans a wide histogram.
func scan(
  gradients: Span<Int64>, others: Span<Int64>, bins: Int, feature: Int,
  sums: inout ScanSums, _ search: inout SplitSearch
) {
  precondition(gradients.count >= 256 && others.count >= 256 && bins <= 255)
  runningSums(of: gradients, bins: bins, into: &sums.first)
  runningSums(of: others, bins: bins, into: &sums.second)
  let (first, second) = (sums.first.span, sums.second.span)
  scan(
    ScanPlace(bins: bins, feature: feature), missing: sum(gradients[255], others[255]), &search,
    sum: { sum(first[$0], second[$0]) },
    isHit: { $0.hasHit(gradients: first, others: second, $1) })
}

@inline(__always)
private func sum(_ gradient: Int64, _ other: Int64) -> NodeSum {
  NodeSum(
    gradient: gradient, hessian: WideSum.hessian(other), count: Int(WideSum.count(other)))
}
