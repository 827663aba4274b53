/// `dollarVolume`: mean of close times volume over `days` trading days, in currency units a day.
///
/// With `log`, log(1 + x) of it (natural). NaN where the window holds too few prices. Features are
/// called `dollar_volume_63`, or `log_dollar_volume_63`.
struct DollarVolumeRecipe: FeatureRecipe {
  static let identifier = "dollarVolume"
  static let version = 1
  static let summary = "mean of close times volume"
  private let days: [Int]
  private let log: Bool
  let featureNames: [String]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    days = try reader.oneOrMoreIntegers(
      "days", default: [63], "trading days that the window reaches back", in: 1...5000)
    let log = try reader.bool("log", default: true, "whether log(1 + x) is taken")
    self.log = log
    featureNames = try FeatureNaming(from: &reader).names(
      days.map { (log ? "log_" : "") + "dollar_volume_\($0)" })
  }

  var hasLags: Bool { false }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    let features = try priceFeatures(days, in: context, lag: lag) { .dollarVolume(days: $0) }
    return log ? features.map { $0.map(SignedLogRecipe.signedLog) } : features
  }
}
