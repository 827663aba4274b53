internal import Synchronization

/// Runs recipes over the rows of a panel and answers what they ask for.
final class FeatureEngine: Sendable {
  let rows: PanelRows
  let firms: FirmIndex
  let histories: [AsOfHistory]
  let prices: AsOfPrices?
  let recipes: [any FeatureRecipe]
  let declarations: [RecipeDeclaration]
  let threads: Int
  let cache: ColumnCache
  /// For each feature name the recipes that compute it, ascending: a later one replaces an earlier.
  let producers: [String: [Int]]
  /// For each name a column can be asked for by, its source; -1 where several have it.
  private let sourceOfName: [String: Int]
  private let records = Mutex<[String: [Int32]]>([:])
  private let current = Mutex<Features>(Features())

  /// The features so far.
  private struct Features: Sendable {
    var columns: [String: [Float]] = [:]
    var recipesRun = 0
  }

  init(
    rows: PanelRows, firms: FirmIndex, records: [RecordSet], prices: PriceBook?,
    recipes: [any FeatureRecipe], declarations: [RecipeDeclaration], threads: Int,
    cacheBytes: Int = 256 << 20
  ) {
    self.rows = rows
    self.firms = firms
    histories = records.map { AsOfHistory($0, rows: rows, threads: threads) }
    self.prices = prices.map { AsOfPrices($0, rows: rows, threads: threads) }
    self.recipes = recipes
    self.declarations = declarations
    self.threads = threads
    cache = ColumnCache(budget: cacheBytes)
    var producers: [String: [Int]] = [:]
    for (index, recipe) in recipes.enumerated() {
      for name in recipe.featureNames { producers[name, default: []].append(index) }
    }
    self.producers = producers
    var sources: [String: Int] = [:]
    for (index, set) in records.enumerated() {
      for column in set.source.values {
        sources[column] = sources[column] == nil || sources[column] == index ? index : -1
        sources["\(set.source.name).\(column)"] = index
      }
    }
    sourceOfName = sources
  }

  /// The names of the features of all recipes before one, in order.
  func featureNames(before limit: Int) -> [String] {
    recipes.prefix(limit).flatMap { $0.replacesInputs ? [] : $0.featureNames }
  }

  /// The source and the bare name of a column, or `nil` where there is no such column.
  ///
  /// - Throws: `CompileError.configuration` where several sources have it.
  func column(
    named name: String, at path: String
  ) throws(CompileError) -> (source: Int, column: String)? {
    guard let source = sourceOfName[name] else { return nil }
    guard source >= 0 else {
      let owners = histories.map(\.records.source).filter { $0.values.contains(name) }
      throw .configuration(
        ConfigurationError(
          parameter: path, value: "'\(name)', which several sources have",
          accepted: owners.map { "\($0.name).\(name)" }.joined(separator: " or ")))
    }
    let prefix = histories[source].records.source.name + "."
    let bare =
      histories[source].records.source.values.contains(name)
      ? name : String(name.dropFirst(prefix.count))
    return (source, bare)
  }

  /// For each row the record of a source at a lag; computed once.
  func recordIndex(source: Int, lag: Int) -> [Int32] {
    let key = "\(source) \(lag)"
    if let known = records.withLock({ $0[key] }) { return known }
    let index = histories[source].records(lag: lag, threads: threads)
    records.withLock { $0[key] = index }
    return index
  }

  /// The value of a feature as it is after all recipes that have run, or `nil`.
  func currentFeature(_ name: String) -> [Float]? { current.withLock { $0.columns[name] } }

  /// Whether the columns of a recipe are among the features.
  func hasRun(_ recipe: Int) -> Bool { current.withLock { recipe < $0.recipesRun } }

  /// Runs all recipes in order.
  ///
  /// - Returns: names and columns of the features, in the order of the declarations; a replaced
  ///   feature stays in its place.
  /// - Throws: `CompileError.infiniteFeature`, and what recipes throw.
  func run(
    progress: (Int) -> Void
  ) throws(CompileError) -> (names: [String], columns: [[Float]]) {
    for index in recipes.indices {
      progress(index)
      let columns = try evaluate(index, lag: 0)
      current.withLock { features in
        for (name, column) in zip(recipes[index].featureNames, columns) {
          features.columns[name] = column
        }
        features.recipesRun = index + 1
      }
    }
    let names = featureNames(before: recipes.count)
    let columns = current.withLock { features in names.map { features.columns[$0] ?? [] } }
    return (names, columns)
  }

  /// Runs one recipe and checks what it returns.
  func evaluate(_ index: Int, lag: Int) throws(CompileError) -> [[Float]] {
    let recipe = recipes[index]
    ProcessCounters.increment(.recipe)
    let columns = try recipe.compute(in: PanelContext(engine: self, limit: index), lag: lag)
    guard columns.count == recipe.featureNames.count,
      columns.allSatisfy({ $0.count == rows.count })
    else {
      throw .configuration(
        ConfigurationError(
          parameter: declarations[index].path,
          value: "recipe \(declarations[index].recipe), which returned "
            + "\(columns.count) columns of \(columns.first?.count ?? 0) values",
          accepted: "\(recipe.featureNames.count) columns of \(rows.count) values"))
    }
    for (name, column) in zip(recipe.featureNames, columns) {
      guard let row = column.firstIndex(where: { $0.isInfinite }) else { continue }
      let period = rows.ranges.firstIndex { $0.contains(row) } ?? 0
      throw .infiniteFeature(
        feature: name, firm: firms.keys[Int(rows.firm[row])], period: rows.periods[period])
    }
    return columns
  }
}
