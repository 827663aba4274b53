import QuantTestSupport
import Testing

@testable import QuantCore

/// A wrong list of declarations, and the parameter, value and accepted values that its error names.
struct WrongDeclaration: CustomTestStringConvertible, Sendable {
  let text: String
  let parameter: String
  let value: String
  let accepted: String

  init(_ text: String, _ parameter: String, _ value: String, _ accepted: String) {
    self.text = text
    self.parameter = parameter
    self.value = value
    self.accepted = accepted
  }

  var testDescription: String { text }
}

@Suite("Errors of recipe declarations")
struct RecipeErrorTests {
  @Test(
    "Each names parameter, value and what would be accepted",
    arguments: [
      WrongDeclaration(
        "[{recipe: 'rnak', of: 'assets'}]",
        "compile.features[0].recipe", "'rnak', which is not registered", "'rank' (did you mean it?)"
      ),
      WrongDeclaration(
        "[{recipe: 'rank', of: 'assets', ties: 'first'}]",
        "compile.features[0].ties", "not a known field", "of, prefix, names"),
      WrongDeclaration(
        "[{recipe: 'ratio', numerator: 'debt', denominators: 'assets'}]",
        "compile.features[0].numerator", "not a known field", "'numerators' (did you mean it?)"),
      WrongDeclaration(
        "[{recipe: 'ratio', denominators: 'assets'}]",
        "compile.features[0].numerators", "missing", "text or list of texts"),
      WrongDeclaration(
        "[{recipe: 'ratio', numerators: 'debt', denominators: 'assets', guard: 'nonzer'}]",
        "compile.features[0].guard", "'nonzer'",
        "one of positive, nonzero; did you mean 'nonzero'?"),
      WrongDeclaration(
        "[{recipe: 'ratio', numerators: 'debt', denominators: 'assets', floor: -1}]",
        "compile.features[0].floor", "-1", "number, x ≥ 0 and finite"),
      WrongDeclaration(
        "[{recipe: 'level', of: []}]",
        "compile.features[0].of", "[]", "a text, or a list of at least one text"),
      WrongDeclaration(
        "[{recipe: 'level', of: ['assets', 3]}]", "compile.features[0].of[1]", "3", "a text"),
      WrongDeclaration(
        "[{recipe: 'level', of: ['assets', 'assets']}]",
        "compile.features[0].of[1]", "'assets' again", "each name once"),
      WrongDeclaration(
        "[{recipe: 'level', of: 'asets'}]",
        "compile.features[0].of[0]", "'asets', which is not there",
        "a column of a source or a feature made before it; did you mean 'assets'?"),
      WrongDeclaration(
        "[{recipe: 'rank', of: 'as*'}, {recipe: 'level', of: 'assets'}]",
        "compile.features[0].of[0]", "'as*', which matches no earlier feature",
        "names of columns: there are no earlier features"),
      WrongDeclaration(
        "[{recipe: 'level', of: 'assets'}, {recipe: 'rank', of: ['debt', 'deb*']}]",
        "compile.features[1].of[1]", "'deb*', which matches no earlier feature",
        "the start of a feature made before it, such as 'assets'"),
      WrongDeclaration(
        "[{recipe: 'level', of: 'a*s'}]", "compile.features[0].of[0]", "'a*s'",
        "a name, or the start of feature names followed by *"),
      WrongDeclaration(
        "[{recipe: 'level', of: 'assets'}, {recipe: 'level', of: 'assets'}]",
        "compile.features[1]", "a second recipe for feature 'assets'",
        "names of its own, by prefix or names"),
      WrongDeclaration(
        "[{recipe: 'level', of: 'assets', names: ['a b']}]",
        "compile.features[0]", "a recipe for feature 'a b'", "names of letters, digits and _ - ."),
      WrongDeclaration(
        "[{recipe: 'change', of: 'assets', periods: [1, 4], names: ['a']}]",
        "compile.features[0].names", "a list of 1",
        "2 names, for assets_change_1, assets_change_4"),
      WrongDeclaration(
        "[{recipe: 'level', of: 'assets', names: ['a'], prefix: 'b'}]",
        "compile.features[0].prefix", "given beside names", "one of prefix and names"),
      WrongDeclaration(
        "[{recipe: 'change', of: 'assets', periods: 0}]",
        "compile.features[0].periods", "0", "a whole number or a list of them, 1 to 80"),
      WrongDeclaration(
        "[{recipe: 'growth', of: 'assets', periods: [4, 4]}]",
        "compile.features[0].periods[1]", "4", "a whole number, 1 to 80, each number once"),
      WrongDeclaration(
        "[{recipe: 'growth', of: 'assets', floor: 'tiny'}]",
        "compile.features[0].floor", "\"tiny\"", "number, x ≥ 0 and finite"),
      WrongDeclaration(
        "[{recipe: 'rolling', of: 'assets', periods: [8, 4], minimum: 5}]",
        "compile.features[0].minimum", "5", "at most 4, the shortest of periods"),
      WrongDeclaration(
        "[{recipe: 'rolling', of: 'assets', statistics: ['median']}]",
        "compile.features[0].statistics[0]", "'median'", "mean, sd or slope, each once"),
      WrongDeclaration(
        "[{recipe: 'trailingYear', of: 'revenue'}]",
        "compile.features[0].of[0]", "'revenue', which is not there",
        "a column of a source; did you mean 'revenues'?"),
      WrongDeclaration(
        "[{recipe: 'ratio', numerators: 'debt', denominators: 'assets'}, "
          + "{recipe: 'trailingYear', of: 'debt_to_assets'}]",
        "compile.features[1].of[0]", "'debt_to_assets', which is not there",
        "a column of a source"),
      WrongDeclaration(
        "[{recipe: 'winsorize', of: 'assets'}]",
        "compile.features[0].of[0]", "'assets', which is not there", "a feature made before it"),
      WrongDeclaration(
        "[{recipe: 'level', of: 'assets'}, {recipe: 'winsorize', of: 'assets', lower: 0.9, upper: 0.1}]",
        "compile.features[1].upper", "0.1", "number, lower < x ≤ 1"),
      WrongDeclaration(
        "[{recipe: 'level', of: 'assets'}, {recipe: 'winsorize', of: 'assets', lower: 0.995}]",
        "compile.features[1].lower", "0.995", "less than upper, 0.99"),
      WrongDeclaration(
        "[{recipe: 'momentum', days: 21, skip: 21}]",
        "compile.features[0].skip", "21", "less than days, 21"),
      WrongDeclaration(
        "[{recipe: 'volatility', days: 1}]",
        "compile.features[0].days", "1", "a whole number or a list of them, 2 to 5000"),
      WrongDeclaration(
        "[{recipe: 'dollarVolume', log: 1}]", "compile.features[0].log", "1", "true or false"),
      WrongDeclaration(
        "[{recipe: 'recordAge', source: 1}]", "compile.features[0].source", "1", "a text"),
    ])
  func wrong(_ wrong: WrongDeclaration) throws {
    let error = try RecipeRun.error(wrong.text)
    #expect(
      error
        == ConfigurationError(
          parameter: wrong.parameter, value: wrong.value, accepted: wrong.accepted))
  }

  @Test(
    "Earlier values of features that have none are refused before anything is computed",
    arguments: [
      "{recipe: 'rank', of: 'assets', names: ['f']}",
      "{recipe: 'zscore', of: 'assets', names: ['f']}",
      "{recipe: 'momentum', names: ['f']}",
      "{recipe: 'recordAge', names: ['f']}",
      "{recipe: 'level', of: 'assets', names: ['f']}, {recipe: 'winsorize', of: 'f'}",
      // Not itself cross-sectional, but made from something that is.
      "{recipe: 'rank', of: 'assets'}, {recipe: 'signedLog', of: 'assets_rank', names: ['f']}",
    ])
  func noLags(_ maker: String) throws {
    let error = try RecipeRun.error("[\(maker), {recipe: 'change', of: 'f', periods: 1}]")
    #expect(error?.value == "'f', which has no earlier values")
    #expect(try RecipeRun.error("[\(maker), {recipe: 'missing', of: 'f'}]") == nil)
    #expect(try RecipeRun.error("[\(maker), {recipe: 'change', of: 'assets'}]") == nil)
  }

  @Test("A column of two sources is asked for with the source")
  func twoSources() throws {
    let columns = ["quarterly.assets", "annual.assets", "debt"]
    let error = try RecipeRun.error("[{recipe: 'level', of: 'assets'}]", columns: columns)
    #expect(error?.value == "'assets', which several sources have")
    #expect(error?.accepted == "quarterly.assets or annual.assets")
    #expect(
      try RecipeRun.error("[{recipe: 'level', of: 'annual.assets'}]", columns: columns) == nil)
  }

  @Test("Recipes without lags refuse them")
  func computeWithLag() throws {
    let context = MemoryRecipeContext(oneDate: ["x": [1, 2]])
    let recipes = try RecipeRegistry.standard.recipes(
      for: RecipeRun.declarations(
        "[{recipe: 'rank', of: 'x'}, {recipe: 'zscore', of: 'x'}, {recipe: 'momentum'}, "
          + "{recipe: 'recency'}, {recipe: 'recordAge'}, {recipe: 'dollarVolume'}]"))
    for recipe in recipes {
      #expect(!recipe.hasLags)
      #expect(throws: CompileError.self) { try recipe.compute(in: context, lag: 1) }
    }
  }
}
