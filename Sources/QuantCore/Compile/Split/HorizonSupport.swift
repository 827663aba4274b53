/// The periods for which a panel can train a horizon.
public struct HorizonSupport: Hashable, Sendable, CustomStringConvertible {
  /// The horizon.
  public var horizon: Horizon
  /// First and last period that can be trained and evaluated, or `nil` where there is none.
  public var evaluated: ClosedRange<Period>?
  /// First and last period that can be trained and ranked, or `nil` where there is none.
  public var ranked: ClosedRange<Period>?

  /// For example `3m: evaluate 1996Q1 to 2015Q3, rank to 2015Q4`.
  public var description: String {
    guard let ranked else { return "\(horizon): no period" }
    guard let evaluated else {
      return "\(horizon): rank \(ranked.lowerBound) to \(ranked.upperBound)"
    }
    return "\(horizon): evaluate \(evaluated.lowerBound) to \(evaluated.upperBound), "
      + "rank to \(ranked.upperBound)"
  }

  /// What a panel supports, one entry for each horizon, ascending.
  ///
  /// A period counts where both an event and a non-event of earlier periods in its window are known
  /// at its decision; to be evaluated it also needs a known label of its own. Periods between the
  /// first and the last are not checked one by one.
  ///
  /// - Complexity: O(horizons x (rows + periods²)).
  public static func of(_ panel: CompiledPanel, windowPeriods: Int? = nil) -> [HorizonSupport] {
    panel.horizons.compactMap { horizon in
      panel.labels(horizon).map {
        of(panel, horizon: horizon, labels: $0, windowPeriods: windowPeriods)
      }
    }
  }

  private static func of(
    _ panel: CompiledPanel, horizon: Horizon, labels: PanelLabels, windowPeriods: Int?
  ) -> HorizonSupport {
    let entries = panel.manifest.periods
    let (y, knownOn) = (labels.y.span, labels.knownOn.span)
    // For each period the first day on which one of its non-events and events is known.
    var firstKnown = [[Int32]](repeating: [.max, .max], count: entries.count)
    for (index, entry) in entries.enumerated() {
      for row in entry.rows where y[row] <= 1 {
        firstKnown[index][Int(y[row])] = min(firstKnown[index][Int(y[row])], knownOn[row])
      }
    }
    let embargo = Int64(panel.manifest.embargoDays)
    var (ranked, evaluated): ([Period], [Period]) = ([], [])
    for (index, entry) in entries.enumerated() where entry.rowCount > 0 {
      let window = firstKnown[max(0, index - max(0, windowPeriods ?? index))..<index]
      let isTrainable = (0...1).allSatisfy { label in
        window.contains { Int64($0[label]) + embargo <= Int64(entry.decisionDate.daysSinceEpoch) }
      }
      guard isTrainable else { continue }
      ranked.append(entry.period)
      if firstKnown[index].contains(where: { $0 != .max }) { evaluated.append(entry.period) }
    }
    func range(_ periods: [Period]) -> ClosedRange<Period>? {
      guard let first = periods.first, let last = periods.last else { return nil }
      return first...last
    }
    return HorizonSupport(horizon: horizon, evaluated: range(evaluated), ranked: range(ranked))
  }
}
