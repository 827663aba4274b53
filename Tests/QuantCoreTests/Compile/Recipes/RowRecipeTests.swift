import QuantTestSupport
import Testing

@testable import QuantCore

@Suite("Recipes that look at one record")
struct RowRecipeTests {
  private let nan = Float.nan

  @Test("Levels are the inputs as they are")
  func level() throws {
    let context = MemoryRecipeContext(oneDate: ["x": [1.5, nan, -2]])
    #expect(
      sameFeature(try RecipeRun.last("[{recipe: 'level', of: 'x'}]", in: context), [1.5, nan, -2]))
  }

  @Test("Missing values have the same bits, wherever they came from")
  func oneNaN() throws {
    let odd = Float(bitPattern: 0xFFC0_0123)
    let context = MemoryRecipeContext(columns: ["x": [[odd, odd, 1]]])
    let features = try RecipeRun.features(
      """
      [{recipe: 'level', of: 'x'}, {recipe: 'signedLog', of: 'x'}, {recipe: 'rank', of: 'x'},
       {recipe: 'ratio', numerators: 'x', denominators: 'x'}, {recipe: 'change', of: 'x'},
       {recipe: 'growth', of: 'x'}, {recipe: 'trailingYear', of: 'x'},
       {recipe: 'rolling', of: 'x', periods: 2}, {recipe: 'zscore', of: 'x'},
       {recipe: 'winsorize', of: 'x'}]
      """, in: context)
    for feature in features {
      let bits = Set(feature.values.filter(\.isNaN).map(\.bitPattern))
      #expect(bits == [Float.nan.bitPattern], "\(feature.name)")
    }
  }

  @Test("Missing is 1 for NaN and 0 for anything else")
  func missing() throws {
    let context = MemoryRecipeContext(oneDate: ["x": [0, nan, -2, -.nan]])
    #expect(try RecipeRun.last("[{recipe: 'missing', of: 'x'}]", in: context) == [0, 1, 0, 1])
  }

  @Test("The signed logarithm keeps the sign, and 0 at 0")
  func signedLog() throws {
    let context = MemoryRecipeContext(
      oneDate: ["x": [0, 1, -1, 1_000_000, nan, .greatestFiniteMagnitude, 1e-30]])
    let values = try RecipeRun.last("[{recipe: 'signedLog', of: 'x'}]", in: context)
    // log 2, log 1000001, log(1 + 2^128 - 2^104) to float32
    #expect(
      sameFeature(values, [0, 0.6931472, -0.6931472, 13.815512, nan, 88.72284, 1e-30]))
  }

  @Test("A ratio divides only by denominators that pass the guard")
  func ratio() throws {
    let context = MemoryRecipeContext(
      oneDate: [
        "a": [6, 6, 6, 6, nan, 0, 1],
        "b": [3, 0, -3, nan, 2, 5, 0.25],
      ])
    func ratio(_ more: String) throws -> [Float] {
      try RecipeRun.last(
        "[{recipe: 'ratio', numerators: 'a', denominators: 'b'\(more)}]", in: context)
    }
    #expect(sameFeature(try ratio(""), [2, nan, nan, nan, nan, 0, 4]))
    #expect(sameFeature(try ratio(", guard: 'nonzero'"), [2, nan, -2, nan, nan, 0, 4]))
    // At the floor is not above it.
    #expect(sameFeature(try ratio(", floor: 0.25"), [2, nan, nan, nan, nan, 0, nan]))
    #expect(
      sameFeature(try ratio(", guard: 'nonzero', floor: 3"), [nan, nan, nan, nan, nan, 0, nan]))
  }

  @Test("No value is infinite: what float32 cannot hold is missing")
  func overflow() throws {
    let tiny = Float.leastNonzeroMagnitude, large = Float.greatestFiniteMagnitude
    let context = MemoryRecipeContext(columns: ["a": [[-large, large]], "b": [[1, tiny]]])
    let features = try RecipeRun.features(
      """
      [{recipe: 'ratio', numerators: 'a', denominators: 'b'}, {recipe: 'change', of: 'a', periods: 1},
       {recipe: 'growth', of: 'b', periods: 1}, {recipe: 'growth', of: 'a', periods: 1},
       {recipe: 'rolling', of: 'a', periods: 2}, {recipe: 'zscore', of: ['a', 'b']},
       {recipe: 'signedLog', of: 'a'}, {recipe: 'trailingYear', of: 'a'}]
      """, in: context)
    for feature in features {
      #expect(feature.values.allSatisfy { !$0.isInfinite }, "\(feature.name)")
    }
    #expect(sameFeature(features[0].values, [-large, nan]))
    #expect(sameFeature(features[1].values, [nan, nan]))
    #expect(sameFeature(features[3].values, [nan, 2]))
  }

  @Test("Prices and ages pass through, the volume with a logarithm unless told")
  func pricesAndAges() throws {
    var context = MemoryRecipeContext(oneDate: ["x": [0, 0]])
    context.priceAnswers = [
      .momentum(days: 252, skip: 21): [0.25, nan], .volatility(days: 60): [0.02, 0.03],
      .drawdown(days: 252): [-0.5, 0], .dollarVolume(days: 63): [0, 1_000_000],
    ]
    context.recordAges = ["": [45, nan], "annual": [180, 200]]
    context.availabilityAges = ["": [5, nan]]
    let features = try RecipeRun.features(
      """
      [{recipe: 'momentum'}, {recipe: 'volatility', days: 60}, {recipe: 'drawdown'},
       {recipe: 'dollarVolume'}, {recipe: 'dollarVolume', log: false},
       {recipe: 'recordAge'}, {recipe: 'recordAge', source: 'annual'}, {recipe: 'recency'}]
      """, in: context)
    let expected: [[Float]] = [
      [0.25, nan], [0.02, 0.03], [-0.5, 0], [0, 13.815512], [0, 1_000_000],
      [45, nan], [180, 200], [5, nan],
    ]
    for (feature, values) in zip(features, expected) {
      #expect(sameFeature(feature.values, values), "\(feature.name)")
    }
    #expect(features.count == expected.count)
  }
}
