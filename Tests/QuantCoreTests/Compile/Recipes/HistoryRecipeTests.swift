import QuantCore
import QuantTestSupport
import Testing

@Suite("Recipes that look at earlier fiscal periods")
struct HistoryRecipeTests {
  private let nan = Float.nan

  @Test("A change is the difference to an earlier period, missing where there is none")
  func change() throws {
    // Two firms over three dates; rows run date by date.
    let context = MemoryRecipeContext(columns: ["x": [[1, 3, 10], [5, nan, 2]]])
    let features = try RecipeRun.features(
      "[{recipe: 'change', of: 'x', periods: [1, 2]}]", in: context)
    #expect(sameFeature(features[0].values, [nan, nan, 2, nan, 7, nan]))
    #expect(sameFeature(features[1].values, [nan, nan, nan, nan, 9, -3]))
  }

  @Test("Growth is relative to the earlier absolute value, missing at or below the floor")
  func growth() throws {
    let context = MemoryRecipeContext(columns: ["x": [[2, 3], [-2, 1], [0, 1], [0.5, 1]]])
    #expect(
      sameFeature(
        try RecipeRun.last("[{recipe: 'growth', of: 'x', periods: 1}]", in: context),
        [nan, nan, nan, nan, 0.5, 1.5, nan, 1]))
    #expect(
      sameFeature(
        try RecipeRun.last("[{recipe: 'growth', of: 'x', periods: 1, floor: 0.5}]", in: context),
        [nan, nan, nan, nan, 0.5, 1.5, nan, nan]))
  }

  @Test("Changes of a ratio use the ratio of the earlier period")
  func changeOfFeature() throws {
    let context = MemoryRecipeContext(columns: ["a": [[1, 6]], "b": [[2, 3]]])
    let values = try RecipeRun.last(
      """
      [{recipe: 'ratio', numerators: 'a', denominators: 'b', names: ['roa']},
       {recipe: 'change', of: 'roa', periods: 1}]
      """, in: context)
    #expect(sameFeature(values, [nan, 1.5]))
  }

  @Test("Winsorizing a feature leaves what was made from it before alone")
  func orderMatters() throws {
    let context = MemoryRecipeContext(columns: ["x": [[0, 0], [1, 1], [2, 2], [3, 100]]])
    let features = try RecipeRun.features(
      """
      [{recipe: 'level', of: 'x'}, {recipe: 'signedLog', of: 'x', names: ['before']},
       {recipe: 'winsorize', of: 'x', lower: 0, upper: 0.5},
       {recipe: 'change', of: 'before', periods: 1},
       {recipe: 'level', of: 'x', names: ['after']}]
      """, in: context)
    #expect(features.map(\.name) == ["x", "before", "before_change_1", "after"])
    #expect(sameFeature(features[0].values, [0, 1, 1.5, 1.5, 0, 1, 1.5, 1.5]))
    #expect(sameFeature(features[3].values, features[0].values))
    #expect(sameFeature(Array(features[2].values[4...6]), [0, 0, 0]))
    #expect(features[2].values[7] > 3)
  }

  @Test("The sum of four quarters is missing where one of them is")
  func trailingYear() throws {
    let context = MemoryRecipeContext(columns: ["x": [[1, 2, 3, 4, 10, nan, 1]]])
    #expect(
      sameFeature(
        try RecipeRun.last("[{recipe: 'trailingYear', of: 'x'}]", in: context),
        [nan, nan, nan, 10, 19, nan, nan]))
  }

  @Test("Rolling statistics of 1, 3, 8: mean 4, sd √13, slope 3.5 a period")
  func rolling() throws {
    let context = MemoryRecipeContext(columns: ["x": [[1, 3, 8]]])
    let features = try RecipeRun.features(
      "[{recipe: 'rolling', of: 'x', periods: 3}]", in: context)
    #expect(features.map(\.name) == ["x_mean_3", "x_sd_3", "x_slope_3"])
    #expect(sameFeature(features[0].values, [nan, nan, 4]))
    #expect(sameFeature(features[1].values, [nan, nan, 3.6055512]))
    #expect(sameFeature(features[2].values, [nan, nan, 3.5]))
  }

  @Test("Missing values are left out while enough are there; time keeps its gaps")
  func rollingWithGaps() throws {
    // Values 1 at period 0 and 7 at period 3: the slope is 6 / 3.
    let context = MemoryRecipeContext(columns: ["x": [[1, nan, nan, 7, nan, nan, nan, nan]]])
    let features = try RecipeRun.features(
      "[{recipe: 'rolling', of: 'x', periods: 4, minimum: 1}]", in: context)
    #expect(sameFeature(features[0].values, [1, 1, 1, 4, 7, 7, 7, nan]))
    #expect(sameFeature(features[1].values, [nan, nan, nan, 4.2426405, nan, nan, nan, nan]))
    #expect(sameFeature(features[2].values, [nan, nan, nan, 2, nan, nan, nan, nan]))
    let strict = try RecipeRun.features(
      "[{recipe: 'rolling', of: 'x', periods: 4, minimum: 3}]", in: context)
    #expect(strict.allSatisfy { $0.values.allSatisfy(\.isNaN) })
  }

  @Test("Results do not depend on the number of threads", arguments: [1, 2, 3, 7])
  func threads(_ threads: Int) throws {
    var random = SplitMix64(seed: 11)
    let series = (0..<13).map { _ in (0..<9).map { _ in Float(random.next() >> 40) } }
    var context = MemoryRecipeContext(columns: ["x": series])
    let text = "[{recipe: 'rolling', of: 'x', periods: 4}, {recipe: 'rank', of: '*'}]"
    context.threads = 1
    let expected = try RecipeRun.features(text, in: context)
    context.threads = threads
    let features = try RecipeRun.features(text, in: context)
    for (one, other) in zip(expected, features) {
      #expect(one.values.map(\.bitPattern) == other.values.map(\.bitPattern))
    }
  }
}
