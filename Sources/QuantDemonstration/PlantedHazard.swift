/// The planted truth: how likely it is that a firm's deal is announced in a calendar quarter.
///
/// The hazard of quarter *t* is a function of the firm's state at the end of its fiscal quarter
/// *t* − 2, which a firm that files in time has reported by the decision date at the end of *t* − 1:
///
/// ```
/// hazard = base · wave(t) · linear · bargain · mismatch        (at most 0.25)
/// linear   = (1 − 0.60·squash(profit)) · (1 − 0.45·size)       size = (assets − m) / (assets + m)
/// bargain  = 6 where book-to-market > 0.7 and cash score > 0.2 and assets < m, otherwise 1
/// mismatch = 2.2 where growth and leverage score have the same sign, otherwise 0.4
/// ```
///
/// `m` is the typical size, which grows by 0.5 % a quarter. `mismatch` is the growth-resource
/// mismatch of Palepu (1986): fast growers short of resources and slow growers rich in them. It is
/// an exclusive or: neither growth nor leverage alone says anything, so a linear model misses it
/// altogether, and `bargain` in part.
package struct PlantedHazard: Sendable, Hashable {
  /// The part that a linear model can learn.
  package let linear: Double
  /// 6 for cheap, cash-rich and small firms, otherwise 1.
  package let bargain: Double
  /// 2.2 for firms whose growth does not match their resources, otherwise 0.4.
  package let mismatch: Double
  /// The merger wave of the quarter, around 1.
  package let wave: Double

  /// Probability of an announcement within the quarter.
  package var probability: Double {
    min(0.25, Self.base * wave * linear * bargain * mismatch)
  }

  /// Brings the mean over firms and quarters to between 1 and 1.5 %.
  static let base = 0.008

  init(of state: FirmState, quarter: Int) {
    let typical = FirmState.typicalAssets(state.quarter)
    let size = (state.assets - typical) / (state.assets + typical)
    linear = (1 - 0.6 * PortableMath.squash(state.profit)) * (1 - 0.45 * size)
    let isBargain = state.bookToMarket > 0.7 && state.cash > 0.2 && state.assets < typical
    bargain = isBargain ? 6 : 1
    mismatch = (state.growth > 0) == (state.leverage > 0) ? 2.2 : 0.4
    wave = Self.wave(quarter)
  }

  /// A triangular wave of 28 quarters between 0.6 and 1.4.
  static func wave(_ quarter: Int) -> Double {
    let phase = Double((quarter + 5) % 28) / 28
    return 0.6 + 1.6 * (phase < 0.5 ? phase : 1 - phase)
  }
}
