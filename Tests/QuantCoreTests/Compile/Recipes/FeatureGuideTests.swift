import FoundationEssentials
import QuantTestSupport
import Testing

@testable import QuantCore

/// What `Docs/Guides/features.md` says is what the recipes do.
@Suite("The guide to features")
struct FeatureGuideTests {
  private let columns = [
    "assets", "cash", "debt", "employees", "equity", "net_income", "revenues",
  ]

  private func lines() throws -> [Substring] {
    let root = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
    let text = try String(
      decoding: Data(contentsOf: URL(filePath: "/\(root)/Docs/Guides/features.md")), as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The JSON blocks, each with the heading it stands under.
  private func blocks() throws -> [(heading: String, text: String)] {
    var blocks: [(heading: String, text: String)] = []
    var heading = ""
    var block: [Substring]?
    for line in try lines() {
      if line.hasPrefix("#"), block == nil { heading = String(line.drop { "# ".contains($0) }) }
      if line == "```json" {
        block = []
      } else if line == "```", let text = block {
        blocks.append((heading, text.joined(separator: "\n")))
        block = nil
      } else {
        block?.append(line)
      }
    }
    return blocks
  }

  @Test("Every example is accepted")
  func examples() throws {
    let blocks = try blocks()
    #expect(blocks.count == RecipeRegistry.standard.identifiers.count + 1)
    for (heading, text) in blocks {
      let list = text.hasPrefix("[") ? text : "[\(text)]"
      let declarations = try RecipeRun.declarations(list)
      #expect(throws: Never.self, "\(heading)") {
        try RecipeRegistry.standard.recipes(for: declarations, columns: columns)
      }
      if RecipeRegistry.standard.identifiers.contains(heading) {
        #expect(declarations.contains { $0.recipe == heading }, "\(heading)")
      }
    }
  }

  @Test("The first example makes the features that the guide lists")
  func firstExample() throws {
    let text = try #require(try blocks().first).text
    let recipes = try RecipeRegistry.standard.recipes(
      for: RecipeRun.declarations(text), columns: columns)
    let names = recipes.filter { !$0.replacesInputs }.flatMap(\.featureNames)
    #expect(
      names == [
        "net_income_to_assets", "debt_to_assets", "net_income_to_assets_change_1",
        "net_income_to_assets_change_4", "net_income_to_assets_rank",
        "net_income_to_assets_change_1_rank", "net_income_to_assets_change_4_rank",
        "momentum_252_21", "momentum_63_21",
      ])
  }

  @Test("The table has every recipe with every parameter and its default")
  func table() throws {
    let rows = try lines().filter { $0.hasPrefix("| [") }
    for identifier in RecipeRegistry.standard.identifiers {
      let row = try #require(rows.first { $0.hasPrefix("| [\(identifier)]") })
      let path = "compile.features[\(identifier)]."
      for field in try RecipeRegistry.standard.schema() where field.path.hasPrefix(path) {
        let name = String(field.path.dropFirst(path.count))
        if ["recipe", "prefix", "names"].contains(name) { continue }
        #expect(row.contains("`\(name)`"), "\(identifier).\(name)")
        guard let defaultValue = field.defaultValue, defaultValue != .null else { continue }
        let text = defaultValue.canonicalText.filter { !"[]\"".contains($0) }
          .split(separator: ",").joined(separator: ", ")
        let plain = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        #expect(row.contains("`\(name)` (\(plain))"), "\(identifier).\(name) is \(plain)")
      }
    }
  }
}
