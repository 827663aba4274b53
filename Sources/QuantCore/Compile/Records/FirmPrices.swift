/// The daily prices of one firm: one tick for each day with a usable price or return, ascending.
struct FirmPrices: Sendable {
  /// Days since 1970-01-01.
  var days: [Int32] = []
  /// Total return since the tick before, as a fraction; NaN where it is not known.
  var returns: [Float] = []
  /// Raw close, in currency units; NaN where missing.
  var closes: [Float] = []
  /// Shares traded; NaN where missing, empty where the source has none.
  var volumes: [Float] = []
  /// Ticks that later turned out to be wrong, with the place of the tick that showed it.
  ///
  /// A decision between the two still sees the wrong tick, as it would have.
  var revoked: [(tick: Int32, by: Int32)] = []
  /// How many ticks were ignored as bad.
  var badTicks = 0

  /// A decision that is made more days than this after the last tick has no prices.
  static let staleDays: Int32 = 10

  /// The number of ticks up to a day, or 0 where the last of them is stale.
  func end(on day: Int32) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] <= day { low = middle + 1 } else { high = middle }
    }
    return low > 0 && days[low - 1] > day - FirmPrices.staleDays ? low : 0
  }

  /// The first tick of a window of `count` ticks that ends before `end`; `nil` where there are fewer
  /// ticks, or where they reach back more than twice as many calendar days.
  func window(count: Int, end: Int, day: Int32) -> Int? {
    let start = end - count
    guard start >= 0, end > 0, count > 0 else { return nil }
    return Int(day) - Int(days[start]) <= 2 * count + Int(FirmPrices.staleDays) ? start : nil
  }

  /// Whether a tick is known to be wrong by the tick before `end`.
  func isRevoked(_ tick: Int, end: Int) -> Bool {
    if revoked.isEmpty { return false }
    return revoked.contains { Int($0.tick) == tick && Int($0.by) < end }
  }
}

extension FirmPrices {
  /// One day as it stands in the table.
  struct Tick: Sendable {
    var day: Int32
    var close: Float = .nan
    var totalReturn: Float = .nan
    var adjustedClose: Float = .nan
    var split: Float = .nan
    var dividend: Float = .nan
    var volume: Float = .nan
  }

  /// Which quantity daily returns are taken from.
  enum ReturnRule: Sendable {
    /// The column of total returns.
    case totalReturn
    /// The ratio of adjusted closes.
    case adjustedClose
    /// Raw closes with the day's split factor and dividend.
    case close
  }

  /// Builds the prices of a firm from its days in ascending order.
  ///
  /// Total return of a day: the column of total returns; or the ratio of adjusted closes less 1; or
  /// `(close * split + dividend) / previous close - 1`, the definition of CRSP.
  init(_ ticks: [Tick], rule: ReturnRule, hasVolume: Bool, maximumReturn: Double) {
    days.reserveCapacity(ticks.count)
    returns.reserveCapacity(ticks.count)
    closes.reserveCapacity(ticks.count)
    if hasVolume { volumes.reserveCapacity(ticks.count) }
    var previous = Float.nan
    for tick in ticks {
      let price = rule == .adjustedClose ? tick.adjustedClose : tick.close
      var daily = Double.nan
      switch rule {
      case .totalReturn:
        daily = Double(tick.totalReturn)
      case .adjustedClose:
        daily = Double(price) / Double(previous) - 1
      case .close:
        let split = tick.split > 0 ? Double(tick.split) : 1
        let dividend = tick.dividend.isNaN ? 0 : Double(tick.dividend)
        daily = (Double(price) * split + dividend) / Double(previous) - 1
      }
      if !price.isNaN { previous = price }
      days.append(tick.day)
      returns.append(Float(daily))
      closes.append(tick.close)
      if hasVolume { volumes.append(tick.volume) }
    }
    removeBadTicks(maximumReturn)
  }

  /// Takes bad ticks out of the returns, using at each tick only what came before it.
  ///
  /// A return above the maximum that makes up for an equally deep fall the day before shows that the
  /// fall was wrong: the fallen tick is revoked from then on and both days become one. Any other
  /// return above the maximum is left out; where the next day takes it back, both become one.
  private mutating func removeBadTicks(_ maximum: Double) {
    let deepest = 1 / (1 + maximum) - 1
    func isUsual(_ value: Double) -> Bool { value <= maximum && value >= deepest }
    var jump: Double?
    for tick in returns.indices {
      let value = Double(returns[tick])
      if value.isNaN { continue }
      if value > maximum {
        badTicks += 1
        let before = tick > 0 ? Double(returns[tick - 1]) : .nan
        let both = (1 + before) * (1 + value) - 1
        if before < deepest, isUsual(both) {
          revoked.append((Int32(tick - 1), Int32(tick)))
          returns[tick] = Float(both)
          jump = nil
        } else {
          returns[tick] = .nan
          closes[tick] = .nan
          jump = value
        }
        continue
      }
      if let high = jump {
        let both = (1 + high) * (1 + value) - 1
        if value < deepest, isUsual(both) { returns[tick] = Float(both) }
        jump = nil
      }
    }
  }
}
