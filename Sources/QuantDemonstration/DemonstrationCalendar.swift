internal import QuantCore

/// The trading days and the market's daily returns, shared by all firms.
struct DemonstrationCalendar: Sendable {
  /// The quarters that are simulated; index 0 is the first.
  let quarters: [Period]
  /// Index of the first quarter with a decision date.
  let firstDecision: Int
  /// Trading days as days since 1970-01-01: Monday to Friday but 1 January, 4 July, 25 December.
  let days: [Int32]
  /// The range of trading days of each quarter.
  let dayRanges: [Range<Int>]
  /// The market's return on each trading day, as a fraction; its volatility moves in waves.
  let marketReturns: [Double]

  /// The last day of the data: nothing that became known later is in any file.
  var end: CalendarDate { quarters[quarters.count - 1].lastDay }

  init(size: DemonstrationSize, seed: UInt64) {
    quarters = Array(size.firstSimulated...size.lastPeriod)
    firstDecision = size.firstSimulated.distance(to: size.firstPeriod)
    var days: [Int32] = []
    var ranges: [Range<Int>] = []
    for quarter in quarters {
      let start = days.count
      let first = quarter.advanced(by: -1).lastDay.daysSinceEpoch + 1
      for day in first...quarter.lastDay.daysSinceEpoch where Self.isTradingDay(day) {
        days.append(day)
      }
      ranges.append(start..<days.count)
    }
    self.days = days
    dayRanges = ranges
    let stream = CounterStream(seed: seed, 0x6D61_726B)
    var returns: [Double] = []
    returns.reserveCapacity(days.count)
    for (index, range) in ranges.enumerated() {
      // A crisis of three quarters in every 26.
      let isCrisis = (index + 9) % 26 < 3
      let (drift, deviation) = isCrisis ? (-0.0014, 0.022) : (0.0005, 0.009)
      for day in range {
        returns.append(drift + deviation * PortableMath.normal(stream.bits(UInt64(days[day]))))
      }
    }
    marketReturns = returns
  }

  private static func isTradingDay(_ day: Int32) -> Bool {
    // 1970-01-01 was a Thursday: 0 is Monday here.
    let weekday = (Int(day) + 3) % 7
    guard weekday < 5 else { return false }
    let date = CalendarDate(daysSinceEpoch: day).components
    switch (date.month, date.day) {
    case (1, 1), (7, 4), (12, 25): return false
    default: return true
    }
  }

  /// Index of the last trading day on or before a date, or `nil` before the first.
  func index(onOrBefore date: CalendarDate) -> Int? {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] <= date.daysSinceEpoch { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// The date of a trading day.
  func date(_ index: Int) -> CalendarDate { CalendarDate(daysSinceEpoch: days[index]) }
}
