/// What one recipe sees: the columns of the sources, and the features of the recipes before it.
struct PanelContext: RecipeContext {
  let engine: FeatureEngine
  /// The place of the recipe; it sees the features of the recipes before.
  let limit: Int

  var rowCount: Int { engine.rows.count }
  var periodRanges: [Range<Int>] { engine.rows.ranges }
  var threads: Int { engine.threads }
  var featureNames: [String] { engine.featureNames(before: limit) }
  private var path: String {
    engine.declarations.indices.contains(limit) ? engine.declarations[limit].path : "compile"
  }

  func isColumn(_ name: String) -> Bool {
    (try? engine.column(named: name, at: path)) ?? nil != nil
  }

  func values(_ name: String, lag: Int) throws(CompileError) -> [Float] {
    try check(lag)
    if let producer = engine.producers[name]?.last(where: { $0 < limit }) {
      return try feature(name, producer: producer, lag: lag)
    }
    let (source, column) = try self.column(name)
    return engine.singlePeriods(column, source: source, lag: lag)
  }

  func trailingYear(_ name: String, lag: Int) throws(CompileError) -> [Float] {
    try check(lag)
    let (source, column) = try self.column(name)
    return engine.trailingYear(column, source: source, lag: lag)
  }

  func recordAgeDays(source: String?) throws(CompileError) -> [Float] {
    try age(source) { $0.periodEnd }
  }

  func availabilityAgeDays(source: String?) throws(CompileError) -> [Float] {
    try age(source) { $0.available }
  }

  func prices(_ statistic: PriceStatistic) throws(CompileError) -> [Float] {
    guard let prices = engine.prices else {
      throw .configuration(
        ConfigurationError(
          parameter: path, value: "a recipe that needs prices",
          accepted: "a section compile.prices, or no such recipe"))
    }
    let key = "prices \(statistic)"
    if let known = engine.cache.column(key) { return known }
    let column = prices.values(of: statistic, threads: threads)
    engine.cache.insert(column, for: key)
    return column
  }

  /// A feature of an earlier recipe; at a lag its recipe runs again, with all inputs moved.
  private func feature(
    _ name: String, producer: Int, lag: Int
  ) throws(CompileError) -> [Float] {
    if lag == 0, let column = current(name, producer: producer) { return column }
    let recipe = engine.recipes[producer]
    if lag > 0, !recipe.hasLags {
      throw .configuration(
        ConfigurationError(
          parameter: path, value: "feature '\(name)' \(lag) periods earlier",
          accepted: "a feature made from records of the firm alone"))
    }
    let key = { (name: String) in "feature \(producer) \(lag) \(name)" }
    if let known = engine.cache.column(key(name)) { return known }
    let columns = try engine.evaluate(producer, lag: lag)
    var result: [Float] = []
    for (other, column) in zip(recipe.featureNames, columns) {
      engine.cache.insert(column, for: key(other))
      if other == name { result = column }
    }
    return result
  }

  /// The stored value of a feature, where no recipe from `producer` on has replaced it.
  private func current(_ name: String, producer: Int) -> [Float]? {
    let isLast = engine.producers[name]?.last { engine.hasRun($0) } == producer
    return isLast ? engine.currentFeature(name) : nil
  }

  private func check(_ lag: Int) throws(CompileError) {
    guard (0...400).contains(lag) else {
      throw .configuration(
        ConfigurationError(parameter: path, value: "a lag of \(lag)", accepted: "0 to 400"))
    }
  }

  private func column(_ name: String) throws(CompileError) -> (source: Int, column: String) {
    if let found = try engine.column(named: name, at: path) { return found }
    let known =
      featureNames
      + engine.histories.flatMap(\.records.source.values)
    throw .configuration(
      ConfigurationError(
        parameter: path, value: "'\(name)', which is neither a column nor an earlier feature",
        accepted: NearestName.accepted(for: name, among: known)))
  }

  private func age(
    _ source: String?, _ days: @escaping @Sendable (RecordSet) -> [Int32]
  ) throws(CompileError) -> [Float] {
    let names = engine.histories.map(\.records.source.name)
    guard let place = source.map({ names.firstIndex(of: $0) }) ?? 0 else {
      throw .configuration(
        ConfigurationError(
          parameter: path, value: "source '\(source ?? "")'",
          accepted: NearestName.accepted(for: source ?? "", among: names)))
    }
    let history = engine.histories[place]
    let column = days(history.records)
    let index = engine.recordIndex(source: place, lag: 0)
    return rowValues { row in
      index[row] < 0 ? .nan : Float(history.day(ofRow: row) - column[Int(index[row])])
    }
  }
}
