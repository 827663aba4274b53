import FoundationEssentials
import QuantTestSupport
import Testing

@testable import QuantCore

/// What NumPy and SciPy say, written by `Fixtures/recipes/make_recipe_oracles.py`.
private struct RecipeOracles: Decodable {
  struct Winsorized: Decodable {
    var lower: Double
    var upper: Double
    var values: [Double?]
  }
  struct Section: Decodable {
    var values: [Double?]
    var rank: [Double?]
    var zscore: [Double?]
    var winsorized: [Winsorized]
  }
  struct Window: Decodable {
    var values: [Double?]
    var mean: Double?
    var sd: Double?
    var slope: Double?
  }
  struct Function: Decodable {
    var values: [Double?]
    var results: [Double?]
  }

  var crossSections: [Section]
  var windows: [Window]
  var signedLog: Function

  static func read() throws -> RecipeOracles {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      RecipeOracles.self,
      from: Data(contentsOf: URL(filePath: "/\(folder)/Fixtures/recipes/recipe_oracles.json")))
  }
}

private func floats(_ values: [Double?]) -> [Float] { values.map { $0.map { Float($0) } ?? .nan } }

/// Whether two values differ by at most `steps` units in the last place, or `floor` where they nearly
/// cancel.
private func near(_ value: Float, _ expected: Double?, steps: Float = 1, floor: Float = 0) -> Bool {
  guard let expected else { return value.isNaN }
  let other = Float(expected)
  return (value - other).magnitude <= max(steps * other.ulp, floor)
}

@Suite("Recipes against NumPy and SciPy")
struct RecipeOracleTests {
  @Test("Ranks equal scipy.stats.rankdata to the last bit")
  func rank() throws {
    for section in try RecipeOracles.read().crossSections {
      let context = MemoryRecipeContext(oneDate: ["x": floats(section.values)])
      let ranks = try RecipeRun.last("[{recipe: 'rank', of: 'x'}]", in: context)
      #expect(sameFeature(ranks, floats(section.rank)))
    }
  }

  @Test("Z-scores equal scipy.stats.zscore; its sums are rounded, so within a part in 10⁶")
  func zscore() throws {
    for section in try RecipeOracles.read().crossSections {
      let context = MemoryRecipeContext(oneDate: ["x": floats(section.values)])
      let scores = try RecipeRun.last("[{recipe: 'zscore', of: 'x'}]", in: context)
      #expect(scores.count == section.zscore.count)
      for (score, expected) in zip(scores, section.zscore) {
        #expect(near(score, expected, steps: 2, floor: 1e-9))
      }
    }
  }

  @Test("Winsorizing equals clipping at numpy.quantile; its lerp may differ in the last place")
  func winsorize() throws {
    for section in try RecipeOracles.read().crossSections {
      let context = MemoryRecipeContext(oneDate: ["x": floats(section.values)])
      for rule in section.winsorized {
        let values = try RecipeRun.last(
          """
          [{recipe: 'level', of: 'x'},
           {recipe: 'winsorize', of: 'x', lower: \(rule.lower), upper: \(rule.upper)}]
          """, in: context)
        #expect(values.count == rule.values.count)
        for (value, expected) in zip(values, rule.values) { #expect(near(value, expected)) }
      }
    }
  }

  @Test("Means, deviations and slopes equal numpy.mean, numpy.std and numpy.polyfit")
  func windows() throws {
    for window in try RecipeOracles.read().windows {
      let values = floats(window.values)
      let context = MemoryRecipeContext(columns: ["x": [values]])
      let features = try RecipeRun.features(
        "[{recipe: 'rolling', of: 'x', periods: \(values.count), minimum: 1}]", in: context)
      let results = features.compactMap(\.values.last)
      // polyfit solves by singular values, which loses some digits where the slope is small.
      #expect(near(results[0], window.mean, floor: 1e-6))
      #expect(near(results[1], window.sd))
      #expect(near(results[2], window.slope, floor: 1e-6))
    }
  }

  @Test("Signed logarithms equal numpy.log1p within one unit in the last place")
  func signedLog() throws {
    let oracle = try RecipeOracles.read().signedLog
    let context = MemoryRecipeContext(oneDate: ["x": floats(oracle.values)])
    let values = try RecipeRun.last("[{recipe: 'signedLog', of: 'x'}]", in: context)
    for (value, expected) in zip(values, oracle.results) { #expect(near(value, expected)) }
  }
}
