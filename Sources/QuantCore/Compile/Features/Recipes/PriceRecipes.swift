// Statistics of daily prices up to the decision date. They follow the calendar of trading days, not
// fiscal periods, so they have no lags; NaN where the window holds too few prices.

/// `momentum`: total return over `days` trading days, the last `skip` left out; a fraction.
///
/// Leaving out the last month is usual, since returns of one month tend to reverse (Jegadeesh 1990).
/// Features are called `momentum_252_21`.
struct MomentumRecipe: FeatureRecipe {
  static let identifier = "momentum"
  static let version = 1
  static let summary = "total return over some trading days, the last ones left out"
  private let days: [Int]
  private let skip: Int
  let featureNames: [String]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    days = try reader.oneOrMoreIntegers(
      "days", default: [252], "trading days that the window reaches back", in: 1...5000)
    let skip = try reader.integer(
      "skip", default: 21, "last trading days that are left out", in: 0...4999)
    self.skip = skip
    if let shortest = days.min(), skip >= shortest {
      throw reader.error("skip", "\(skip)", accepted: "less than days, \(shortest)")
    }
    featureNames = try FeatureNaming(from: &reader).names(days.map { "momentum_\($0)_\(skip)" })
  }

  var hasLags: Bool { false }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try priceFeatures(days, in: context, lag: lag) { .momentum(days: $0, skip: skip) }
  }
}

/// `volatility`: standard deviation (n - 1) of daily total returns over `days` trading days; a
/// fraction a day.
///
/// Features are called `volatility_252`.
struct VolatilityRecipe: FeatureRecipe {
  static let identifier = "volatility"
  static let version = 1
  static let summary = "standard deviation of daily total returns"
  private let days: [Int]
  let featureNames: [String]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    days = try reader.oneOrMoreIntegers(
      "days", default: [252], "trading days that the window reaches back", in: 2...5000)
    featureNames = try FeatureNaming(from: &reader).names(days.map { "volatility_\($0)" })
  }

  var hasLags: Bool { false }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try priceFeatures(days, in: context, lag: lag) { .volatility(days: $0) }
  }
}

/// `drawdown`: deepest fall of the total return index from an earlier high within `days` trading days;
/// a fraction, at most 0.
///
/// Features are called `drawdown_252`.
struct DrawdownRecipe: FeatureRecipe {
  static let identifier = "drawdown"
  static let version = 1
  static let summary = "deepest fall of the total return index from an earlier high"
  private let days: [Int]
  let featureNames: [String]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    days = try reader.oneOrMoreIntegers(
      "days", default: [252], "trading days that the window reaches back", in: 2...5000)
    featureNames = try FeatureNaming(from: &reader).names(days.map { "drawdown_\($0)" })
  }

  var hasLags: Bool { false }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try priceFeatures(days, in: context, lag: lag) { .drawdown(days: $0) }
  }
}

extension FeatureRecipe {
  /// One statistic for each length of the window.
  func priceFeatures(
    _ days: [Int], in context: any RecipeContext, lag: Int, _ statistic: (Int) -> PriceStatistic
  ) throws(CompileError) -> [[Float]] {
    try requireNoLag(lag)
    var features: [[Float]] = []
    for length in days {
      features.append(
        try context.prices(statistic(length)).map { Float(finiteOrMissing: Double($0)) })
    }
    return features
  }

  /// Throws for a lag where the recipe has none.
  func requireNoLag(_ lag: Int) throws(CompileError) {
    guard lag != 0 else { return }
    throw .configuration(
      ConfigurationError(
        parameter: "recipe \(Self.identifier)", value: "wanted \(lag) fiscal periods earlier",
        accepted: "its values at the decision date: it has no lags"))
  }
}
