/// A day of the proleptic Gregorian calendar, held as the number of days since 1970-01-01.
///
/// All calendar arithmetic of the package is integer arithmetic on this type: no time zone, no
/// locale and no calendar data of the operating system can change a result.
///
/// ```swift
/// let end = CalendarDate(year: 2015, month: 3, day: 31)
/// end.addingMonths(3)            // 2015-06-30: a month end stays a month end
/// end.daysSinceEpoch             // 16525
/// ```
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before it.
  public var daysSinceEpoch: Int32

  /// Creates a date from its day number.
  public init(daysSinceEpoch: Int32) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  /// Creates a date from its civil components, or `nil` where no such day exists.
  ///
  /// Edge cases: 29 February exists in leap years only; years run from 1 to 9999.
  public init?(validating year: Int, _ month: Int, _ day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarDate.dayCount(ofMonth: month, year: year)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Creates a date from components that are known to be valid.
  ///
  /// Days past the end of the month run on into the next one; use `init(validating:_:_:)` for input.
  public init(year: Int, month: Int, day: Int) {
    // Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let shiftedMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSinceEpoch = Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month (1...12) and day (1...31).
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(daysSinceEpoch) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Months since January of year 0: `12 * year + month - 1`.
  public var monthOrdinal: Int {
    let (year, month, _) = components
    return year * 12 + month - 1
  }

  /// The month whose end lies nearest: fiscal periods that close up to 15 days into a month
  /// (52/53-week calendars) count for the month before.
  package var nearestMonthEndOrdinal: Int {
    components.day <= 15 ? monthOrdinal - 1 : monthOrdinal
  }

  /// The last day of a month given by its ordinal (see `monthOrdinal`).
  public static func lastDay(ofMonthOrdinal ordinal: Int) -> CalendarDate {
    let year = ordinal >= 0 ? ordinal / 12 : -((11 - ordinal) / 12)
    let month = ordinal - year * 12 + 1
    return CalendarDate(year: year, month: month, day: dayCount(ofMonth: month, year: year))
  }

  /// This date moved by whole months; a month end stays a month end, other days are clamped.
  public func addingMonths(_ months: Int) -> CalendarDate {
    let (year, month, day) = components
    let target = CalendarDate.lastDay(ofMonthOrdinal: year * 12 + month - 1 + months)
    let (targetYear, targetMonth, targetLast) = target.components
    let isMonthEnd = day == CalendarDate.dayCount(ofMonth: month, year: year)
    return isMonthEnd || day >= targetLast
      ? target : CalendarDate(year: targetYear, month: targetMonth, day: day)
  }

  /// This date moved by a number of days.
  ///
  /// Edge case: a date that 32 bits cannot hold becomes the first or last one that they can.
  public func addingDays(_ days: Int) -> CalendarDate {
    let (target, overflows) = Int(daysSinceEpoch).addingReportingOverflow(days)
    return CalendarDate(
      daysSinceEpoch: Int32(clamping: overflows ? (days < 0 ? .min : .max) : target))
  }

  /// The number of days from `other` to this date.
  public func days(since other: CalendarDate) -> Int {
    Int(daysSinceEpoch) - Int(other.daysSinceEpoch)
  }

  /// The number of days of a month: 28 to 31.
  public static func dayCount(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Orders dates in time.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }
}
