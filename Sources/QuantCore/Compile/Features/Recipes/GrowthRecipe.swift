/// `growth`: (x - x before) / |x before|, where before is some fiscal periods earlier.
///
/// A fraction: 0.1 is ten per cent. The absolute value keeps the sign of the change where the earlier
/// value is negative. NaN where either value is missing, where |x before| is at or below the floor, and
/// where the result is too large for float32. Features are called `revenues_growth_4`.
struct GrowthRecipe: FeatureRecipe {
  static let identifier = "growth"
  static let version = 1
  static let summary = "change over some fiscal periods as a fraction of the earlier absolute value"
  private var of: NamedInputs
  private let periods: [Int]
  private let floor: Double

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader)
    periods = try reader.oneOrMoreIntegers(
      "periods", default: [1, 4, 8], "how many fiscal periods earlier", in: 1...80)
    floor = try reader.number(
      "floor", default: 0, "earlier absolute values at or below this give NaN",
      accepted: "x ≥ 0 and finite"
    ) { $0 >= 0 && $0.isFinite }
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    let periods = periods
    try of.resolve(features: features) { name in periods.map { "\(name)_growth_\($0)" } }
  }

  var inputs: [RecipeInput] { of.inputs(longestLag: periods.max() ?? 0) }
  var featureNames: [String] { of.featureNames }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    var features: [[Float]] = []
    let floor = floor
    for name in of.names {
      let now = try context.values(name, lag: lag)
      for period in periods {
        let before = try context.values(name, lag: lag + period)
        features.append(
          context.rowValues { row in
            let base = Double(before[row])
            guard base.magnitude > floor else { return .nan }
            return Float(finiteOrMissing: (Double(now[row]) - base) / base.magnitude)
          })
      }
    }
    return features
  }
}
