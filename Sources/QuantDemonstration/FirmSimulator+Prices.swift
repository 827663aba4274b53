internal import QuantCore

/// The daily prices of a firm.
extension FirmSimulator {
  /// Trades through a quarter and completes the state at the fiscal quarter's end with the price.
  mutating func trade(_ quarter: Int, periodEnd: CalendarDate, state: inout FirmState) {
    let traits = history.traits
    let days = calendar.dayRanges[quarter]
    // The price is drawn to the firm's own book-to-market ratio; the pull is weak.
    let ratio = state.equity / (issuedShares * value)
    let pull = 0.0012 * PortableMath.squash(ratio / traits.targetBookToMarket - 1)
    let dividendDay = traits.paysDividend ? days.lowerBound + days.count / 2 : -1
    let splitDay = days.lowerBound + 40
    let split = ordinarySplit()
    for day in days {
      let date = calendar.date(day)
      if let leaving = history.leaving, date > leaving.date { break }
      if let deal = pending, date > deal.resolved {
        guard deal.withdrawn != nil else { return leave(on: day, .merger) }
        value /= 1 + 0.7 * deal.premium
        pending = nil
        dealSplitDay = nil
      }
      var dayFactor = 1.0
      if day == dealSplitDay { dayFactor = 2 }
      if day == splitDay, pending == nil { dayFactor *= split }
      shareFactor *= dayFactor
      let noise = market.bits(UInt64(day))
      let own = PortableMath.normal(noise)
      var change = pull + traits.beta * calendar.marketReturns[day] + traits.volatility * own
      if let deal = pending {
        change = date == deal.announced ? 0.9 * deal.premium : 0.0002 + 0.003 * own
      }
      if let failure = bankruptcyDay {
        change = day < failure ? change - 0.012 : -0.6
      }
      var dividend = 0.0
      if day == dividendDay {
        dividend = rounded(0.004 * value / shareFactor, 100)
        change -= 0.004
      }
      value = max(value * (1 + max(change, -0.8)), 0.02 * shareFactor)
      let close = rounded(value / shareFactor, value / shareFactor < 1 ? 10_000 : 100)
      // A few days without trade; the day of a split or a dividend is never one of them.
      let isSilent = market.unit(UInt64(day) | 1 << 40) < 0.002
      if !isSilent || dayFactor != 1 || dividend > 0 {
        let isNews = pending?.announced == date || day == bankruptcyDay
        let turnover = 0.001 + 0.006 * market.unit(UInt64(day) | 1 << 41)
        let volume = issuedShares * shareFactor * 1e6 * turnover * (isNews ? 12 : 1)
        history.prices.append(
          PriceDay(
            day: day, close: close, splitFactor: dayFactor, dividend: dividend,
            volume: Int(volume) / 100 * 100))
      }
      if date <= periodEnd {
        state.close = close
        state.shares = rounded(issuedShares * shareFactor, 1000)
        state.bookToMarket = state.equity / max(close * state.shares, 0.001)
      }
      if day == bankruptcyDay {
        history.leaving = (date, .bankruptcy)
        break
      }
    }
  }

  private mutating func leave(on day: Int, _ reason: LeavingReason) {
    history.leaving = (calendar.date(max(0, day - 1)), reason)
  }

  /// Splits after good news, and reverse splits after bad news; 1 for neither.
  private func ordinarySplit() -> Double {
    let raw = value / shareFactor
    return raw > 180 ? 3 : raw > 90 ? 2 : raw < 2 ? 0.1 : 1
  }

  private func rounded(_ value: Double, _ scale: Double) -> Double {
    (value * scale).rounded() / scale
  }
}
