/// The split of training rows into fit and stop rows, where the data supports one.
struct StopTail {
  var fit: [Int32]
  var stop: [Int32] = []
  var plan: StoppingPlan

  init(_ training: [Int32], entries: [ManifestPeriod], view: LabelView, rule: SplitRule) {
    fit = training
    guard rule.stopPeriods > 0 else {
      plan = .fixed(.notAsked)
      return
    }
    let tail = view.lastPeriods(rule.stopPeriods, of: training, entries: entries)
    let available = view.lastPeriods(entries.count, of: training, entries: entries).entries.count
    guard let first = tail.entries.first, available > rule.stopPeriods else {
      plan = .fixed(.tooFewPeriods(available: available, needed: rule.stopPeriods + 1))
      return
    }
    let before = training.prefix { Int($0) < first.firstRow }
    let purged = before.filter { view.isKnown(Int($0), by: first.decisionDate) }
    let (fitEvents, stopEvents) = (view.events(purged), view.events(tail.rows))
    let scarcest = min(
      fitEvents, purged.count - fitEvents, stopEvents, tail.rows.count - stopEvents)
    guard scarcest >= rule.minimumEvents else {
      plan = .fixed(
        .tooFewEvents(
          fitEvents: fitEvents, fitRows: purged.count, stopEvents: stopEvents,
          stopRows: tail.rows.count, minimum: rule.minimumEvents))
      return
    }
    fit = purged
    stop = tail.rows
    plan = .tail(periods: tail.entries.map(\.period))
  }
}
