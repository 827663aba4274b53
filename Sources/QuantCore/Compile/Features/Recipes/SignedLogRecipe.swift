/// `signedLog`: sign(x) log(1 + |x|), natural logarithm; keeps sign and order and tames size.
///
/// NaN where the input is missing; 0 at 0. Features are called `assets_log`.
struct SignedLogRecipe: FeatureRecipe {
  static let identifier = "signedLog"
  static let version = 1
  static let summary = "sign(x) log(1 + |x|), natural logarithm"
  private var of: NamedInputs

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader)
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    try of.resolve(features: features) { ["\($0)_log"] }
  }

  var inputs: [RecipeInput] { of.inputs() }
  var featureNames: [String] { of.featureNames }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try of.map { (name) throws(CompileError) in
      let values = try context.values(name, lag: lag)
      return context.rowValues { row in
        SignedLogRecipe.signedLog(values[row])
      }
    }
  }

  /// The function itself.
  static func signedLog(_ value: Float) -> Float {
    let size = Elementary.log1p(Double(value.magnitude))
    return Float(finiteOrMissing: value < 0 ? -size : size)
  }
}
