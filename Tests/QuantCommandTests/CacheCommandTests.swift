import Foundation
import QuantCore
import QuantTestSupport
import Testing

@testable import quant

@Suite("quant cache") struct CacheCommandTests {
  private func cache(_ market: MiniMarket, _ words: String...) throws -> QuantProcess.Result {
    try QuantProcess()(["cache"] + words + ["--cache", market.cache])
  }

  /// A market with two panels, the first used before the second.
  private func twoPanels() throws -> MiniMarket {
    var market = try MiniMarket()
    #expect(try market.run("compile").status == 0)
    market.configuration = MiniMarket.configuration.replacingOccurrences(
      of: "safeLagDays: 90", with: "safeLagDays: 91")
    try market.write()
    Thread.sleep(forTimeInterval: 1.01)
    #expect(try market.run("compile").status == 0)
    return market
  }

  @Test("Lists what is there, and removes what was not used for longest")
  func listAndClean() throws {
    let market = try twoPanels()
    let list = try #require(try cache(market, "ls", "--json").json)
    let entries = try #require(list["entries"] as? [[String: Any]])
    #expect(entries.count == 2 && entries.allSatisfy { $0["kind"] as? String == "panel" })
    let sizes = entries.compactMap { $0["bytes"] as? Int }
    #expect(list["bytes"] as? Int == sizes.reduce(0, +))
    #expect(entries.allSatisfy { $0["isInUse"] as? Bool == false })
    #expect(entries.allSatisfy { ($0["what"] as? String)?.hasPrefix("mini, ") == true })
    let text = try cache(market, "ls")
    #expect(text.output.contains("2 entries, ") && text.output.contains("panel"))
    // A rehearsal names the older one and removes nothing.
    let limit = "\(sizes.reduce(0, +) - 1)"
    let rehearsal = try cache(market, "gc", "--max-size", limit, "--dry-run")
    let oldest = try #require(entries[0]["name"] as? String)
    #expect(rehearsal.output.contains("would remove 1 entry"), "\(rehearsal.output)")
    #expect(rehearsal.output.contains(oldest.prefix(12)) && market.panels.count == 2)
    let done = try cache(market, "gc", "--max-size", limit)
    #expect(done.output.contains("removed 1 entry"), "\(done.output)")
    #expect(market.panels.count == 1 && market.panels[0] != oldest)
    #expect(try cache(market, "gc", "--max-size", "1TB").output.contains("removed 0 entries"))
    #expect(try cache(market, "gc", "--max-size", "0").status == 0)
    #expect(market.panels.isEmpty)
    let left = try FileTree.list(recursively: market.cache).filter { !$0.hasPrefix("digests/") }
    #expect(left == [], "\(left)")
    #expect(try market.run("compile").status == 0)
  }

  @Test("What is in use stays; what dead processes left behind goes")
  func inUse() throws {
    let market = try MiniMarket()
    #expect(try market.run("compile").status == 0)
    // The process of a script that has ended is dead.
    let dead = TemporaryName.next(in: "").split(separator: "-", omittingEmptySubsequences: false)
    let number = try QuantProcess().bash("echo $$").output.trimmingCharacters(in: .newlines)
    let orphan = "\(dead[0])-\(dead[1])-\(number)-0.partial"
    try FileTree.createDirectories(market.cache + "/panels" + orphan + "/sub")
    let own = TemporaryName.next(in: market.cache + "/panels")
    try FileTree.createDirectories(own)
    let use = market.cache + "/uses/" + market.panels[0]
    let held = try #require(try FileLock.take(use, isShared: true, wait: false))
    let list = try cache(market, "ls")
    #expect(list.output.contains("panel, in use") && list.output.contains("left behind"))
    let done = try cache(market, "gc", "--max-size", "0")
    #expect(done.output.contains("removed 1 entry"), "\(done.output)\(done.errors)")
    #expect(done.output.contains("2 in use"), "\(done.output)")
    #expect(market.panels.count == 1 && FileTree.exists(own))
    withExtendedLifetime(held) {}
    try FileTree.removeAll(own)
  }

  @Test("A folder that is no cache is not taken for one, and mistakes are named")
  func mistakes() throws {
    let market = try MiniMarket()
    func line(_ words: String...) -> String {
      CommandHere.failure(["cache"] + words).map(CommandHere.line) ?? "accepted"
    }
    let foreign = line("gc", "--max-size", "0", "--cache", market.folder.path)
    #expect(foreign.contains("found no folder 'panels'") && foreign.hasSuffix("[Q-FILE-003]"))
    #expect(line("gc", "--cache", market.cache).hasSuffix("[Q-USAGE-006]"))
    #expect(line("ls", "--dry-run").hasSuffix("[Q-USAGE-009]"))
    #expect(line("path", "--max-size", "1GB").hasSuffix("[Q-USAGE-009]"))
    #expect(line("gc", "--max-size", "a lot").hasSuffix("[Q-USAGE-008]"))
    #expect(try cache(market, "path").output == market.cache + "\n")
    let none = try cache(market, "ls")
    #expect(none.status == 0 && none.output.isEmpty && none.errors.contains("no cache yet"))
    #expect(!FileTree.exists(market.cache))
  }

  @Test("Many processes at a cold cache: one compiles in each round, and all have its bytes")
  func crowd() throws {
    let market = try MiniMarket()
    for round in 0..<5 {
      let result = try QuantProcess().bash(
        """
        cd '\(market.folder.path)'
        for process in 1 2 3 4 5 6; do
          "$QUANT" compile --config mini.json --cache cold\(round) --threads 1 --json &
        done
        wait
        """)
      let lines = result.output.split(separator: "\n")
      #expect(lines.count == 6, "\(result.errors)")
      #expect(lines.filter { $0.contains("\"cacheHit\":false") }.count == 1, "round \(round)")
    }
  }

  @Test(
    "Sizes as people write them",
    arguments: [
      ("0", 0), ("1500", 1500), ("500MB", 500_000_000), ("1.5 GB", 1_500_000_000),
      ("2GiB", 2 << 30), ("10kb", 10_000), ("3 B", 3), ("0.5kib", 512),
      ("9223372036854775807", Int.max),
    ])
  func sizes(text: String, bytes: Int) {
    #expect(ByteSize.parse(text) == bytes)
  }

  @Test(
    "What is no size",
    arguments: [
      "", "-1", "GB", "1.5", "1 XB", "9223372036854775808", "9999999999TB", "1e9", "0x10", "1,5GB",
      "٣",
      "1..5GB", "nan", "inf",
    ])
  func noSizes(text: String) {
    #expect(ByteSize.parse(text) == nil)
  }

  @Test(
    "Times are those of the calendar, also before 1970",
    arguments: [
      (0, "1970-01-01 00:00"), (1_774_965_900, "2026-03-31 14:05"), (-60, "1969-12-31 23:59"),
      (951_782_400, "2000-02-29 00:00"),
    ])
  func times(seconds: Int, text: String) {
    #expect(CacheReport.time(seconds) == text)
  }
}
