/// `winsorize`: pulls the extreme values of each decision date to its quantiles, in place.
///
/// Values below the lower quantile become it, values above the upper become that. A quantile is linear
/// between order statistics (Hyndman and Fan's type 7) over the firms that have a value. NaN stays NaN.
/// The features keep their names; recipes that follow see the new values.
struct WinsorizeRecipe: FeatureRecipe {
  static let identifier = "winsorize"
  static let version = 1
  static let summary = "pulls extreme values of each decision date to its quantiles, in place"
  private var of: InputList
  private let lower: Double
  private let upper: Double

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try InputList(
      from: &reader, kind: .feature, "earlier features; 'roa*' is a family of them")
    let lower = try reader.number(
      "lower", default: 0.01, "probability of the lower quantile", accepted: "0 ≤ x < 1"
    ) { $0 >= 0 && $0 < 1 }
    upper = try reader.number(
      "upper", default: 0.99, "probability of the upper quantile",
      accepted: "lower < x ≤ 1"
    ) { $0 > lower && $0 <= 1 }
    self.lower = lower
    if upper <= lower {
      throw reader.error("lower", "\(lower)", accepted: "less than upper, \(upper)")
    }
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    try of.resolve(features: features)
  }

  var inputs: [RecipeInput] { of.inputs() }
  var featureNames: [String] { of.names }
  var isCrossSectional: Bool { true }
  var replacesInputs: Bool { true }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try requireNoLag(lag)
    var features: [[Float]] = []
    let lower = lower, upper = upper
    for name in of.names {
      features.append(
        CrossSection.map(try context.values(name, lag: 0), in: context) { values, results in
          WinsorizeRecipe.winsorize(values, lower: lower, upper: upper, into: &results)
        })
    }
    return features
  }

  /// Winsorized values of one decision date.
  static func winsorize(
    _ values: Span<Float>, lower: Double, upper: Double, into results: inout MutableSpan<Float>
  ) {
    let ascending = AscendingValues(values)
    let low = Float(ascending.quantile(lower)), high = Float(ascending.quantile(upper))
    for place in values.indices where !values[place].isNaN {
      results[place] = min(max(values[place], low), high)
    }
  }
}
