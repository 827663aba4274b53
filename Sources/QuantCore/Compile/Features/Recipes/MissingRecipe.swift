/// `missing`: 1 where the input is NaN, 0 where it is not; never missing itself.
///
/// Features are called `assets_missing`.
struct MissingRecipe: FeatureRecipe {
  static let identifier = "missing"
  static let version = 1
  static let summary = "1 where the input is missing, else 0"
  private var of: NamedInputs

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader)
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    try of.resolve(features: features) { ["\($0)_missing"] }
  }

  var inputs: [RecipeInput] { of.inputs() }
  var featureNames: [String] { of.featureNames }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try of.map { (name) throws(CompileError) in
      try context.values(name, lag: lag).map { $0.isNaN ? 1 : 0 }
    }
  }
}
