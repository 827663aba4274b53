extension RankedLabels {
  /// The share of (event, non-event) pairs that the score orders right; a tie counts one half.
  ///
  /// Equal to the area under the ROC curve (Hanley and McNeil, 1982). Pairs are counted in integers,
  /// so the value is rounded once, in the final division. Undefined with one class or no rows.
  ///
  /// - Complexity: O(n) after sorting.
  public var areaUnderROC: MetricValue {
    if let missingClass { return .undefined(missingClass) }
    var doubledPairs = 0
    var nonEventsAbove = 0
    var start = 0
    for end in tieEnds {
      let tied = labels[start..<Int(end)].reduce(0) { $0 + Int($1) }
      let tiedNonEvents = Int(end) - start - tied
      let nonEventsBelow = nonEvents - nonEventsAbove - tiedNonEvents
      doubledPairs += tied * (2 * nonEventsBelow + tiedNonEvents)
      nonEventsAbove += tiedNonEvents
      start = Int(end)
    }
    return .value(Double(doubledPairs) / Double(2 * events * nonEvents))
  }
}
