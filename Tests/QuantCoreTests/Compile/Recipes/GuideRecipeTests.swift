import QuantCore
import QuantTestSupport
import Testing

/// Quarters of cash left at the present burn; missing where operations bring cash in.
struct RunwayRecipe: FeatureRecipe {
  static let identifier = "runway"
  static let version = 1
  static let summary = "quarters of cash left at the present burn"
  private let cash: String
  private let flow: String
  let inputs: [RecipeInput]
  let featureNames = ["runway"]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    cash = try reader.string("cash", "column of cash")
    flow = try reader.string("flow", "column of the quarter's cash flow from operations")
    inputs = [
      RecipeInput(cash, parameter: "\(reader.path).cash"),
      RecipeInput(flow, parameter: "\(reader.path).flow"),
    ]
  }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    let cash = try context.values(cash, lag: lag)
    let flow = try context.values(flow, lag: lag)
    return [zip(cash, flow).map { $1 < 0 ? $0 / -$1 : .nan }]
  }
}

@Suite("The recipe that the guide shows")
struct GuideRecipeTests {
  @Test("It computes, names its inputs and takes part in changes")
  func runway() throws {
    var registry = RecipeRegistry.standard
    registry.register(RunwayRecipe.self)
    let context = MemoryRecipeContext(columns: ["cash": [[12, 9]], "flow": [[-3, -9]]])
    let features = try RecipeRun.features(
      "[{recipe: 'runway', cash: 'cash', flow: 'flow'}, {recipe: 'change', of: 'runway', periods: 1}]",
      in: context, registry: registry)
    #expect(features[0].values == [4, 1])
    #expect(features[1].values[1] == -3)
    #expect(
      throws: ConfigurationError(
        parameter: "compile.features[0].cash", value: "'cahs', which is not there",
        accepted: "a column of a source or a feature made before it; did you mean 'cash'?")
    ) {
      try registry.recipes(
        for: RecipeRun.declarations("[{recipe: 'runway', cash: 'cahs', flow: 'flow'}]"),
        columns: context.columnNames)
    }
  }
}
