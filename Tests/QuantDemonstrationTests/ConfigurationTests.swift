import QuantCore
import QuantDemonstration
import Testing

@Suite("Shipped configurations")
struct ShippedConfigurationTests {
  @Test(
    "the demonstration's configuration asks for 76 features, or 200 at full size",
    arguments: DemonstrationSize.allCases)
  func demonstration(_ size: DemonstrationSize) throws {
    let text = DemonstrationConfiguration.text(size: size)
    let features = try featureNames(Array(text.utf8), source: "demo.json")
    #expect(features.count == size.featureCount)
    #expect(size.featureCount == (size == .full ? 200 : 76))
    #expect(Set(features).count == features.count)
  }

  @Test("every family of recipes occurs in the demonstration")
  func families() throws {
    let text = DemonstrationConfiguration.text(size: .small)
    for identifier in RecipeRegistry.standard.identifiers {
      #expect(text.contains("recipe: \"\(identifier)\""), "\(identifier)")
    }
  }

  @Test("the configuration of the demonstration is the one among the examples")
  func example() throws {
    let shipped = try SystemCalls.readAll(examples + "/demo.json")
    #expect(shipped == DemonstrationConfiguration.text(size: .small))
  }

  @Test(
    "the configurations for real data parse, and their recipes find their inputs",
    arguments: [("us-filings.json", 3), ("bankruptcy.json", 1)])
  func realData(_ name: String, _ horizons: Int) throws {
    let bytes = Array(try SystemCalls.readAll("\(examples)/\(name)").utf8)
    #expect(try featureNames(bytes, source: name).count > 30)
    #expect(try compile(bytes, source: name).labels.horizons.count == horizons)
  }

  /// The folder of examples beside the sources.
  private var examples: String {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/") + "/Examples"
  }

  private func compile(_ bytes: [UInt8], source: String) throws -> CompileConfiguration {
    try RunConfiguration(parsing: bytes, source: source).compile
  }

  private func featureNames(_ bytes: [UInt8], source: String) throws -> [String] {
    let configuration = try compile(bytes, source: source)
    let recipes = try RecipeRegistry.standard.recipes(
      for: configuration.features, columns: configuration.columnNames)
    return recipes.filter { !$0.replacesInputs }.flatMap(\.featureNames)
  }
}
