/// `zscore`: (x - mean) / sd over the firms of the same decision date; a number of standard deviations.
///
/// The standard deviation has n in the denominator. Sums are exactly rounded, so the order of the
/// firms does not matter. Where all values are equal, or there is one, every value is the mean: 0.
/// NaN stays NaN. Features are called `assets_zscore`.
struct ZScoreRecipe: FeatureRecipe {
  static let identifier = "zscore"
  static let version = 1
  static let summary = "standard deviations from the mean of the firms of the same decision date"
  private var of: NamedInputs

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader)
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    try of.resolve(features: features) { ["\($0)_zscore"] }
  }

  var inputs: [RecipeInput] { of.inputs() }
  var featureNames: [String] { of.featureNames }
  var isCrossSectional: Bool { true }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try requireNoLag(lag)
    return try of.map { (name) throws(CompileError) in
      CrossSection.map(try context.values(name, lag: 0), in: context) { values, scores in
        ZScoreRecipe.standardize(values, into: &scores)
      }
    }
  }

  /// Z-scores of one decision date.
  static func standardize(_ values: Span<Float>, into scores: inout MutableSpan<Float>) {
    var count = 0
    var sum = ExactSum()
    for place in values.indices where !values[place].isNaN {
      count += 1
      sum.add(Double(values[place]))
    }
    guard count > 0 else { return }
    let mean = sum.value / Double(count)
    var squares = ExactSum()
    for place in values.indices where !values[place].isNaN {
      let deviation = Double(values[place]) - mean
      squares.add(deviation * deviation)
    }
    let deviation = (squares.value / Double(count)).squareRoot()
    for place in values.indices where !values[place].isNaN {
      scores[place] =
        deviation > 0
        ? Float(finiteOrMissing: (Double(values[place]) - mean) / deviation) : 0
    }
  }
}
