/// `change`: the input minus its value some fiscal periods earlier, in its own unit.
///
/// NaN where either value is missing. Features are called `assets_change_4`, all periods of the first
/// input first.
struct ChangeRecipe: FeatureRecipe {
  static let identifier = "change"
  static let version = 1
  static let summary = "the input minus its value some fiscal periods earlier"
  private var of: NamedInputs
  private let periods: [Int]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader)
    periods = try reader.oneOrMoreIntegers(
      "periods", default: [1, 4, 8], "how many fiscal periods earlier", in: 1...80)
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    let periods = periods
    try of.resolve(features: features) { name in periods.map { "\(name)_change_\($0)" } }
  }

  var inputs: [RecipeInput] { of.inputs(longestLag: periods.max() ?? 0) }
  var featureNames: [String] { of.featureNames }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    var features: [[Float]] = []
    for name in of.names {
      let now = try context.values(name, lag: lag)
      for period in periods {
        let before = try context.values(name, lag: lag + period)
        features.append(
          context.rowValues { row in
            Float(finiteOrMissing: Double(now[row]) - Double(before[row]))
          })
      }
    }
    return features
  }
}
