import Testing

@testable import QuantCore

@Suite("Prices: returns, bad ticks, windows")
struct PriceTests {
  private typealias Tick = FirmPrices.Tick

  private func prices(
    _ closes: [Float], rule: FirmPrices.ReturnRule = .close, maximum: Double = 3,
    splits: [Int: Float] = [:], dividends: [Int: Float] = [:]
  ) -> FirmPrices {
    let ticks = closes.enumerated().map { index, close in
      Tick(
        day: Int32(index), close: close, totalReturn: rule == .totalReturn ? close : .nan,
        adjustedClose: close, split: splits[index] ?? .nan, dividend: dividends[index] ?? .nan,
        volume: 10)
    }
    return FirmPrices(ticks, rule: rule, hasVolume: true, maximumReturn: maximum)
  }

  /// Returns are Float32, so a product of a few of them is off by some 1e-7.
  private func isNear(_ value: Float, _ expected: Float) -> Bool { abs(value - expected) < 1e-6 }

  @Test("total returns include splits and dividends")
  func returns() {
    let plain = prices([10, 11, 22])
    #expect(plain.returns[0].isNaN)
    #expect(plain.returns[1...] == [0.1, 1])
    // Two for one at half the price, and one unit paid.
    let split = prices([10, 5, 5], splits: [1: 2], dividends: [2: 1])
    #expect(split.returns[1...] == [0, 0.2])
    #expect(split.value(of: .momentum(days: 2, skip: 0), on: 2) == 0.2)
    #expect(split.value(of: .close, on: 2) == 5)
  }

  @Test("momentum, volatility, drawdown and dollar volume of five days, by hand")
  func statistics() {
    let five = prices([100, 110, 99, 99, 198])
    // Returns 0.1, -0.1, 0, 1.
    #expect(isNear(five.value(of: .momentum(days: 4, skip: 0), on: 4), 0.98))
    #expect(isNear(five.value(of: .momentum(days: 4, skip: 1), on: 4), -0.01))
    #expect(isNear(five.value(of: .momentum(days: 5, skip: 0), on: 4), 0.98))
    #expect(five.value(of: .momentum(days: 6, skip: 0), on: 4).isNaN)
    // Mean 0.25; squares 0.0225, 0.1225, 0.0625, 0.5625; sum 0.77 over 3.
    #expect(isNear(five.value(of: .volatility(days: 4), on: 4), 0.506_622_8))
    #expect(isNear(five.value(of: .drawdown(days: 4), on: 4), -0.1))
    #expect(five.value(of: .dollarVolume(days: 2), on: 4) == 1485)
  }

  @Test("a statistic uses no day after its date, and none that is stale")
  func window() {
    let five = prices([100, 110, 99, 99, 198])
    #expect(five.value(of: .close, on: 2) == 99)
    #expect(isNear(five.value(of: .momentum(days: 2, skip: 0), on: 2), -0.01))
    #expect(five.value(of: .close, on: 13) == 198)
    #expect(five.value(of: .close, on: 14).isNaN)
    #expect(five.value(of: .close, on: -1).isNaN)
  }

  @Test("a jump that is taken back is ignored; so is a fall, once the next day shows it")
  func badTicks() {
    let up = prices([10, 100, 10, 11])
    #expect(up.badTicks == 1)
    #expect(isNear(up.value(of: .momentum(days: 3, skip: 0), on: 3), 0.1))
    #expect(up.value(of: .close, on: 1) == 10)
    let down = prices([10, 1, 10, 11])
    #expect(down.badTicks == 1)
    #expect(abs(down.value(of: .momentum(days: 3, skip: 0), on: 3) - 0.1) < 1e-6)
    #expect(down.value(of: .volatility(days: 3), on: 3) < 0.1)
    // On the day of the fall nobody knew: the decision sees it as it was.
    #expect(abs(down.value(of: .momentum(days: 1, skip: 0), on: 1) + 0.9) < 1e-6)
    // A level that stays is no glitch: only the jump itself is left out.
    let lasting = prices([10, 100, 110, 121])
    #expect(abs(lasting.value(of: .momentum(days: 3, skip: 0), on: 3) - 0.21) < 1e-6)
    // A column of returns is treated alike.
    let column = prices([0.1, 9, -0.9, 0.1], rule: .totalReturn)
    #expect(abs(column.value(of: .momentum(days: 3, skip: 0), on: 3) - 0.1) < 1e-6)
  }

  @Test("long and wide tables give the same panel; unusable days are counted")
  func layouts() throws {
    var random = SplitMix64(seed: 3)
    var long = ["day,id,close,ret"]
    var closes = ["date,003,001,zzz"]
    var returns = ["date,001,003"]
    let start = try #require(CalendarDate("2015-01-05"))
    for offset in 0..<300 {
      let day = start.addingDays(offset)
      let values = (0..<4).map { _ in (random.unit() * 100).rounded() / 50 }
      let (one, three) = (values[0] * 10 - 1, values[1] * 10)
      long.append("\(day),001,\(one),\(values[2] - 0.9)")
      long.append("\(day),003,\(three),\(values[3] - 0.9)")
      long.append("\(day),zzz,5,")
      closes.append("\(day),\(three),\(one),5")
      returns.append("\(day),\(values[2] - 0.9),\(values[3] - 0.9)")
    }
    let features = #"""
      {"recipe":"momentum","days":[60],"skip":5},{"recipe":"volatility","days":[20]},
      {"recipe":"drawdown","days":[40]}
      """#
    func fixture(_ prices: String) throws -> CompileFixture {
      let fixture = try TinyPanel.fixture(
        TinyPanel.configuration(features: features, rest: #","prices":\#(prices)"#))
      try fixture.write("long.csv", long.joined(separator: "\n") + "\n")
      try fixture.write("closes.csv", closes.joined(separator: "\n") + "\n")
      try fixture.write("returns.csv", returns.joined(separator: "\n") + "\n")
      return fixture
    }
    let fixtures = [
      try fixture(
        #"{"file":"long.csv","date":"day","firm":"id","close":"close","totalReturn":"ret"}"#),
      try fixture(#"{"layout":"wide","file":"closes.csv","totalReturnFile":"returns.csv"}"#),
    ]
    defer { for fixture in fixtures { fixture.keep() } }
    let (a, b) = (try fixtures[0].compile(), try fixtures[1].compile())
    #expect(
      try CompileFixture.bytes(a.directory + "/X_global.npy")
        == CompileFixture.bytes(b.directory + "/X_global.npy"))
    for outcome in [a, b] {
      let account = try #require(outcome.panel.manifest.sources.first { $0.source == "prices" })
      #expect(account.rowsIn == 900 && account.isConserved)
      #expect(account.dropped.first { $0.reason == "unknownFirm" }?.count == 300)
      #expect(account.dropped.contains { $0.reason == "priceNotPositive" })
    }
    // Firm 002 has no prices at all.
    let rows = try CompileFixture.table(a.panel)
    #expect(rows["002 2015Q2"]?.values.allSatisfy(\.isNaN) == true)
    #expect(rows["001 2015Q2"]?.values.allSatisfy { !$0.isNaN } == true)
    let rate = try #require(a.panel.manifest.coverage["pricedRows"])
    #expect(rate > 0.6 && rate < 0.9)
  }

  @Test("days that are given twice are settled by content, not by their order")
  func duplicates() {
    var ticks = [Tick(day: 1, close: 5), Tick(day: 1, close: 4), Tick(day: 0, close: 4)]
      .map { PriceEntry(tick: $0, rank: 0) }
    let first = FirmPricesResult(ticks, rule: .close, hasVolume: false, maximumReturn: 3)
    ticks.reverse()
    let second = FirmPricesResult(ticks, rule: .close, hasVolume: false, maximumReturn: 3)
    #expect(first.prices.closes == [4, 4] && second.prices.closes == [4, 4])
    #expect(first.drops == ["duplicate": 1])
  }

  @Test("a split or dividend on a day without a usable price belongs to the return over the gap")
  func actionsInGaps() {
    func prices(_ ticks: [Tick]) -> FirmPricesResult {
      FirmPricesResult(
        ticks.map { PriceEntry(tick: $0, rank: 0) }, rule: .close, hasVolume: false,
        maximumReturn: 3)
    }
    // Two for one while no price is known: 10 become two at 5. Then 1 is paid for each new share, and
    // one more split follows at a price of 0: (2.5 x 2) x 2 + 1 x 2 for 10.
    let gap = prices([
      Tick(day: 0, close: 10), Tick(day: 1, split: 2, dividend: 0),
      Tick(day: 2, close: 5, split: 1, dividend: 0), Tick(day: 3, close: 10),
      Tick(day: 4, split: 2), Tick(day: 5, dividend: 1), Tick(day: 6, close: 0, split: 2),
      Tick(day: 7, close: 2.5),
    ])
    #expect(gap.prices.days == [0, 2, 3, 7])
    #expect(gap.prices.returns[1...].map { Double($0) } == [0, 1, Double(Float(0.2))])
    #expect(gap.drops == ["missingPrice": 3, "priceNotPositive": 1])
    // A gap that is not over yet says nothing of what comes in it.
    #expect(gap.prices.value(of: .momentum(days: 1, skip: 0), on: 6) == 1)
    // A day that is given twice splits once, whichever of its lines has the price.
    let twice = prices([
      Tick(day: 0, close: 10), Tick(day: 1, close: 5, split: 2), Tick(day: 1, split: 2),
      Tick(day: 2, close: 5), Tick(day: 3, close: -1), Tick(day: 3, close: 2.5, split: 2),
      Tick(day: 4, split: 2), Tick(day: 4, split: 2), Tick(day: 5, close: 1.25),
    ])
    #expect(twice.prices.returns[1...] == [0, 0, 0, 0])
  }

  @Test("nothing that comes after a date changes a statistic of it", arguments: 1...20)
  func poisonedFuture(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func entry(_ day: Int32) -> PriceEntry {
      func chance(_ share: Double) -> Bool { random.unit() < share }
      var tick = Tick(day: day, close: Float(10 + 5 * random.unit()))
      if chance(0.05) { tick.close = chance(0.5) ? .nan : tick.close * (chance(0.5) ? 0.1 : 20) }
      tick.adjustedClose = tick.close / 3
      tick.totalReturn = chance(0.05) ? .nan : Float(random.unit() / 10 - 0.05)
      tick.split = chance(0.04) ? 2 : chance(0.03) ? 0.1 : 1
      tick.dividend = chance(0.04) ? 0.5 : 0
      tick.volume = Float(random.unit() * 1000)
      return PriceEntry(tick: tick, rank: 0)
    }
    let entries = (Int32(0)..<300).map(entry)
    let statistics: [PriceStatistic] = [
      .close, .momentum(days: 60, skip: 5), .momentum(days: 21, skip: 0), .volatility(days: 63),
      .drawdown(days: 120), .dollarVolume(days: 21),
    ]
    for rule in [FirmPrices.ReturnRule.close, .adjustedClose, .totalReturn] {
      func prices(_ entries: [PriceEntry]) -> FirmPrices {
        FirmPricesResult(entries, rule: rule, hasVolume: true, maximumReturn: 3).prices
      }
      let honest = prices(entries)
      var shown = 0
      for _ in 0..<8 {
        let day = Int32(120 + random.next() % 170)
        let changed = prices(entries.filter { $0.tick.day <= day } + (day + 1..<310).map(entry))
        for statistic in statistics {
          let (one, other) = (
            honest.value(of: statistic, on: day), changed.value(of: statistic, on: day)
          )
          #expect(one.bitPattern == other.bitPattern, "seed \(seed) \(rule) \(statistic)")
          if honest.value(of: statistic, on: 299) != changed.value(of: statistic, on: 299) {
            shown += 1
          }
        }
      }
      #expect(shown > 20, "the poison shows on later days")
    }
  }
}

extension FirmPrices {
  /// A statistic as of a day.
  fileprivate func value(of statistic: PriceStatistic, on day: Int32) -> Float {
    value(of: statistic, on: day, end: end(on: day))
  }
}
