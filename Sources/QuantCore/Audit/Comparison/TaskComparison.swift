/// Compares splits and predictions of two panels up to a decision date.
struct TaskComparison: Sendable {
  let rule: SplitRule
  let excludingRisky: Bool
  let predictions: AuditedPredictions?

  /// The digest of the rows of every task up to a date.
  func splits(_ panel: CompiledPanel, upTo cut: Int32) -> [SplitDigest] {
    panel.manifest.periods.filter { $0.decisionDate.daysSinceEpoch <= cut }.flatMap { entry in
      panel.horizons.map { horizon in
        SplitDigest(
          entry.period, horizon, in: panel, rule: rule, excludingRisky: excludingRisky)
      }
    }
  }

  /// Compares digests; both lists are of the same periods and horizons.
  func compare(_ old: [SplitDigest], _ new: [SplitDigest]) -> TargetComparison {
    var target = TargetComparison(subject: .splits, name: "splits")
    for (before, after) in zip(old, new) {
      target.values += before.rows
      target.bytes += before.rows * MemoryLayout<Int32>.size
      guard before != after else { continue }
      target.moved += 1
      if target.first == nil {
        target.first = AuditedMove(
          period: before.period, firm: nil, old: before.words, new: after.words)
      }
    }
    return target
  }

  /// The scores of the newest task of every horizon that can be trained by a date.
  func scores(
    _ panel: CompiledPanel, tasks: [(period: Period, horizon: Horizon)]
  ) throws(AuditError) -> [[Double]?] {
    guard let predictions else { return [] }
    var results: [[Double]?] = []
    for (period, horizon) in tasks {
      do {
        results.append(try predictions.scores(period, horizon, panel))
      } catch {
        throw .predictions(period, horizon, "\(error)")
      }
    }
    return results
  }

  /// The newest period up to a date, for each horizon, that the data can support.
  func tasks(
    _ panel: CompiledPanel, upTo cut: Int32
  ) -> [(period: Period, horizon: Horizon)] {
    guard predictions != nil else { return [] }
    let periods = panel.manifest.periods.filter { $0.decisionDate.daysSinceEpoch <= cut }
      .map(\.period)
    return panel.horizons.compactMap { horizon in
      for period in periods.reversed() {
        do throws(SplitError) {
          _ = try WindowSplit.make(
            for: period, horizon: horizon, in: panel, rule: rule,
            excludingRisky: excludingRisky, needsTestLabels: false)
          return (period, horizon)
        } catch {
          continue
        }
      }
      return nil
    }
  }

  /// Compares scores bit by bit.
  func compare(
    _ old: [[Double]?], _ new: [[Double]?], tasks: [(period: Period, horizon: Horizon)],
    firms: (Period) -> [String]
  ) -> [TargetComparison] {
    tasks.indices.map { place in
      let (period, horizon) = tasks[place]
      var target = TargetComparison(subject: .predictions, name: "\(horizon.months)m")
      let (before, after) = (old[place] ?? [], new[place] ?? [])
      target.values = before.count
      target.bytes = before.count * MemoryLayout<Double>.size
      let names = firms(period)
      for row in 0..<max(before.count, after.count) {
        let value = row < before.count ? before[row] : .nan
        let other = row < after.count ? after[row] : .nan
        if value.bitPattern == other.bitPattern { continue }
        target.moved += 1
        if target.first == nil {
          target.first = AuditedMove(
            period: period, firm: row < names.count ? names[row] : nil,
            old: value.description, new: other.description)
        }
      }
      return target
    }
  }
}
