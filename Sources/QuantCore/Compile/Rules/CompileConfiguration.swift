/// Everything that decides what a compiled panel contains: the `compile` section of a configuration.
///
/// Periods, keys, availability, events, prices, labels and features are declared here, so that one
/// program reads every data set. All of it, and nothing else of the configuration, is part of the
/// cache key.
public struct CompileConfiguration: Codable, Hashable, Sendable {
  /// A short name for logs; no meaning.
  public var name: String
  /// The grid of decision dates.
  public var grid: GridRule
  /// Tables of company records, at least one; the first decides which rows exist.
  public var fundamentals: [FundamentalsSource]
  /// A dated map from identifiers to firms.
  public var identifiers: IdentifierSource?
  /// A table of events; without it the labels come from a column (`labels.column`).
  public var events: EventSource?
  /// Daily prices.
  public var prices: PriceSource?
  /// When firms left the market.
  public var delistings: DelistingSource?
  /// Which rows are kept.
  public var rows: RowRule
  /// What is predicted, and when it becomes known.
  public var labels: LabelRule
  /// The recipes, in order; a later one may use the features of an earlier one.
  public var features: [RecipeDeclaration]
  /// Coverage rates below these fail the compile.
  public var coverage: CoverageThresholds

  /// Reads the `compile` section.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    name = try reader.string("name", default: "panel", "a short name for logs; no meaning")
    grid = try reader.object("grid", "the grid of decision dates") {
      (r) throws(ConfigurationError) in
      try GridRule(from: &r)
    }
    fundamentals = try reader.objects(
      "fundamentals", "tables of company records; the first decides which rows exist",
      required: true
    ) { (r) throws(ConfigurationError) in try FundamentalsSource(from: &r) }
    identifiers = try reader.optionalObject(
      "identifiers", "dated map from identifiers to firms"
    ) { (r) throws(ConfigurationError) in try IdentifierSource(from: &r) }
    events = try reader.optionalObject("events", "table of the events that are predicted") {
      (r) throws(ConfigurationError) in try EventSource(from: &r)
    }
    prices = try reader.optionalObject("prices", "daily prices") {
      (r) throws(ConfigurationError) in try PriceSource(from: &r)
    }
    delistings = try reader.optionalObject("delistings", "when firms left the market") {
      (r) throws(ConfigurationError) in try DelistingSource(from: &r)
    }
    rows = try reader.object("rows", "which rows are kept") { (r) throws(ConfigurationError) in
      try RowRule(from: &r)
    }
    labels = try reader.object("labels", "what is predicted, and when it becomes known") {
      (r) throws(ConfigurationError) in try LabelRule(from: &r)
    }
    features = try reader.recipeDeclarations("features")
    coverage = try reader.object("coverage", "rates below these fail the compile") {
      (r) throws(ConfigurationError) in try CoverageThresholds(from: &r)
    }
    if !reader.isDescribing {
      if fundamentals.isEmpty {
        throw reader.error("fundamentals", "[]", accepted: "at least one table")
      }
      if events == nil, labels.column == nil {
        throw reader.error("events", "missing", accepted: "a table of events, or labels.column")
      }
      if events != nil, labels.column != nil {
        throw reader.error("labels.column", "given beside events", accepted: "one of the two")
      }
    }
  }
}
