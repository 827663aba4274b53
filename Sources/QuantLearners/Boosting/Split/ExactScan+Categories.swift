// Splits on categories as LightGBM 4 looks for them (Fisher, "On grouping for maximum homogeneity", 1958:
// of all sets of categories the best one is a run of those sorted by the mean of what is predicted).
// Missing values and categories without a bin always go right.

extension ExactScan {
  /// Looks at each category against all others.
  func oneHot(_ sums: [NodeSum], _ search: inout SplitSearch) {
    let present = (0..<bins).filter { sums[$0].count > 0 }
    for code in present[chosen(present.indices)] {
      search.offerExactly(sums[code], feature: feature, .isOneOf(BinSet([code])))
    }
  }

  /// Looks at runs from either end of the categories in the order of gradient / (hessian + smoothing).
  ///
  /// Rare categories of the node take no part and go right. A run grows by groups of at least
  /// `minimumRows` rows, to at most `maximum` categories or half of them.
  func sets(_ sums: [NodeSum], _ search: inout SplitSearch) {
    let order = sorted(sums, search.rules.categories)
    scanRuns(order, sums, &search)
    scanRuns(order.reversed(), sums, &search)
  }

  /// The codes that take part, in a total order: equal ones by code.
  private func sorted(_ sums: [NodeSum], _ rules: CategoryRules) -> [Int] {
    var keys: [(value: Double, code: Int)] = []
    for code in 0..<bins where sums[code].count > 0 && Double(sums[code].count) >= rules.leastRows {
      // A quantised hessian may be 0 where the true one is not.
      let divisor = Double(max(1, sums[code].hessian)) + rules.smoothing
      keys.append((Double(sums[code].gradient) / divisor, code))
    }
    return keys.sorted { $0 < $1 }.map(\.code)
  }

  private func scanRuns(_ order: [Int], _ sums: [NodeSum], _ search: inout SplitSearch) {
    let (rules, categories) = (search.rules, search.rules.categories)
    let limit = min(categories.maximum, (order.count + 1) / 2)
    let looked = chosen(0..<limit)
    var (left, set, group) = (NodeSum(), BinSet(), 0)
    for place in 0..<limit {
      let code = order[place]
      left = left + sums[code]
      set.insert(code)
      group += sums[code].count
      guard rules.accepts(left) else { continue }
      let right = search.total - left
      guard rules.accepts(right), right.count >= categories.minimumRows else { return }
      guard group >= categories.minimumRows else { continue }
      group = 0
      guard looked.contains(place) else { continue }
      search.offerExactly(left, feature: feature, .isOneOf(set), addedL2: categories.l2)
    }
  }
}
