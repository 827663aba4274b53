/// What became of one share since the last usable price.
///
/// A split or dividend on a day without a usable price is not lost; it belongs to the return over the
/// gap. Of a day that is given twice the line with a usable price counts, or else the first.
struct CorporateActions {
  private var split = 1.0
  private var dividend = 0.0
  private var held: FirmPrices.Tick?
  private var lastDay: Int32?

  /// Takes note of a day without a usable price.
  mutating func hold(_ tick: FirmPrices.Tick) {
    if tick.day == held?.day || tick.day == lastDay { return }
    commit(held)
    held = tick
  }

  /// The tick with what came since the last one.
  mutating func settled(_ tick: FirmPrices.Tick) -> FirmPrices.Tick {
    if held?.day != tick.day { commit(held) }
    commit(tick)
    var tick = tick
    (tick.split, tick.dividend) = (Float(split), Float(dividend))
    (split, dividend, held, lastDay) = (1, 0, nil, tick.day)
    return tick
  }

  private mutating func commit(_ tick: FirmPrices.Tick?) {
    guard let tick else { return }
    if !tick.dividend.isNaN { dividend += split * Double(tick.dividend) }
    if tick.split > 0 { split *= Double(tick.split) }
  }
}
