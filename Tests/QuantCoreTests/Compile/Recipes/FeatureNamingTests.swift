import QuantTestSupport
import Testing

@testable import QuantCore

@Suite("Names of features and inputs")
struct FeatureNamingTests {
  private func names(_ text: String) throws -> [String] {
    try RecipeRegistry.standard.recipes(for: RecipeRun.declarations(text)).flatMap(\.featureNames)
  }

  @Test(
    "Every recipe names its features by rule",
    arguments: [
      ("{recipe: 'level', of: ['a', 's.b']}", ["a", "s_b"]),
      ("{recipe: 'signedLog', of: 'a'}", ["a_log"]),
      ("{recipe: 'missing', of: 'a'}", ["a_missing"]),
      (
        "{recipe: 'ratio', numerators: ['a', 'b'], denominators: ['c', 'd']}",
        ["a_to_c", "a_to_d", "b_to_c", "b_to_d"]
      ),
      (
        "{recipe: 'change', of: ['a', 'b'], periods: [1, 4]}",
        ["a_change_1", "a_change_4", "b_change_1", "b_change_4"]
      ),
      ("{recipe: 'growth', of: 'a'}", ["a_growth_1", "a_growth_4", "a_growth_8"]),
      ("{recipe: 'trailingYear', of: 'a'}", ["a_trailing_year"]),
      (
        "{recipe: 'rolling', of: 'a', periods: [4, 8], statistics: ['slope', 'sd']}",
        ["a_slope_4", "a_sd_4", "a_slope_8", "a_sd_8"]
      ),
      ("{recipe: 'rank', of: 'a'}", ["a_rank"]),
      ("{recipe: 'zscore', of: 'a'}", ["a_zscore"]),
      ("{recipe: 'momentum', days: [252, 126]}", ["momentum_252_21", "momentum_126_21"]),
      ("{recipe: 'volatility', days: 63}", ["volatility_63"]),
      ("{recipe: 'drawdown'}", ["drawdown_252"]),
      ("{recipe: 'dollarVolume'}", ["log_dollar_volume_63"]),
      ("{recipe: 'dollarVolume', log: false, days: 21}", ["dollar_volume_21"]),
      ("{recipe: 'recordAge'}", ["record_age"]),
      ("{recipe: 'recordAge', source: 'annual'}", ["record_age_annual"]),
      ("{recipe: 'recency', prefix: 'p_'}", ["p_recency"]),
      ("{recipe: 'change', of: 'a', periods: [1, 4], names: ['u', 'v']}", ["u", "v"]),
    ])
  func rules(_ text: String, _ expected: [String]) throws {
    #expect(try names("[\(text)]") == expected)
  }

  @Test("A family takes the features before it, in order, without those listed by name")
  func families() throws {
    let made = try names(
      """
      [{recipe: 'level', of: ['roa', 'sales', 'roam'], names: ['roa', 'sales', 'roam']},
       {recipe: 'rank', of: ['roam', 'roa*']},
       {recipe: 'zscore', of: '*', names: ['1', '2', '3', '4', '5']}]
      """)
    #expect(
      made == ["roa", "sales", "roam", "roam_rank", "roa_rank", "1", "2", "3", "4", "5"])
  }
}
