public import QuantCore

/// A recipe context in memory: every firm has a record and a row at every decision date.
///
/// Row `date * firms + firm`; the record `lag` fiscal periods earlier is that of `lag` dates earlier.
public struct MemoryRecipeContext: RecipeContext {
  private struct Feature: Sendable {
    var values: [Float]
    var recipe: any FeatureRecipe
    var place: Int
    // What the recipe saw, so that earlier values come from the same inputs.
    var context: [MemoryRecipeContext]
  }

  /// Rows at each decision date.
  public let firms: Int
  /// Number of decision dates.
  public let dates: Int
  /// Threads that recipes may use.
  public var threads = 2
  /// Answers to `prices`.
  public var priceAnswers: [PriceStatistic: [Float]] = [:]
  /// Answers to `recordAgeDays`, by source; the empty name is the default source.
  public var recordAges: [String: [Float]] = [:]
  /// Answers to `availabilityAgeDays`, by source; the empty name is the default source.
  public var availabilityAges: [String: [Float]] = [:]
  /// Names of all features so far.
  public private(set) var featureNames: [String] = []
  private let columns: [String: [[Float]]]
  private var features: [String: Feature] = [:]

  /// Creates a context; `columns[name][firm][date]` are the records.
  public init(columns: [String: [[Float]]]) {
    self.columns = columns
    firms = columns.values.first?.count ?? 0
    dates = columns.values.first?.first?.count ?? 0
    for series in columns.values {
      precondition(series.count == firms && series.allSatisfy { $0.count == dates })
    }
  }

  /// One decision date with the values of its firms.
  public init(oneDate columns: [String: [Float]]) {
    self.init(columns: columns.mapValues { $0.map { [$0] } })
  }

  /// Number of rows.
  public var rowCount: Int { firms * dates }

  /// The rows of each date.
  public var periodRanges: [Range<Int>] {
    (0..<dates).map { ($0 * firms)..<(($0 + 1) * firms) }
  }

  /// Names of the columns, sorted.
  public var columnNames: [String] { columns.keys.sorted() }

  /// Computes the features of a recipe and adds them, or puts them in place of those they replace.
  public mutating func add(_ recipe: any FeatureRecipe) throws(CompileError) {
    let computed = try recipe.compute(in: self, lag: 0)
    precondition(computed.count == recipe.featureNames.count)
    let seen = self
    for (place, name) in recipe.featureNames.enumerated() {
      precondition(computed[place].count == rowCount)
      if features[name] == nil { featureNames.append(name) }
      features[name] = Feature(
        values: computed[place], recipe: recipe, place: place, context: [seen])
    }
  }

  /// Whether there is such a column.
  public func isColumn(_ name: String) -> Bool { columns[name] != nil }

  /// A feature, or else a column.
  public func values(_ name: String, lag: Int) throws(CompileError) -> [Float] {
    if let feature = features[name] {
      if lag == 0 { return feature.values }
      return try feature.recipe.compute(in: feature.context[0], lag: lag)[feature.place]
    }
    guard let series = columns[name] else {
      throw .configuration(
        ConfigurationError(parameter: "name", value: name, accepted: "a column or feature"))
    }
    return (0..<rowCount).map { row in
      let date = row / firms - lag
      return date < 0 ? .nan : series[row % firms][date]
    }
  }

  /// The sum of four dates, oldest last, NaN where one is missing.
  public func trailingYear(_ name: String, lag: Int) throws(CompileError) -> [Float] {
    var sums = [Double](repeating: 0, count: rowCount)
    for step in 0..<4 {
      let values = try values(name, lag: lag + step)
      for row in sums.indices { sums[row] += Double(values[row]) }
    }
    return sums.map { Float($0) }
  }

  /// The stored answer.
  public func recordAgeDays(source: String?) throws(CompileError) -> [Float] {
    try answer(recordAges[source ?? ""], "source")
  }

  /// The stored answer.
  public func availabilityAgeDays(source: String?) throws(CompileError) -> [Float] {
    try answer(availabilityAges[source ?? ""], "source")
  }

  /// The stored answer.
  public func prices(_ statistic: PriceStatistic) throws(CompileError) -> [Float] {
    try answer(priceAnswers[statistic], "prices")
  }

  private func answer(_ values: [Float]?, _ parameter: String) throws(CompileError) -> [Float] {
    guard let values else {
      throw .configuration(
        ConfigurationError(parameter: parameter, value: "none", accepted: "a stored answer"))
    }
    return values
  }
}
