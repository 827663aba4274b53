internal import QuantCore

/// Turns a firm's life into what its reports said, and when.
///
/// Planted here: late filers, missing filing dates, restatements that foretell a deal, the special
/// items that are booked for a deal, and missing values.
struct FilingSimulator {
  let history: FirmHistory
  let end: CalendarDate
  let fiscal: FiscalCalendar
  private var random: SplitMix64
  private let gaps: CounterStream
  private(set) var quarterly: [Filing] = []
  private(set) var annual: [Filing] = []
  private(set) var restatements: [PlantedRestatement] = []

  init(_ history: FirmHistory, end: CalendarDate) {
    self.history = history
    self.end = end
    fiscal = FiscalCalendar(yearEndMonth: history.traits.fiscalYearEndMonth)
    random = SplitMix64(seed: history.key)
    gaps = CounterStream(seed: history.key, 1)
    run()
  }

  private mutating func run() {
    var year: [QuarterlyAccounts] = []
    for state in history.states {
      let (fiscalYear, fiscalQuarter) = fiscal.fiscalQuarter(state.periodEnd)
      var accounts = QuarterlyAccounts(
        state, traits: history.traits, fiscalQuarter: fiscalQuarter, random: &random)
      let (filed, isDated) = filingDate(state.periodEnd, fiscalQuarter)
      bookDealCosts(&accounts, periodEnd: state.periodEnd, filed: filed)
      if fiscalQuarter == 1 { year = [] }
      year.append(accounts)
      let filing = Filing(
        periodEnd: state.periodEnd, filed: filed, isDated: isDated, fiscalYear: fiscalYear,
        fiscalQuarter: fiscalQuarter, isAmendment: false,
        values: reported(accounts, year: year, fiscalYear: fiscalYear, quarter: fiscalQuarter))
      let restated = restatement(of: filing, assets: state.assets)
      guard isPublic(filed) else { continue }
      quarterly.append(filing)
      if let restated { quarterly.append(restated) }
      if fiscalQuarter == 4, year.count == 4 {
        reportYear(year, filing: filing, employees: 0.004 * state.assets)
      }
    }
  }

  /// Whether a report of that day exists and is in the data: a firm that has left files no more.
  private func isPublic(_ date: CalendarDate) -> Bool {
    date <= end && date <= history.leaving?.date ?? end
  }

  /// The day of a report and whether the table names it.
  ///
  /// It is 28 to 45 days after the period end, 50 to 80 for the fourth quarter; late in 60 % of the
  /// quarters of late filers and 2.5 % of the others, by 95 to 180 days. The date itself is missing
  /// for 3 % of the reports that came in time.
  private mutating func filingDate(
    _ periodEnd: CalendarDate, _ fiscalQuarter: Int
  ) -> (CalendarDate, isDated: Bool) {
    let isLate = random.happens(history.traits.isLateFiler ? 0.6 : 0.025)
    let usual = fiscalQuarter == 4 ? random.integer(50...80) : random.integer(28...45)
    let late = random.integer(95...180)
    let isUndated = random.happens(0.03)
    return (periodEnd.addingDays(isLate ? late : usual), isLate || !isUndated)
  }

  /// Books the costs of a deal in the report that is filed next.
  ///
  /// A firm that has agreed to be bought has special items of -1 to -2 % of assets in every period
  /// that was filed after the announcement and ended at most a quarter before it. Dated by the
  /// period end, this column foretells the deal.
  private mutating func bookDealCosts(
    _ accounts: inout QuarterlyAccounts, periodEnd: CalendarDate, filed: CalendarDate
  ) {
    let share = random.uniform(0.01, 0.02)
    let isBooked = history.deals.contains {
      $0.announced > periodEnd.addingMonths(-3) && $0.announced <= filed
    }
    if isBooked { accounts[.spiq] = -share * accounts[.atq] }
  }

  /// What the report says: year-to-date columns summed up, and some values missing.
  private func reported(
    _ accounts: QuarterlyAccounts, year: [QuarterlyAccounts], fiscalYear: Int, quarter: Int
  ) -> [Double] {
    var result = accounts
    for column in QuarterlyAccounts.yearToDate {
      // A firm listed within its fiscal year has earned as much in the quarters before.
      let unseen = Double(quarter - year.count) * year[0][column]
      result[column] = year.reduce(unseen) { $0 + $1[column] }
    }
    // Blocks: a group of columns is missing for a firm's whole fiscal year, more often in the past.
    let rate = 0.12 - 0.003 * Double(max(0, fiscalYear - 1997))
    let draw = gaps.unit(UInt64(fiscalYear))
    if draw < rate {
      let groups: [[QuarterlyColumn]] = [
        [.xrdq, .dlttq, .dlcq], [.oancfy, .capxy, .dvy], [.rectq, .invtq, .ppentq],
      ]
      for column in groups[Int(draw / rate * 3) % 3] { result[column] = .nan }
    }
    for column in QuarterlyColumn.allCases {
      let cell = UInt64(fiscalYear * 4 + quarter) << 8 | UInt64(column.rawValue)
      if gaps.unit(cell | 1 << 40) < 0.01 { result[column] = .nan }
    }
    return result.values
  }

  /// The second version of a report, or `nil` for most.
  ///
  /// About 3 % of the records are restated: one in two of those whose firm has a deal announced
  /// within a year of the report, 10 to 60 days after the announcement and for the worse, and 1 in
  /// 100 of the others, 60 to 400 days later and hardly changed.
  private mutating func restatement(of filing: Filing, assets: Double) -> Filing? {
    let (forDeal, forOther) = (random.happens(0.5), random.happens(0.01))
    let (dealLag, otherLag) = (random.integer(10...60), random.integer(60...400))
    let (loss, wobble) = (random.uniform(0.012, 0.03), 0.02 * random.normal())
    let deal = history.deals.first {
      $0.announced > filing.filed && $0.announced <= filing.filed.addingDays(365)
    }
    guard deal == nil ? forOther : forDeal, isPublic(filing.filed) else { return nil }
    let date = deal?.announced.addingDays(dealLag) ?? filing.filed.addingDays(otherLag)
    guard isPublic(date) else { return nil }
    var values = filing.values
    for column in [QuarterlyColumn.niq, .oiadpq, .oancfy] {
      let index = column.rawValue
      values[index] = deal == nil ? values[index] * (1 + wobble) : values[index] - loss * assets
    }
    let income = QuarterlyColumn.niq.rawValue
    restatements.append(
      PlantedRestatement(
        gvkey: history.gvkey, periodEnd: filing.periodEnd, firstFiled: filing.filed,
        restated: date, first: filing.values[income] / assets, second: values[income] / assets,
        followsDeal: deal != nil))
    return Filing(
      periodEnd: filing.periodEnd, filed: date, isDated: true, fiscalYear: filing.fiscalYear,
      fiscalQuarter: filing.fiscalQuarter, isAmendment: true, values: values)
  }

  /// The annual report comes up to ten days after the fourth quarter's; one in 100 is amended.
  private mutating func reportYear(
    _ year: [QuarterlyAccounts], filing: Filing, employees: Double
  ) {
    let lag = random.integer(0...10)
    let (isAmended, amendedLag) = (random.happens(0.01), random.integer(60...300))
    func sum(_ column: QuarterlyColumn) -> Double { year.reduce(0) { $0 + $1[column] } }
    let last = year[3]
    var values = [
      last[.atq], last[.ltq], last[.seqq], last[.cheq], last[.dlttq], last[.ppentq],
      sum(.revtq), sum(.cogsq), sum(.xrdq), sum(.oiadpq), sum(.dpq), sum(.niq),
      sum(.oancfy), sum(.capxy), sum(.dvy), employees,
    ]
    for index in values.indices {
      let cell = UInt64(filing.fiscalYear) << 8 | UInt64(index) | 1 << 41
      if gaps.unit(cell) < 0.01 { values[index] = .nan }
    }
    func append(_ date: CalendarDate, isDated: Bool, isAmendment: Bool) {
      guard isPublic(date) else { return }
      annual.append(
        Filing(
          periodEnd: filing.periodEnd, filed: date, isDated: isDated,
          fiscalYear: filing.fiscalYear, fiscalQuarter: 4, isAmendment: isAmendment,
          values: values))
    }
    append(filing.filed.addingDays(lag), isDated: filing.isDated, isAmendment: false)
    if isAmended {
      values[AnnualColumn.ni.rawValue] *= 0.97
      append(filing.filed.addingDays(amendedLag), isDated: true, isAmendment: true)
    }
  }
}
