/// `rolling`: mean, standard deviation and slope over the last fiscal periods, the row's own included.
///
/// Missing values are left out; NaN where fewer than `minimum` values are there. Features are called
/// `roa_mean_8`, `roa_sd_8`, `roa_slope_8`: for each input all statistics of the first window, then of
/// the next. See `FiscalWindow` for the formulas.
struct RollingRecipe: FeatureRecipe {
  /// A statistic of the values of a window.
  enum Statistic: String, CaseIterable {
    /// In the unit of the input.
    case mean
    /// In the unit of the input.
    case sd
    /// In the unit of the input a fiscal period.
    case slope
  }

  static let identifier = "rolling"
  static let version = 1
  static let summary = "mean, standard deviation and slope over the last fiscal periods"
  private var of: NamedInputs
  private let periods: [Int]
  private let minimum: Int?
  private let statistics: [Statistic]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader)
    periods = try reader.oneOrMoreIntegers(
      "periods", default: [8], "lengths of the window in fiscal periods", in: 2...80)
    minimum = try reader.optionalInteger(
      "minimum", "least number of values in a window; default: all of them", in: 1...80)
    let names = try reader.strings(
      "statistics", default: Statistic.allCases.map(\.rawValue), "any of mean, sd, slope")
    var statistics: [Statistic] = []
    for (index, name) in names.enumerated() {
      guard let statistic = Statistic(rawValue: name), !statistics.contains(statistic) else {
        throw reader.error(
          "statistics[\(index)]", "'\(name)'", accepted: "mean, sd or slope, each once")
      }
      statistics.append(statistic)
    }
    if statistics.isEmpty {
      throw reader.error("statistics", "[]", accepted: "mean, sd or slope, each once")
    }
    self.statistics = statistics
    if let minimum, let shortest = periods.min(), minimum > shortest {
      throw reader.error(
        "minimum", "\(minimum)", accepted: "at most \(shortest), the shortest of periods")
    }
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    let periods = periods, statistics = statistics
    try of.resolve(features: features) { name in
      periods.flatMap { period in statistics.map { "\(name)_\($0.rawValue)_\(period)" } }
    }
  }

  var inputs: [RecipeInput] { of.inputs(longestLag: (periods.max() ?? 1) - 1) }
  var featureNames: [String] { of.featureNames }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    var features: [[Float]] = []
    for name in of.names {
      var history: [[Float]] = []
      for step in 0..<(periods.max() ?? 0) {
        history.append(try context.values(name, lag: lag + step))
      }
      for period in periods {
        let window = FiscalWindow(
          history: Array(history.prefix(period)), minimum: minimum ?? period)
        for statistic in statistics {
          features.append(
            context.rowValues { row in
              switch statistic {
              case .mean: window.mean(row)
              case .sd: window.standardDeviation(row)
              case .slope: window.slope(row)
              }
            })
        }
      }
    }
    return features
  }
}
