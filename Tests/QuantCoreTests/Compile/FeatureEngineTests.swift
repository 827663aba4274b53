import Testing

@testable import QuantCore

@Suite("Features: what recipes may see, and what they may return")
struct FeatureEngineTests {
  /// A recipe that reads one name at a lag and hands on what it reads, with a number of columns.
  private struct Probe: FeatureRecipe {
    static let identifier = "probe"
    static let version = 1
    let name: String
    let shift: Int
    let columns: Int
    init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
      name = try reader.string("reads", "name")
      shift = try reader.integer("shift", default: 0, "lag", in: 0...10_000)
      columns = try reader.integer("columns", default: 1, "columns", in: 0...9)
    }
    var featureNames: [String] { ["probe_\(name)_\(shift)"] }
    func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
      let values = try context.values(name, lag: lag + shift)
      return Array(repeating: values, count: columns)
    }
  }

  private func fixture(_ features: String, fundamentals: String = "") throws -> CompileFixture {
    let fixture = try TinyPanel.fixture(
      TinyPanel.configuration(fundamentals: fundamentals, features: features))
    try fixture.write("deals.csv", "gvkey,announced,completed,withdrawn\n001,2016-06-01,,\n")
    return fixture
  }

  private func table(_ fixture: CompileFixture) throws -> [String: [String: Float]] {
    var registry = RecipeRegistry.standard
    registry.register(Probe.self)
    let panel = try fixture.compiler(recipes: registry).panel(in: try fixture.store()).panel
    return try CompileFixture.table(panel)
  }

  private func refusal(_ features: String) throws -> String? {
    do {
      _ = try table(try fixture(features))
    } catch CompileError.configuration(let error) {
      return error.description
    }
    return nil
  }

  @Test("a feature at a lag is its recipe run on earlier records, whatever replaced it since")
  func lags() throws {
    let rows = try table(
      try fixture(
        #"""
        {"recipe":"ratio","numerators":["cash"],"denominators":["assets"]},
        {"recipe":"change","of":["assets"],"periods":[1]},
        {"recipe":"probe","reads":"assets_change_1","shift":1},
        {"recipe":"winsorize","of":["assets_change_1"]},
        {"recipe":"probe","reads":"fundq.assets","shift":2}
        """#))
    // Assets of 001 are 100, 110, 120, 130: the change of the quarter before is 10 from 2015Q3 on.
    #expect(rows["001 2015Q2"]?["assets_change_1"] == 10)
    #expect(rows["001 2015Q2"]?["probe_assets_change_1_1"]?.isNaN == true)
    #expect(rows["001 2015Q3"]?["probe_assets_change_1_1"] == 10)
    #expect(rows["001 2015Q4"]?["probe_fundq.assets_2"] == 110)
    #expect(rows["001 2015Q4"]?["cash_to_assets"] == 0.1)
  }

  @Test("a feature that compares firms has no earlier values")
  func crossSectional() throws {
    let text = try refusal(
      #"{"recipe":"rank","of":["assets"]},{"recipe":"probe","reads":"assets_rank","shift":1}"#)
    #expect(
      text?.hasPrefix("compile.features[1] is feature 'assets_rank' 1 periods earlier") == true)
  }

  @Test("unknown names, impossible lags and wrong shapes are refused with their place")
  func refusals() throws {
    let unknown = try refusal(#"{"recipe":"probe","reads":"asets"}"#)
    #expect(
      unknown?.contains("compile.features[0]") == true && unknown?.contains("'assets'") == true)
    #expect(
      try refusal(#"{"recipe":"probe","reads":"assets","shift":401}"#)?.contains("0 to 400") == true
    )
    #expect(
      try refusal(#"{"recipe":"probe","reads":"assets","columns":2}"#)?.contains("2 columns")
        == true)
    #expect(try refusal(#"{"recipe":"volatility"}"#)?.contains("compile.prices") == true)
  }

  @Test("a feature without any value is kept, flagged in the manifest and noted")
  func allMissing() throws {
    let fixture = try fixture(#"{"recipe":"level","of":["assets","cash"]}"#)
    let lines = TinyPanel.fundamentals.split(separator: "\n").enumerated().map { index, line in
      index == 0 ? String(line) : line.split(separator: ",").prefix(4).joined(separator: ",") + ","
    }
    try fixture.write("fundq.csv", lines.joined(separator: "\n") + "\n")
    let outcome = try fixture.compile()
    #expect(outcome.panel.featureNames == ["assets", "cash"])
    #expect(outcome.panel.manifest.allMissingFeatures == ["cash"])
    #expect(outcome.notices == ["feature cash has no value in any row"])
  }

  @Test("a column that two sources have must be named with its source")
  func ambiguous() throws {
    let fixture = try fixture(
      #"{"recipe":"probe","reads":"assets"}"#,
      fundamentals:
        #"},{"name":"funda","file":"fundq.csv","firm":"gvkey","periodEnd":"datadate","values":["assets"]"#
    )
    #expect {
      try table(fixture)
    } throws: { error in
      guard case CompileError.configuration(let error) = error else { return false }
      return error.accepted == "fundq.assets or funda.assets"
    }
    fixture.configuration = fixture.configuration.replacing(
      #""reads":"assets""#, with: #""reads":"funda.assets""#)
    // Without a filing date the second source is 90 days late.
    #expect(try table(fixture)["001 2015Q4"]?["probe_funda.assets_0"] == 130)
    #expect(try table(fixture)["001 2015Q1"]?["probe_funda.assets_0"] == 100)
  }

  @Test("the column cache forgets the least recently used first and never more than it must")
  func cache() {
    let cache = ColumnCache(budget: 80)
    cache.insert(Array(repeating: 1, count: 10), for: "a")
    cache.insert(Array(repeating: 2, count: 10), for: "b")
    #expect(cache.column("a") != nil)
    cache.insert(Array(repeating: 3, count: 10), for: "c")
    #expect(cache.column("b") == nil)
    #expect(cache.column("a")?.first == 1 && cache.column("c")?.first == 3)
    cache.insert(Array(repeating: 4, count: 100), for: "d")
    #expect(cache.column("d")?.count == 100)
    #expect(cache.column("a") == nil && cache.column("c") == nil)
  }
}
