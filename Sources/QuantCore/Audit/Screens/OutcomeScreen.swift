/// Looks for single features that separate events from non-events too well to be honest.
///
/// A column that was filled in after the event stands in a line that was there in time, so no day in
/// the source gives it away. What does is how well it foretells: alone, by its value or by being there
/// at all. It is a suspicion, not a proof, and a weak outcome column escapes it.
struct OutcomeScreen {
  let rule: AuditRule
  let threads: Int
  /// With fewer events, or fewer other rows, nothing is said.
  static let leastRows = 10

  /// Judges every feature at every horizon.
  func findings(_ content: PanelContent) -> [LeakFinding] {
    var findings: [LeakFinding] = []
    for labels in content.labels.horizons {
      let rows = labels.y.indices.filter { labels.y[$0] != PanelLabels.unknown }
      let found = ParallelFor.map(count: content.columns.count, threads: threads) { feature in
        let column = content.columns[feature]
        return judge(rows.map { column[$0] }, rows.map { labels.y[$0] })
      }
      for (name, (area, isPresence)) in zip(content.featureNames, found)
      where area >= rule.outcomeArea {
        let how = isPresence ? "being there or missing" : "its value"
        findings.append(
          LeakFinding(
            kind: .outcome, name: name, source: nil,
            explanation: "feature \(name) alone, by \(how), has an area under the ROC curve of "
              + "\((area * 1e4).rounded() / 1e4) at \(labels.horizon.months) months; accepted: below "
              + "\(rule.outcomeArea) (audit.outcomeArea), or the day on which it was recorded in "
              + "audit.recorded"))
      }
    }
    return findings
  }

  /// The better of the areas of value and presence, whichever way round; 0.5 where too little is known.
  private func judge(_ values: [Float], _ labels: [UInt8]) -> (area: Double, isPresence: Bool) {
    let presence = area(values.map { $0.isNaN ? 0 : 1 }, labels)
    let known = values.indices.filter { !values[$0].isNaN }
    let value = area(known.map { Double(values[$0]) }, known.map { labels[$0] })
    return presence > value ? (presence, true) : (value, false)
  }

  private func area(_ scores: [Double], _ labels: [UInt8]) -> Double {
    guard let ranked = try? RankedLabels(scores: scores, labels: labels),
      ranked.events >= OutcomeScreen.leastRows, ranked.nonEvents >= OutcomeScreen.leastRows,
      let area = ranked.areaUnderROC.number
    else { return 0.5 }
    return max(area, 1 - area)
  }
}
