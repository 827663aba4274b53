/// The prices of one firm with the counts of what was left out.
struct FirmPricesResult: Sendable {
  var prices = FirmPrices()
  var used = 0
  var drops: [String: Int] = [:]

  /// Orders the days of a firm, settles days that are given twice, and computes returns.
  init(
    _ unordered: [PriceEntry], rule: FirmPrices.ReturnRule, hasVolume: Bool, maximumReturn: Double
  ) {
    var entries = unordered
    let isOrdered = zip(entries, entries.dropFirst()).allSatisfy { $0.tick.day < $1.tick.day }
    if !isOrdered { entries.sort(by: PriceEntry.isBefore) }
    var ticks: [FirmPrices.Tick] = []
    ticks.reserveCapacity(entries.count)
    var actions = CorporateActions()
    for entry in entries {
      if let reason = entry.unusable(rule) {
        drops[reason, default: 0] += 1
        actions.hold(entry.tick)
      } else if ticks.last?.day == entry.tick.day {
        drops["duplicate", default: 0] += 1
      } else {
        ticks.append(actions.settled(entry.tick))
      }
    }
    prices = FirmPrices(ticks, rule: rule, hasVolume: hasVolume, maximumReturn: maximumReturn)
    used = ticks.count - prices.badTicks
    if prices.badTicks > 0 { drops["badTick"] = prices.badTicks }
  }
}
