@testable import QuantCore

/// Looks past the context: the newest record of a firm in the source, whether filed yet or not.
struct ForeseeingRecipe: FeatureRecipe {
  static let identifier = "foreseeing"
  static let version = 1
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {}
  var featureNames: [String] { ["newest_cash"] }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    guard let panel = context as? PanelContext else { return [[]] }
    let records = panel.engine.histories[0].records
    let cash = records.values["cash"] ?? []
    return [
      panel.engine.rows.firm.map { firm in
        let group = records.groups(of: Int(firm)).upperBound - 1
        return cash[records.records(of: group).upperBound - 1]
      }
    ]
  }
}

/// A deviation from the mean of all rows, whatever their decision date.
struct MixedDatesRecipe: FeatureRecipe {
  static let identifier = "mixedDates"
  static let version = 1
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {}
  var featureNames: [String] { ["cash_centered"] }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    let cash = try context.values("cash", lag: 0)
    let mean = cash.reduce(0) { $0 + Double($1) } / Double(cash.count)
    return [cash.map { Float(Double($0) - mean) }]
  }
}

/// The last close as it stands in the table.
struct PriceLevelRecipe: FeatureRecipe {
  static let identifier = "priceLevel"
  static let version = 1
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {}
  var featureNames: [String] { ["price_level"] }
  var hasLags: Bool { false }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    [try context.prices(.close)]
  }
}

/// The close of a decision date over that of the one before, without regard to splits between them.
///
/// Raw closes say nothing of later splits, so no change of later lines shows this.
struct PriceAcrossSplitsRecipe: FeatureRecipe {
  static let identifier = "priceAcrossSplits"
  static let version = 1
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {}
  var featureNames: [String] { ["raw_return"] }
  var hasLags: Bool { false }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    guard let panel = context as? PanelContext else { return [[]] }
    let closes = try context.prices(.close)
    let rows = panel.engine.rows
    var result = [Float](repeating: .nan, count: rows.count)
    for period in rows.ranges.indices.dropFirst() {
      for row in rows.ranges[period] {
        guard let before = rows.row(of: rows.firm[row], period: period - 1) else { continue }
        result[row] = closes[row] / closes[before]
      }
    }
    return [result]
  }
}

extension RecipeRegistry {
  /// The recipes of the library and those that leak.
  static var leaking: RecipeRegistry {
    var registry = RecipeRegistry.standard
    for type in [
      ForeseeingRecipe.self, MixedDatesRecipe.self, PriceLevelRecipe.self,
      PriceAcrossSplitsRecipe.self,
    ] as [any FeatureRecipe.Type] {
      registry.register(type)
    }
    return registry
  }
}
