/// How many of some ascending values, or bins of values, are below 0, and how many are 0.
struct SignCounts: Hashable, Sendable {
  var negative: Int
  var zero: Int
}

/// Groups ordered counts into at most `bins` groups; the last index of each group.
///
/// No group holds two signs where that is possible: negative and positive values share the groups in
/// proportion to their rows, and zeros have one. LightGBM cuts at zero in the same way.
///
/// - Complexity: O(n).
func signedCuts(_ counts: [Int], signs: SignCounts, bins: Int) -> [Int] {
  guard counts.count > bins else { return Array(counts.indices) }
  let right = signs.negative + signs.zero
  let (below, above) = (Array(counts[..<signs.negative]), Array(counts[right...]))
  let available = bins - signs.zero
  guard !below.isEmpty, !above.isEmpty, available >= 2 else {
    if signs.zero == 0 || available < 1 || below.isEmpty == above.isEmpty {
      return quantileCuts(counts, bins: bins)
    }
    let cuts = quantileCuts(below + above, bins: available)
    return below.isEmpty ? [0] + cuts.map { $0 + 1 } : cuts + [counts.count - 1]
  }
  let rows = (below: below.reduce(0, +), above: above.reduce(0, +))
  let share = Double(rows.below) / Double(rows.below + rows.above) * Double(available)
  // Each side gets at least one, and none more than it has values, if the other can use the rest.
  let wanted = min(max(1, Int(share.rounded())), available - 1, below.count)
  let belowBins = min(max(wanted, available - above.count), below.count)
  let lower = quantileCuts(below, bins: belowBins)
  let upper = quantileCuts(above, bins: available - belowBins).map { $0 + right }
  return lower + (signs.zero == 1 ? [signs.negative] : []) + upper
}

/// Groups ordered counts into at most `bins` groups of about equal sums; the last index of each group.
///
/// A count that is as large as an average group stands alone, and the others share what is left, as in
/// LightGBM's `GreedyFindBin`. Where there are no more counts than `bins`, each stands alone.
///
/// - Complexity: O(n).
func quantileCuts(_ counts: [Int], bins: Int) -> [Int] {
  guard counts.count > bins else { return Array(counts.indices) }
  var rest = counts.reduce(0, +)
  var restBins = bins
  let average = Double(rest) / Double(bins)
  for count in counts where Double(count) >= average {
    rest -= count
    restBins -= 1
  }
  var target = Double(rest) / Double(max(1, restBins))
  var ends: [Int] = []
  var current = 0
  for index in 0..<counts.count - 1 where ends.count < bins - 1 {
    let isLarge = Double(counts[index]) >= average
    let isNextLarge = Double(counts[index + 1]) >= average
    if !isLarge { rest -= counts[index] }
    current += counts[index]
    if isLarge || Double(current) >= target
      || (isNextLarge && Double(current) >= max(1, target / 2))
    {
      ends.append(index)
      current = 0
      if !isLarge {
        restBins -= 1
        target = Double(rest) / Double(max(1, restBins))
      }
    }
  }
  return ends + [counts.count - 1]
}
