import Foundation
import QuantTestSupport
import Testing

@testable import quant

@Suite("quant audit leak") struct AuditCommandTests {
  @Test("Clean data pass with exit code 0; text, table and JSON say what was changed and compared")
  func clean() throws {
    let market = try MiniMarket()
    let table = market.folder.file("leak.csv")
    let text = try QuantProcess()([
      "audit", "leak", "--config", market.config, "--dates", "2", "--output", table,
    ])
    #expect(text.status == 0, "\(text.output)\(text.errors)")
    #expect(text.output.contains("clean  nothing moved: 2 dates"))
    #expect(text.output.contains("rdq (compile)"))
    let lines = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n")
    #expect(lines[0].hasPrefix("section,date,mutation,source,subject,name,poisoned,"))
    // Two dates with values, added and removed of two sources, and removed of the later decisions.
    #expect(lines.count { $0.hasPrefix("poison,") } == 14)
    #expect(lines.count { $0.hasPrefix("target,,,,feature,") } == 2)

    let json = try QuantProcess()([
      "audit", "leak", "--config", market.config, "--date", "2013-06-30", "--date", "2013-12-31",
      "--learner", "gbdt", "--json",
    ])
    #expect(json.status == 0, "\(json.errors)")
    #expect(json.json?["isClean"] as? Bool == true)
    #expect(json.json?["dates"] as? [String] == ["2013-06-30", "2013-12-31"])
    #expect(json.json?["learner"] as? String == "gbdt")
    let poisons = try #require(json.json?["poisons"] as? [[String: Any]])
    #expect(poisons.count == 14)
    #expect(poisons.allSatisfy { ($0["poisoned"] as? Int ?? 0) > 0 && $0["moved"] as? Int == 0 })
    let targets = try #require(json.json?["targets"] as? [[String: Any]])
    #expect(targets.allSatisfy { ($0["values"] as? Int ?? 0) > 0 })
    #expect(Set(targets.compactMap { $0["subject"] as? String }).contains("predictions"))
  }

  @Test("Records dated by their period end fail with exit code 1, once with proof and once without")
  func periodEnd() throws {
    var market = try MiniMarket()
    market.configuration = market.configuration
      .replacingOccurrences(of: "available: \"rdq\", safeLagDays: 90", with: "safeLagDays: 0")
    try market.write()
    let screened = try QuantProcess()([
      "audit", "leak", "--config", market.config, "--dates", "1", "--no-predictions",
    ])
    #expect(screened.status == 1)
    #expect(screened.errors.contains("[Q-GATE-003]"))
    #expect(screened.output.contains("records are used before 'rdq'"))

    market.configuration = market.configuration.replacingOccurrences(
      of: "  },\n}",
      with: "  },\n  audit: { recorded: [{ source: \"records\", day: \"rdq\" }] },\n}")
    try market.write()
    let proven = try QuantProcess()([
      "audit", "leak", "--config", market.config, "--dates", "1", "--no-predictions", "--json",
    ])
    #expect(proven.status == 1, "\(proven.errors)")
    let findings = try #require(proven.json?["findings"] as? [[String: Any]])
    let feature = try #require(
      findings.first {
        $0["subject"] as? String == "feature" && $0["mutation"] as? String == "values"
      })
    #expect(feature["source"] as? String == "records")
    #expect(["at", "ni"].contains(feature["name"] as? String))
    for key in ["date", "quarter", "firm", "old", "new"] {
      #expect(feature[key] is String, "\(key)")
    }
  }

  @Test("What is not understood is refused")
  func refusals() throws {
    let market = try MiniMarket()
    func status(_ words: String...) throws -> (Int32, String) {
      let result = try QuantProcess()(["audit", "leak", "--config", market.config] + words)
      return (Int32(result.status), result.errors)
    }
    #expect(try status("--date", "2013-02-30").0 == 64)
    #expect(try status("--date", "2013-06-30", "--dates", "3").0 == 64)
    #expect(try status("--date", "1999-01-01").0 == 65)
    #expect(try status("--learner", "none").0 == 78)
    #expect(try QuantProcess()(["audit", "--config", market.config]).status == 64)
    #expect(try QuantProcess()(["audit", "leaks", "--config", market.config]).status == 64)
  }
}
