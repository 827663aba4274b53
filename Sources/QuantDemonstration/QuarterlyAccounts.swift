internal import QuantCore

/// The true accounts of a fiscal quarter, before anything is missing or restated.
struct QuarterlyAccounts: Sendable {
  /// In the order of `QuarterlyColumn`, with single quarters in the year-to-date columns.
  private(set) var values: [Double]

  subscript(column: QuarterlyColumn) -> Double {
    get { values[column.rawValue] }
    set { values[column.rawValue] = newValue }
  }

  /// Millions of USD, but `prccq` in USD a share and `cshoq` in millions of shares.
  init(_ state: FirmState, traits: FirmTraits, fiscalQuarter: Int, random: inout SplitMix64) {
    values = Array(repeating: .nan, count: QuarterlyColumn.allCases.count)
    let assets = state.assets
    let liabilities = assets * state.liabilityShare
    // The fourth fiscal quarter is the strongest, the first the weakest.
    let season = [0.94, 0.98, 1.0, 1.08][fiscalQuarter - 1]
    let revenue = assets * traits.turnover * season * (1 + 0.03 * random.normal())
    let operating = assets * (0.018 + 0.012 * state.profit + 0.002 * random.normal())
    self[.atq] = assets
    self[.ltq] = liabilities
    self[.seqq] = assets - liabilities
    self[.cheq] = assets * state.cashShare
    self[.rectq] = revenue * random.uniform(0.5, 0.6)
    self[.ppentq] = assets * random.uniform(0.27, 0.33)
    self[.dlttq] = liabilities * random.uniform(0.45, 0.5)
    self[.dlcq] = liabilities * random.uniform(0.05, 0.08)
    if !traits.isFinancial {
      self[.invtq] = revenue * random.uniform(0.3, 0.4)
      self[.actq] = self[.cheq] + self[.rectq] + self[.invtq] + assets * 0.03
      self[.lctq] = liabilities * random.uniform(0.3, 0.36)
    }
    self[.revtq] = revenue
    self[.cogsq] = max(0.05 * revenue, 0.8 * revenue - operating)
    if traits.spendsOnResearch, !traits.isFinancial {
      self[.xrdq] = revenue * random.uniform(0.04, 0.06)
    }
    self[.oiadpq] = operating
    self[.dpq] = assets * random.uniform(0.009, 0.011)
    self[.niq] = 0.65 * operating - 0.004 * liabilities
    self[.spiq] = random.happens(0.3) ? 0.0008 * assets * random.normal() : 0
    self[.cshoq] = state.shares
    self[.prccq] = state.close
    self[.mkvaltq] = state.shares * state.close
    self[.oancfy] = operating + 0.8 * self[.dpq] + 0.004 * assets * random.normal()
    self[.capxy] = assets * (0.012 + 0.006 * PortableMath.squash(state.growth))
    self[.dvy] = traits.paysDividend ? 0.004 * self[.mkvaltq] : 0
  }

  /// Columns that are written from the start of the fiscal year.
  static let yearToDate: [QuarterlyColumn] = [.oancfy, .capxy, .dvy]
}
