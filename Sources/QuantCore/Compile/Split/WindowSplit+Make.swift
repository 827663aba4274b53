extension WindowSplit {
  /// Splits a panel for one tested period and horizon.
  ///
  /// - Parameters:
  ///   - period: the tested period.
  ///   - horizon: how far ahead the event is predicted.
  ///   - panel: the compiled panel.
  ///   - rule: lengths of window and stop tail, and the fewest events.
  ///   - excludingRisky: leave training rows with a point-in-time risk out; test rows are kept.
  ///   - needsTestLabels: whether unknown test labels are an error; `false` to rank a new period.
  /// - Throws: `SplitError`, each case with counts and with what the panel supports.
  /// - Complexity: O(rows of the window).
  public static func make(
    for period: Period, horizon: Horizon, in panel: CompiledPanel, rule: SplitRule,
    excludingRisky: Bool = false, needsTestLabels: Bool = true
  ) throws(SplitError) -> WindowSplit {
    guard let entry = panel.entry(of: period) else {
      throw .unknownPeriod(period, first: panel.periods.first, last: panel.periods.last)
    }
    guard let labels = panel.labels(horizon) else {
      throw .unknownHorizon(horizon, available: panel.horizons)
    }
    func support() -> [HorizonSupport] {
      HorizonSupport.of(panel, windowPeriods: rule.windowPeriods)
    }
    guard entry.rowCount > 0 else { throw .emptyPeriod(period, support: support()) }

    let earlier = panel.manifest.periods.prefix { $0.period < period }
    let entries = Array(earlier.suffix(max(0, rule.windowPeriods ?? earlier.count)))
    let window = (entries.first?.firstRow ?? entry.firstRow)..<entry.firstRow
    let view = LabelView(labels, embargoDays: panel.manifest.embargoDays)
    let known = view.usable(window, by: entry.decisionDate)
    let training = excludingRisky ? view.withoutRisky(known, flags: panel.riskFlags) : known
    guard !training.isEmpty else {
      throw .noKnownLabels(
        period, horizon, decision: entry.decisionDate, windowRows: window.count,
        risky: known.count, knownFrom: view.firstKnown(window), support: support())
    }
    let trainingEvents = view.events(training)
    guard trainingEvents > 0, trainingEvents < training.count else {
      throw .oneClass(
        period, horizon, events: trainingEvents, rows: training.count, support: support())
    }
    let testLabels = view.summary(entry.rows)
    if needsTestLabels, testLabels.unknown == entry.rowCount {
      throw .testLabelsUnknown(
        period, horizon, rows: entry.rowCount, knownFrom: view.firstKnown(entry.rows),
        support: support())
    }

    let tail = StopTail(training, entries: entries, view: view, rule: rule)
    let calibrate = view.lastPeriods(rule.calibratePeriods, of: training, entries: entries)
    return WindowSplit(
      period: period, horizon: horizon, decisionDate: entry.decisionDate, window: window,
      training: training, fit: tail.fit, stop: tail.stop, calibrate: calibrate.rows,
      test: entry.rows, stopping: tail.plan,
      counts: SplitCounts(
        windowRows: window.count, trainingRows: training.count, trainingEvents: trainingEvents,
        notYetKnown: window.count - known.count, risky: known.count - training.count,
        fitRows: tail.fit.count, fitEvents: view.events(tail.fit), stopRows: tail.stop.count,
        stopEvents: view.events(tail.stop),
        purged: training.count - tail.fit.count - tail.stop.count,
        calibrateRows: calibrate.rows.count, calibrateEvents: view.events(calibrate.rows),
        testRows: entry.rowCount, testEvents: testLabels.events, testUnknown: testLabels.unknown))
  }
}
