internal import QuantCore

/// The firms that follow one another in one place of the market.
///
/// A place is the unit of work: its firms are a function of (seed, place) alone.
struct DemonstrationSimulation: Sendable {
  let calendar: DemonstrationCalendar
  let seed: UInt64

  init(size: DemonstrationSize, seed: UInt64) {
    calendar = DemonstrationCalendar(size: size, seed: seed)
    self.seed = seed
  }

  /// Simulates the firms of one place, in order of time.
  func firms(ofPlace place: Int) -> [FirmHistory] {
    var random = SplitMix64(seed: CounterStream(seed: seed, UInt64(place), 0x706C_6163).key)
    var firms: [FirmHistory] = []
    var start = random.happens(0.93) ? 0 : random.integer(1...12)
    while start < calendar.quarters.count - 1, firms.count < 20 {
      var simulator = FirmSimulator(
        calendar: calendar, seed: seed, place: place, successor: firms.count)
      simulator.run(from: start)
      var firm = simulator.history
      identify(&firm, after: &firms, place: place, start: start, random: &random)
      reportDeals(&firm, place: place, random: &random)
      firms.append(firm)
      guard let leaving = firm.leaving else { break }
      let left = calendar.quarters[0].distance(to: Period(.quarterly, containing: leaving.date))
      start = left + random.integer(1...6)
    }
    return firms
  }

  /// Gives a firm its identifiers: 4 % change theirs once, and 10 % of the successors take over the
  /// identifier of the firm before, from which it was taken the day before.
  private func identify(
    _ firm: inout FirmHistory, after firms: inout [FirmHistory], place: Int, start: Int,
    random: inout SplitMix64
  ) {
    let first =
      start == 0
      ? CalendarDate(year: 1990, month: 1, day: 1)
      : calendar.date(calendar.dayRanges[start].lowerBound).addingDays(-5)
    let last = firm.leaving.map { $0.date.addingDays(180) }
    var cik = identifier(place, firms.count * 2)
    let (inherits, changes) = (random.happens(0.1), random.happens(0.04))
    if inherits, let index = firms.indices.last {
      let end = firms[index].links.count - 1
      cik = firms[index].links[end].cik
      firms[index].links[end].to = min(
        firms[index].links[end].to ?? first, first.addingDays(-1))
    }
    let final = last ?? calendar.end
    let middle = CalendarDate(
      daysSinceEpoch: (max(first, calendar.date(0)).daysSinceEpoch + final.daysSinceEpoch) / 2)
    if changes {
      firm.links = [
        IdentifierLink(cik: cik, from: first, to: middle),
        IdentifierLink(
          cik: identifier(place, firms.count * 2 + 1), from: middle.addingDays(1), to: last),
      ]
    } else {
      firm.links = [IdentifierLink(cik: cik, from: first, to: last)]
    }
  }

  /// Decides what the deals table says: 3 % of the targets without an identifier, 3 % with one that
  /// is in no map.
  private func reportDeals(_ firm: inout FirmHistory, place: Int, random: inout SplitMix64) {
    for index in firm.deals.indices {
      let draw = random.unit()
      let isKnown = draw >= 0.06
      firm.deals[index].isMapped = isKnown
      firm.deals[index].reportedCIK =
        draw < 0.03
        ? "" : isKnown ? firm.cik(on: firm.deals[index].announced) : identifier(place, 90 + index)
    }
  }

  /// Ten digits, as the SEC writes them.
  private func identifier(_ place: Int, _ number: Int) -> String {
    let digits = String(100_000 + place * 100 + number)
    return String(repeating: "0", count: 10 - digits.utf8.count) + digits
  }
}
