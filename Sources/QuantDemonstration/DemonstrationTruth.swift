package import QuantCore

/// What was planted, for tests that check that it is handled; no file says it.
package struct DemonstrationTruth: Sendable {
  /// One record for every firm and quarter in which a deal could be announced, by place and time.
  package var hazards: [HazardRecord] = []
  /// All deals by day of announcement, then by firm.
  package var deals: [PlantedDeal] = []
  /// All records that were reported twice.
  package var restatements: [PlantedRestatement] = []
  /// Firms that left, with the last day of listing.
  package var leavings: [(gvkey: String, date: CalendarDate, reason: LeavingReason)] = []
  /// Number of quarterly reports, first versions only.
  package var reportCount = 0
  /// Number of those that came more than 90 days after the period end.
  package var lateReportCount = 0
  /// Days of splits, with the number of new shares for one old.
  package var splits: [(gvkey: String, date: CalendarDate, factor: Double)] = []

  /// Simulates the same firms as `DemonstrationData` of this size and seed.
  package init(
    size: DemonstrationSize, seed: UInt64 = DemonstrationData.defaultSeed,
    threads: Int = ParallelFor.availableThreads
  ) {
    let simulation = DemonstrationSimulation(size: size, seed: seed)
    let parts = ParallelFor.map(count: size.firmCount, threads: threads) { place in
      var part = DemonstrationTruth()
      for firm in simulation.firms(ofPlace: place) {
        part.add(
          firm, filings: FilingSimulator(firm, end: simulation.calendar.end),
          calendar: simulation.calendar)
      }
      return part
    }
    for part in parts {
      hazards += part.hazards
      deals += part.deals
      restatements += part.restatements
      leavings += part.leavings
      reportCount += part.reportCount
      lateReportCount += part.lateReportCount
      splits += part.splits
    }
    deals.sort { ($0.announced, $0.gvkey) < ($1.announced, $1.gvkey) }
  }

  private init() {}

  private mutating func add(
    _ firm: FirmHistory, filings: FilingSimulator, calendar: DemonstrationCalendar
  ) {
    hazards += firm.hazards
    deals += firm.deals
    restatements += filings.restatements
    if let leaving = firm.leaving { leavings.append((firm.gvkey, leaving.date, leaving.reason)) }
    let first = filings.quarterly.filter { !$0.isAmendment }
    reportCount += first.count
    lateReportCount += first.count { $0.filed.days(since: $0.periodEnd) > 90 }
    for price in firm.prices where price.splitFactor != 1 {
      splits.append((firm.gvkey, calendar.date(price.day), price.splitFactor))
    }
  }
}
