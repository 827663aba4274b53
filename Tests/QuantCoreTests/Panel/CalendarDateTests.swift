import FoundationEssentials
import QuantCore
import Testing

@Suite("CalendarDate")
struct CalendarDateTests {
  @Test("Known days have known numbers")
  func known() {
    for (text, number) in [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2015-03-31", 16_525),
      ("1900-03-01", -25_508), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ] {
      #expect(CalendarDate(text)?.daysSinceEpoch == Int32(number), "\(text)")
      #expect(CalendarDate(daysSinceEpoch: Int32(number)).description == text)
    }
  }

  @Test("Every day from 1599 to 2401 follows the one before it")
  func succession() {
    var (year, month, day) = (1599, 12, 31)
    var number = CalendarDate(year: year, month: month, day: day).daysSinceEpoch
    while year < 2401 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      number += 1
      let date = CalendarDate(daysSinceEpoch: number)
      guard date.components == (year, month, day),
        CalendarDate(validating: year, month, day) == date,
        CalendarDate(validating: year, month, lengths[month - 1] + 1) == nil
      else {
        Issue.record("\(year)-\(month)-\(day)")
        return
      }
    }
  }

  @Test("Every number of days has a day, at the ends of 32 bits too")
  func extremes() {
    var random = SplitMix64(seed: 4)
    let numbers =
      [Int32.min, .max, 0] + (0..<2000).map { _ in Int32(truncatingIfNeeded: random.next()) }
    for number in numbers {
      let (year, month, day) = CalendarDate(daysSinceEpoch: number).components
      #expect((1...12).contains(month) && (1...31).contains(day))
      #expect(CalendarDate(year: year, month: month, day: day).daysSinceEpoch == number)
    }
    #expect(CalendarDate(daysSinceEpoch: .max).addingDays(1).daysSinceEpoch == .max)
    #expect(CalendarDate(daysSinceEpoch: 5).addingDays(.min).daysSinceEpoch == .min)
    #expect(CalendarDate(daysSinceEpoch: .min).addingDays(.max).daysSinceEpoch == .max)
    #expect(CalendarDate(daysSinceEpoch: 5).addingDays(-7).daysSinceEpoch == -2)
    let widest = CalendarDate(daysSinceEpoch: .max).days(since: CalendarDate(daysSinceEpoch: .min))
    #expect(widest == 4_294_967_295)
  }

  @Test(
    "Reads every accepted form",
    arguments: [
      "2015-06-30", "20150630", "2015/06/30", "2015-06", "2015/06", "2015-06-30T00:00:00",
      "2015-06-30 16:30", "2015-06-30T16:30:00.000Z", "2015-06-30 00:00:00+00:00",
      "20150630 00:00:00", "20150630T00:00-0500", "2015-06-30T09:30:00+05",
    ])
  func forms(text: String) {
    #expect(CalendarDate(text)?.description == "2015-06-30")
  }

  @Test(
    "Refuses everything else",
    arguments: [
      "", "2015", "201506", "2015-6-30", "2015-02-29", "2015-02-30", "2015-00-10", "2015-13-01",
      "2015-04-31", "0000-01-01", "0000-01", "10000-01-01", "2015-06-300", "2015-06/30",
      "2015.06.30",
      "30-06-2015", "06/30/2015", " 2015-06-30", "2015-06-30 ", "-015-06-30", "+2015-6-3",
      "2015-06-30T", "2015-06-30 x", "2015-06-30 to 2015-07-01", "2015-06-30T1:00", "2015-06-30Z",
      "2015-06-30T10:00:", "2015-06-30T10:00:00.", "2015-06-30T10:00+0", "2015-06-30T10:00+00:0",
      "2015-06-30T10:00Zx", "２０１５-06-30", "2015-06-3\u{660}", "2015061", "201506301",
      "2015-0\u{0}-01",
      "abcd-ef-gh", "9999999999999999999999",
    ])
  func refused(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test("Odd bytes never trap")
  func fuzz() {
    var random = SplitMix64(seed: 8)
    let alphabet = Array("0123456789-/T :.Z+Q\u{0}é".utf8)
    for _ in 0..<50_000 {
      let bytes = (0..<random.next() % 26).map { _ in
        alphabet[Int(random.next() % UInt64(alphabet.count))]
      }
      if let date = CalendarDate(ascii: bytes.span) {
        let (year, month, day) = date.components
        #expect(CalendarDate(validating: year, month, day) == date)
      }
    }
  }

  @Test("Months are added with month ends kept")
  func months() {
    for (from, months, to) in [
      ("2015-03-31", 3, "2015-06-30"), ("2015-06-30", 3, "2015-09-30"),
      ("2015-02-28", 12, "2016-02-29"), ("2016-02-29", 12, "2017-02-28"),
      ("2015-01-30", 1, "2015-02-28"), ("2015-01-15", -2, "2014-11-15"),
      ("2015-01-15", -13, "2013-12-15"), ("2015-12-31", 0, "2015-12-31"),
      ("0001-01-31", -13, "-0001-12-31"),
    ] {
      #expect(CalendarDate(from)?.addingMonths(months).description == to, "\(from)")
    }
    #expect(CalendarDate.lastDay(ofMonthOrdinal: -1).components == (-1, 12, 31))
    #expect(CalendarDate("2015-07-15")?.nearestMonthEndOrdinal == 2015 * 12 + 5)
    #expect(CalendarDate("2015-07-16")?.nearestMonthEndOrdinal == 2015 * 12 + 6)
    #expect(CalendarDate("2015-01-03")?.nearestMonthEndOrdinal == 2014 * 12 + 11)
  }

  @Test("Days are text in JSON")
  func coding() throws {
    let dates = try [#require(CalendarDate("2015-06-30")), #require(CalendarDate("0999-01-02"))]
    let data = try JSONEncoder().encode(dates)
    #expect(String(decoding: data, as: UTF8.self) == #"["2015-06-30","0999-01-02"]"#)
    #expect(try JSONDecoder().decode([CalendarDate].self, from: data) == dates)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CalendarDate].self, from: Data(#"["2015-02-30"]"#.utf8))
    }
  }

  @Test("Later days are greater")
  func order() throws {
    let first = try #require(CalendarDate("2015-06-30"))
    let second = try #require(CalendarDate("2015-07-01"))
    #expect(first < second)
    #expect(second.days(since: first) == 1)
  }
}
