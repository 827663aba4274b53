import QuantCore
import QuantTestSupport
import Testing

@testable import CustomFeature

@Suite("The recipe of CustomFeature")
struct CashRunwayTests {
  private var registry: RecipeRegistry {
    var registry = RecipeRegistry.standard
    registry.register(CashRunway.self)
    return registry
  }

  @Test("Quarters of cash, the limit where cash is earned, NaN where something is missing")
  func literal() throws {
    let context = MemoryRecipeContext(oneDate: [
      "cash": [10, 10, 0, 100, .nan, 10, -5],
      "flow": [-4, 4, -4, -1, -4, .nan, -5],
    ])
    let features = try RecipeRun.features(
      "[{recipe: 'cashRunway', cash: 'cash', cashFlow: 'flow', limit: 20}]", in: context,
      registry: registry)
    #expect(features.map(\.name) == ["cash_runway"])
    #expect(sameFeature(features[0].values, [2.5, 20, 0, 20, .nan, .nan, 0]))
  }

  @Test("Another recipe takes its changes, so its lags are those of its inputs")
  func lags() throws {
    let context = MemoryRecipeContext(columns: [
      "cash": [[10, 12]], "flow": [[-5, -3]],
    ])
    let change = try RecipeRun.features(
      """
      [{recipe: 'cashRunway', cash: 'cash', cashFlow: 'flow'},
       {recipe: 'change', of: 'cash_runway', periods: 1}]
      """, in: context, registry: registry)
    #expect(sameFeature(change[1].values, [.nan, 2]))
  }

  @Test("A limit of 0 and a missing column are refused by name")
  func errors() throws {
    let columns = ["cash", "flow"]
    for (text, parameter) in [
      ("[{recipe: 'cashRunway', cash: 'cash', cashFlow: 'flow', limit: 0}]", "limit"),
      ("[{recipe: 'cashRunway', cash: 'cash'}]", "cashFlow"),
      ("[{recipe: 'cashRunway', cash: 'cash', cashFlow: 'flow', most: 3}]", "most"),
    ] {
      let declarations = try RecipeRun.declarations(text)
      let error = #expect(throws: ConfigurationError.self) {
        _ = try registry.recipes(for: declarations, columns: columns)
      }
      #expect(error?.parameter.hasSuffix("." + parameter) == true)
    }
  }
}
