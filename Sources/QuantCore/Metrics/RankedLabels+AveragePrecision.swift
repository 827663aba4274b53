extension RankedLabels {
  /// The mean, over the events, of the precision down to and including the ties of each event.
  ///
  /// The sum of (recall gained at a threshold) x (precision at it) over the distinct scores, as in
  /// scikit-learn's `average_precision_score`: no interpolation, equal scores enter together. Terms
  /// are rounded once each and summed exactly. Undefined without events.
  ///
  /// - Complexity: O(n) after sorting.
  public var averagePrecision: MetricValue {
    guard events > 0 else {
      return .undefined(count == 0 ? "no rows" : "no events in \(count) rows")
    }
    var sum = ExactSum()
    var found = 0
    var start = 0
    for end in tieEnds {
      let tied = labels[start..<Int(end)].reduce(0) { $0 + Int($1) }
      found += tied
      if tied > 0 { sum.add(Double(tied * found) / Double(end)) }
      start = Int(end)
    }
    return .value(sum.value / Double(events))
  }
}
