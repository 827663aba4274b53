// Statistics of a window of ticks. They run over every row of a panel, so they read spans and look for
// revoked ticks only where there are any.
extension FirmPrices {
  /// A statistic as of a day, where `end` is that of the day; NaN where the window is not covered.
  ///
  /// - Complexity: O(ticks of the window).
  func value(of statistic: PriceStatistic, on day: Int32, end: Int) -> Float {
    guard end > 0 else { return .nan }
    switch statistic {
    case .close:
      return lastClose(before: end, on: day)
    case .momentum(let count, let skip):
      guard skip < count, let start = window(count: count, end: end, day: day) else { return .nan }
      return momentum(start..<end - skip, end: end)
    case .volatility(let count):
      guard let start = window(count: count, end: end, day: day) else { return .nan }
      return deviation(start..<end)
    case .drawdown(let count):
      guard let start = window(count: count, end: end, day: day) else { return .nan }
      return drawdown(start..<end)
    case .dollarVolume(let count):
      guard !volumes.isEmpty, let start = window(count: count, end: end, day: day) else {
        return .nan
      }
      return dollarVolume(start..<end)
    }
  }

  /// Calls `body` with the returns of a window that are known and were not revoked before `end`.
  @inline(__always)
  private func forEachReturn(_ window: Range<Int>, end: Int, _ body: (Double) -> Void) {
    let values = returns.span.extracting(window)
    let hasRevoked = !revoked.isEmpty
    for place in values.indices where !values[place].isNaN {
      if hasRevoked, isRevoked(window.lowerBound + place, end: end) { continue }
      body(Double(values[place]))
    }
  }

  /// The last raw close before `end` that is not stale.
  private func lastClose(before end: Int, on day: Int32) -> Float {
    var tick = end - 1
    while tick >= 0, days[tick] > day - FirmPrices.staleDays {
      if !closes[tick].isNaN, !isRevoked(tick, end: end) { return closes[tick] }
      tick -= 1
    }
    return .nan
  }

  private func momentum(_ window: Range<Int>, end: Int) -> Float {
    var factor = 1.0
    forEachReturn(window, end: end) { factor *= 1 + $0 }
    return Float(factor - 1)
  }

  /// The standard deviation (n - 1) of returns; NaN where fewer than two, or less than half of the
  /// window, are known.
  private func deviation(_ window: Range<Int>) -> Float {
    var (sum, count) = (0.0, 0)
    forEachReturn(window, end: window.upperBound) {
      sum += $0
      count += 1
    }
    guard count > 1, 2 * count >= window.count else { return .nan }
    let mean = sum / Double(count)
    var squares = 0.0
    forEachReturn(window, end: window.upperBound) {
      let distance = $0 - mean
      squares += distance * distance
    }
    return Float((squares / Double(count - 1)).squareRoot())
  }

  private func drawdown(_ window: Range<Int>) -> Float {
    var (level, peak, deepest) = (1.0, 1.0, 0.0)
    forEachReturn(window, end: window.upperBound) {
      level *= 1 + $0
      peak = max(peak, level)
      if peak > 0 { deepest = min(deepest, level / peak - 1) }
    }
    return Float(deepest)
  }

  /// The mean of close times volume; NaN where less than half of the window has both.
  private func dollarVolume(_ window: Range<Int>) -> Float {
    let closes = closes.span.extracting(window)
    let volumes = volumes.span.extracting(window)
    let hasRevoked = !revoked.isEmpty
    var (sum, days) = (0.0, 0)
    for place in closes.indices {
      let value = Double(closes[place]) * Double(volumes[place])
      if value.isNaN { continue }
      if hasRevoked, isRevoked(window.lowerBound + place, end: window.upperBound) { continue }
      sum += value
      days += 1
    }
    return 2 * days >= window.count ? Float(sum / Double(days)) : .nan
  }
}
