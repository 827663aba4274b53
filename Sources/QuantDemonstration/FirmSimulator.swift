internal import QuantCore

/// Simulates one firm quarter by quarter and day by day.
///
/// Everything random comes from streams keyed by (seed, place, successor), so that a firm is the
/// same whichever thread simulates it and however many firms there are.
struct FirmSimulator {
  let calendar: DemonstrationCalendar
  var history: FirmHistory
  var states: SplitMix64
  var fates: SplitMix64
  let market: CounterStream
  /// Value of one share as first issued, USD; splits do not move it.
  var value: Double = 0
  /// Present shares for one share as first issued.
  var shareFactor: Double = 1
  /// Shares as first issued, millions.
  var issuedShares: Double = 0
  var pending: PlantedDeal?
  /// Trading days of the deal that is pending, and of the split it may bring.
  var dealSplitDay: Int?
  var bankruptcyDay: Int?

  init(calendar: DemonstrationCalendar, seed: UInt64, place: Int, successor: Int) {
    self.calendar = calendar
    func key(_ purpose: UInt64) -> UInt64 {
      CounterStream(seed: seed, UInt64(place), UInt64(successor), purpose).key
    }
    states = SplitMix64(seed: key(1))
    fates = SplitMix64(seed: key(2))
    market = CounterStream(seed: key(3))
    let number = String(1000 + place * 20 + successor)
    history = FirmHistory(
      gvkey: String(repeating: "0", count: 6 - number.utf8.count) + number,
      traits: FirmTraits(random: &states), key: key(4))
  }

  /// Runs the firm from its first quarter until it leaves or the data ends.
  mutating func run(from first: Int) {
    let fiscal = FiscalCalendar(yearEndMonth: history.traits.fiscalYearEndMonth)
    for quarter in first..<calendar.quarters.count {
      let periodEnd = fiscal.periodEnd(calendar.quarters[quarter])
      var state: FirmState
      if let last = history.states.last {
        state = FirmState(
          after: last, periodEnd: periodEnd, traits: history.traits, random: &states)
      } else {
        state = FirmState(
          entering: quarter, periodEnd: periodEnd, traits: history.traits, random: &states)
        list(state)
      }
      drawFate(quarter)
      trade(quarter, periodEnd: periodEnd, state: &state)
      if let leaving = history.leaving, leaving.date < periodEnd { return }
      history.states.append(state)
      if history.leaving != nil { return }
    }
  }

  /// Sets the first price and the number of shares from the firm's book value.
  private mutating func list(_ state: FirmState) {
    let marketValue = state.equity / history.traits.targetBookToMarket
    value = fates.uniform(4, 55)
    issuedShares = marketValue / value
  }

  /// Decides whether a deal, a bankruptcy or a plain departure happens in a quarter.
  private mutating func drawFate(_ quarter: Int) {
    // The same number of draws in every quarter, so that one outcome does not move the next.
    let (dealDraw, failureDraw, departureDraw) = (fates.unit(), fates.unit(), fates.unit())
    let (dayDraw, lengthDraw, premiumDraw) = (fates.unit(), fates.unit(), fates.unit())
    let (withdrawalDraw, splitDraw) = (fates.unit(), fates.unit())
    guard history.states.count >= 2, pending == nil else { return }
    let known = history.states[history.states.count - 2]
    let hazard = PlantedHazard(of: known, quarter: quarter)
    let hasDeal = dealDraw < hazard.probability
    history.hazards.append(
      HazardRecord(
        gvkey: history.gvkey, period: calendar.quarters[quarter], hazard: hazard, known: known,
        hasDeal: hasDeal))
    let days = calendar.dayRanges[quarter]
    let day = days.lowerBound + Int(dayDraw * Double(days.count))
    if hasDeal {
      let announced = calendar.date(day)
      let resolved = announced.addingDays(30 + Int(270 * lengthDraw * lengthDraw))
      let isWithdrawn = withdrawalDraw < 0.15
      let deal = PlantedDeal(
        gvkey: history.gvkey, announced: announced, completed: isWithdrawn ? nil : resolved,
        withdrawn: isWithdrawn ? resolved : nil, premium: 0.15 + 0.45 * premiumDraw,
        reportedCIK: "", isMapped: true)
      history.deals.append(deal)
      pending = deal
      // Good news brings splits: three deals in ten.
      dealSplitDay = splitDraw < 0.3 ? day + 10 + Int(splitDraw * 60) : nil
    } else if failureDraw < (known.profit < -1.1 && known.leverage > 0.3 ? 0.06 : 0.001) {
      bankruptcyDay = day
    } else if departureDraw < 0.002 {
      history.leaving = (calendar.date(day), .voluntary)
    }
  }
}
