import QuantTestSupport
import Testing

@testable import QuantCore

private struct Doubled: FeatureRecipe {
  static let identifier = "doubled"
  static let version = 7
  private var of: NamedInputs
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader)
  }
  mutating func resolve(features: [String]) throws(ConfigurationError) {
    try of.resolve(features: features) { ["\($0)_doubled"] }
  }
  var inputs: [RecipeInput] { of.inputs() }
  var featureNames: [String] { of.featureNames }
  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try of.map { (name) throws(CompileError) in
      try context.values(name, lag: lag).map { 2 * $0 }
    }
  }
}

/// The least that a recipe must say.
private struct Constant: FeatureRecipe {
  static let identifier = "doubled"
  static let version = 1
  let featureNames = ["one"]
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {}
  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    [Array(repeating: 1, count: context.rowCount)]
  }
}

@Suite("RecipeRegistry")
struct RecipeRegistryTests {
  @Test("The standard recipes are all there")
  func standard() {
    #expect(
      RecipeRegistry.standard.identifiers == [
        "change", "dollarVolume", "drawdown", "growth", "level", "missing", "momentum", "rank",
        "ratio", "recency", "recordAge", "rolling", "signedLog", "trailingYear", "volatility",
        "winsorize", "zscore",
      ])
  }

  @Test("Recipes come in the order of their declarations, with resolved names")
  func order() throws {
    let recipes = try RecipeRegistry.standard.recipes(
      for: RecipeRun.declarations(
        """
        [{recipe: 'ratio', numerators: ['debt', 'revenues'], denominators: 'assets'},
         {recipe: 'level', of: 'assets'},
         {recipe: 'rank', of: ['debt_to*', 'assets']},
         {recipe: 'missing', of: '*', prefix: 'q_'}]
        """), columns: ["assets", "debt", "revenues"])
    #expect(
      recipes.map(\.featureNames) == [
        ["debt_to_assets", "revenues_to_assets"], ["assets"],
        ["debt_to_assets_rank", "assets_rank"],
        [
          "q_debt_to_assets_missing", "q_revenues_to_assets_missing", "q_assets_missing",
          "q_debt_to_assets_rank_missing", "q_assets_rank_missing",
        ],
      ])
  }

  @Test("A recipe of the user takes part like any other")
  func userRecipe() throws {
    var registry = RecipeRegistry.standard
    registry.register(Doubled.self)
    registry.register(Doubled.self)
    let features = try RecipeRun.features(
      "[{recipe: 'doubled', of: 'x'}, {recipe: 'change', of: 'x_doubled', periods: 1}]",
      in: MemoryRecipeContext(columns: ["x": [[1, 4]]]), registry: registry)
    #expect(features.map(\.name) == ["x_doubled", "x_doubled_change_1"])
    #expect(sameFeature(features[0].values, [2, 8]))
    #expect(sameFeature(features[1].values, [.nan, 6]))
  }

  @Test("Two recipes of one identifier are refused where they are named")
  func twoOfOneName() throws {
    var registry = RecipeRegistry.standard
    registry.register(Doubled.self)
    registry.register(Constant.self)
    #expect(throws: Never.self) {
      try registry.recipes(for: RecipeRun.declarations("[{recipe: 'level', of: 'x'}]"))
    }
    #expect(
      throws: ConfigurationError(
        parameter: "compile.features[0].recipe", value: "'doubled', which is registered twice",
        accepted: "an identifier that one recipe has")
    ) {
      try registry.recipes(for: RecipeRun.declarations("[{recipe: 'doubled', of: 'x'}]"))
    }
  }

  @Test("The schema lists every parameter with its default")
  func schema() throws {
    let fields = try RecipeRegistry.standard.schema()
    #expect(fields.allSatisfy { !$0.help.isEmpty && !$0.type.isEmpty })
    #expect(Set(fields.map(\.path)).count == fields.count)
    for identifier in RecipeRegistry.standard.identifiers {
      #expect(fields.contains { $0.path == "compile.features[\(identifier)].recipe" })
    }
    let ratio = fields.filter { $0.path.hasPrefix("compile.features[ratio].") }
    #expect(
      ratio.map { String($0.path.dropFirst("compile.features[ratio].".count)) } == [
        "recipe", "numerators", "denominators", "guard", "floor", "prefix", "names",
      ])
    #expect(
      ratio.map { $0.defaultValue?.canonicalText } == [
        nil, nil, nil, "\"positive\"", "0.0", "\"\"", "[]",
      ])
  }

  @Test("Without columns every name that is no feature is taken for a column")
  func withoutColumns() throws {
    let declarations = try RecipeRun.declarations("[{recipe: 'level', of: 'whatever'}]")
    #expect(
      try RecipeRegistry.standard.recipes(for: declarations)[0].featureNames == ["whatever"])
  }
}
