package import QuantCore

/// What stays the same over a firm's life.
struct FirmTraits: Sendable {
  /// 0…9; sector 6 is financial: it has no current items, inventories or research.
  let sector: Int
  /// 1, 3, 6, 9 or 12; firms that close in January have period ends within calendar quarters.
  let fiscalYearEndMonth: Int
  /// Whether the firm files late in most quarters.
  let isLateFiler: Bool
  let paysDividend: Bool
  let spendsOnResearch: Bool
  /// Daily standard deviation of the firm's own return.
  let volatility: Double
  let beta: Double
  /// The book-to-market ratio to which its price is drawn.
  let targetBookToMarket: Double
  /// Quarterly revenue by assets.
  let turnover: Double
  /// Long-run means of the scores of profit, cash, leverage and growth.
  let means: [Double]

  static let financialSector = 6

  init(random: inout SplitMix64) {
    sector = random.integer(0...9)
    let draw = random.unit()
    fiscalYearEndMonth = draw < 0.68 ? 12 : draw < 0.78 ? 6 : draw < 0.86 ? 9 : draw < 0.92 ? 3 : 1
    isLateFiler = random.happens(0.05)
    paysDividend = random.happens(0.35)
    spendsOnResearch = random.happens(0.4)
    volatility = random.uniform(0.012, 0.03)
    beta = random.uniform(0.5, 1.5)
    targetBookToMarket = 0.62 * PortableMath.exponential(0.5 * random.normal())
    turnover = random.uniform(0.12, 0.4)
    means = (0..<4).map { _ in 0.6 * random.normal() }
  }

  var isFinancial: Bool { sector == Self.financialSector }
}

/// A firm at the end of one fiscal quarter.
///
/// The scores are nearly standard normal over firms and persistent: each quarter a score keeps 93 %
/// of its distance from the firm's own mean.
package struct FirmState: Sendable {
  /// Index of the calendar quarter in which the fiscal quarter ends.
  package let quarter: Int
  /// The last day of the fiscal quarter.
  package let periodEnd: CalendarDate
  /// Score of return on assets.
  package var profit: Double
  /// Score of the share of cash in assets.
  package var cash: Double
  /// Score of liabilities by assets.
  package var leverage: Double
  /// Score of the growth of assets.
  package var growth: Double
  /// Total assets, millions of USD.
  package var assets: Double
  /// Close on the last trading day of the fiscal quarter, USD a share, and shares in millions.
  package var close: Double
  package var shares: Double
  /// Book equity by market value.
  package var bookToMarket: Double

  /// The size that divides small from large, millions of USD.
  static func typicalAssets(_ quarter: Int) -> Double {
    500 * PortableMath.exponential(0.005 * Double(quarter))
  }

  /// Liabilities by assets, a function of the score.
  var liabilityShare: Double { 0.5 + 0.25 * PortableMath.squash(leverage) }

  /// Cash by assets, a function of the score.
  var cashShare: Double { 0.14 + 0.13 * PortableMath.squash(cash) }

  /// Book equity, millions of USD.
  var equity: Double { assets * (1 - liabilityShare) }

  /// The state of a firm that has just been listed.
  init(entering quarter: Int, periodEnd: CalendarDate, traits: FirmTraits, random: inout SplitMix64)
  {
    self.quarter = quarter
    self.periodEnd = periodEnd
    let scores = traits.means.map { $0 + 0.8 * random.normal() }
    (profit, cash, leverage, growth) = (scores[0], scores[1], scores[2], scores[3])
    assets = Self.typicalAssets(quarter) * PortableMath.exponential(1.2 * random.normal())
    (close, shares, bookToMarket) = (0, 0, 0)
  }

  /// The state one quarter later, but for price and shares.
  init(after last: FirmState, periodEnd: CalendarDate, traits: FirmTraits, random: inout SplitMix64)
  {
    quarter = last.quarter + 1
    self.periodEnd = periodEnd
    func step(_ score: Double, _ mean: Double, _ draw: Double) -> Double {
      mean + 0.93 * (score - mean) + 0.294 * draw
    }
    profit = step(last.profit, traits.means[0], random.normal())
    cash = step(last.cash, traits.means[1], random.normal())
    leverage = step(last.leverage, traits.means[2], random.normal())
    growth = step(last.growth, traits.means[3], random.normal())
    assets =
      last.assets * (1.005 + 0.02 * PortableMath.squash(growth) + 0.004 * random.normal())
    (close, shares, bookToMarket) = (last.close, last.shares, last.bookToMarket)
  }
}

/// The fiscal calendar of a firm.
struct FiscalCalendar: Sendable {
  let yearEndMonth: Int

  /// The last day of the fiscal quarter that ends within a calendar quarter.
  func periodEnd(_ quarter: Period) -> CalendarDate {
    let shift = yearEndMonth % 3 == 0 ? 0 : yearEndMonth % 3 - 3
    return quarter.lastDay.addingMonths(shift)
  }

  /// Fiscal year and quarter (1…4) of a period end; fiscal years that end from January to May
  /// carry the number of the year before, as in Compustat.
  func fiscalQuarter(_ periodEnd: CalendarDate) -> (year: Int, quarter: Int) {
    let (year, month, _) = periodEnd.components
    let monthsIn = (month - yearEndMonth + 11) % 12
    let endYear = month > yearEndMonth ? year + 1 : year
    return (yearEndMonth <= 5 ? endYear - 1 : endYear, monthsIn / 3 + 1)
  }
}
