/// `level`: the inputs as they are, in their own units; NaN where missing.
///
/// Features carry the names of the inputs.
struct LevelRecipe: FeatureRecipe {
  static let identifier = "level"
  static let version = 1
  static let summary = "the inputs as they are"
  private var of: NamedInputs

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader)
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    try of.resolve(features: features) { [$0] }
  }

  var inputs: [RecipeInput] { of.inputs() }
  var featureNames: [String] { of.featureNames }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    // One NaN for all that is missing, so that the bytes do not depend on where it came from.
    try of.map { (name) throws(CompileError) in
      try context.values(name, lag: lag).map { $0.isNaN ? .nan : $0 }
    }
  }
}
