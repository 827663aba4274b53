import FoundationEssentials
import QuantCore
import Testing

@Suite("Period")
struct PeriodTests {
  @Test("Reads and writes the usual names")
  func names() throws {
    let quarter = try #require(Period("2015Q3"))
    #expect(quarter.frequency == .quarterly)
    #expect(quarter.lastDay.description == "2015-09-30")
    #expect(quarter.advanced(by: 2).description == "2016Q1")
    #expect(Period("2015q3") == quarter)
    let year = try #require(Period("2015"))
    #expect(year.frequency == .annual)
    #expect(year.lastDay.description == "2015-12-31")
    let month = try #require(Period("2016-02"))
    #expect(month.frequency == .monthly)
    #expect(month.lastDay.description == "2016-02-29")
    #expect(month.advanced(by: -2).description == "2015-12")
    #expect(quarter.distance(to: quarter.advanced(by: -5)) == -5)
  }

  @Test(
    "Refuses everything else",
    arguments: [
      "", "Q3", "201", "0000", "0000Q1", "2015Q0", "2015Q5", "2015Q", "2015Q33", "2015-13",
      "2015-00",
      "2015-+1", "2015--1", "2015-1", "2015-001", "2015Q+1", "+015", "-015Q1", "2015 Q1", "2015Q1 ",
      " 2015Q1", "２０１５", "201５", "2015Q１", "2015Q\u{0}", "2015\u{301}", "2015Q3\u{301}", "20150930",
      "99999999999999999999", "2015_3", "2015Qa",
    ])
  func refused(text: String) {
    #expect(Period(text) == nil)
  }

  @Test(
    "Every name of the years 1 to 9999 reads back, in ascending order",
    arguments: Frequency.allCases)
  func roundTrip(frequency: Frequency) throws {
    let count = Int32(12 / frequency.months)
    var ordinal = count
    var previous = CalendarDate(daysSinceEpoch: .min)
    while ordinal < 10_000 * count {
      let period = Period(frequency, ordinal: ordinal)
      try #require(Period(period.description) == period)
      try #require(Period(frequency, containing: period.lastDay) == period)
      try #require(
        Period(frequency, containing: period.lastDay.addingDays(1)) == period.advanced(by: 1))
      try #require(period.lastDay > previous)
      previous = period.lastDay
      ordinal += 7
    }
  }

  @Test("Dates before year 0 and the ends of 32 bits have periods too")
  func extremes() {
    let early = CalendarDate.lastDay(ofMonthOrdinal: -1)
    #expect(Period(.quarterly, containing: early).ordinal == -1)
    #expect(Period(.quarterly, ordinal: -1).description == "-0001Q4")
    #expect(Period(.quarterly, ordinal: -1).lastDay == early)
    #expect(Period(.annual, ordinal: .max).advanced(by: 1).ordinal == .max)
    #expect(Period(.annual, ordinal: 0).advanced(by: .min).ordinal == .min)
    #expect(
      Period(.monthly, ordinal: .min).distance(to: Period(.monthly, ordinal: .max)) == 4_294_967_295
    )
    for ordinal in [Int32.min, .max] {
      for frequency in Frequency.allCases {
        #expect(!Period(frequency, ordinal: ordinal).description.isEmpty)
        _ = Period(frequency, ordinal: ordinal).lastDay
      }
    }
  }

  @Test("Periods and horizons are names and numbers in JSON")
  func coding() throws {
    let periods = try [#require(Period("2015Q3")), #require(Period("0999-01"))]
    let data = try JSONEncoder().encode(periods)
    #expect(String(decoding: data, as: UTF8.self) == #"["2015Q3","0999-01"]"#)
    #expect(try JSONDecoder().decode([Period].self, from: data) == periods)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Period].self, from: Data(#"["2015Q7"]"#.utf8))
    }
    let horizons = try JSONDecoder().decode([Horizon].self, from: Data("[3,12]".utf8))
    #expect(horizons.map(\.description) == ["3m", "12m"])
    #expect(horizons[0] < horizons[1])
    #expect(String(decoding: try JSONEncoder().encode(horizons), as: UTF8.self) == "[3,12]")
    for text in ["[0]", "[-3]", "[1.5]", "[99999999999999999999]", "[\"3m\"]"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode([Horizon].self, from: Data(text.utf8))
      }
    }
  }
}
