/// `trailingYear`: the sum of the last four quarters of a flow column, in its own unit.
///
/// For a column that counts from the start of the fiscal year it is
/// `year to date + last fiscal year - year to date a year ago`; for an annual source the value of the
/// year. NaN where one of the parts is missing. Features are called `revenues_trailing_year`.
struct TrailingYearRecipe: FeatureRecipe {
  static let identifier = "trailingYear"
  static let version = 1
  static let summary = "sum of the last four quarters of a flow column"
  private var of: NamedInputs

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader, kind: .column)
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    try of.resolve(features: features) { ["\($0)_trailing_year"] }
  }

  var inputs: [RecipeInput] { of.inputs() }
  var featureNames: [String] { of.featureNames }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try of.map { (name) throws(CompileError) in
      try context.trailingYear(name, lag: lag).map { Float(finiteOrMissing: Double($0)) }
    }
  }
}
