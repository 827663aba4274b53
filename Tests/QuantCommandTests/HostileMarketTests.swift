import QuantCore
import QuantTestSupport
import Testing

@testable import quant

/// Configurations and tables that must not be compiled: each is refused with its code and its place.
@Suite("Hostile configurations and tables") struct HostileMarketTests {
  @Test("Refused with one line, the code and the place, and no panel is left")
  func refused() throws {
    for hostile in HostileMarket.all {
      var market = try MiniMarket()
      try hostile.spoil(&market)
      try market.write()
      let words = ["compile", "--config", market.config, "--cache", market.cache, "--threads", "1"]
      guard let failure = CommandHere.failure(words) else {
        Issue.record("accepted: \(hostile.testDescription)")
        continue
      }
      let line = CommandHere.line(failure)
      #expect(failure.code == hostile.code, "\(hostile.testDescription): \(line)")
      for text in hostile.texts { #expect(line.contains(text), "\(line)") }
      #expect(!line.contains("\n") && market.panels.isEmpty)
    }
  }

  @Test("With the arrays, tables and models there are more than 200 cases, each its own")
  func catalogue() {
    #expect(HostileMarket.all.count + HostileCase.all.count >= 220)
    #expect(Set(HostileMarket.all.map(\.testDescription)).count == HostileMarket.all.count)
  }
}
