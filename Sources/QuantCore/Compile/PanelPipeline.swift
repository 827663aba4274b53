/// Turns tables into the content of a panel: stage after stage, values in, values out.
struct PanelPipeline: Sendable {
  let tables: InputTables
  let recipes: [any FeatureRecipe]
  let threads: Int
  private var configuration: CompileConfiguration { tables.configuration }

  init(_ tables: InputTables, recipes: [any FeatureRecipe], threads: Int) {
    self.tables = tables
    self.recipes = recipes
    self.threads = threads
  }

  /// Runs all stages.
  func content(progress: (CompileProgress) -> Void) throws(CompileError) -> PanelContent {
    let files = InputTables.files(of: configuration).count
    var filesRead = 0
    func reading(_ file: String) {
      progress(
        CompileProgress(stage: .reading, detail: file, completed: filesRead, total: files))
      filesRead += 1
    }
    func aligning(_ detail: String, _ step: Int) {
      progress(CompileProgress(stage: .aligning, detail: detail, completed: step, total: 3))
    }
    var accounts: [SourceAccount] = []

    let map = try identifiers(reading)
    if let map { accounts.append(map.account) }
    let (records, firms, firstTable) = try fundamentals(map, reading)
    let deals = try configuration.events.map { (source) throws(CompileError) in
      reading(source.table.file)
      ProcessCounters.increment(.join)
      return try DealSet(
        try tables.read(.events, source.table.file, try source.schema()), source: source,
        map: try identifierMap(
          isMapped: source.isMapped, map, field: "compile.events.isMapped"), firms: firms)
    }
    let delistings = try configuration.delistings.map { (source) throws(CompileError) in
      reading(source.table.file)
      ProcessCounters.increment(.join)
      return try DelistingSet(
        try tables.read(.delistings, source.table.file, try source.schema()), source: source,
        map: try identifierMap(
          isMapped: source.isMapped, map, field: "compile.delistings.isMapped"), firms: firms)
    }
    let prices = try self.prices(map, firms, reading)

    aligning("rows", 0)
    let rows = try PanelRows(
      records: records[0], grid: configuration.grid, rule: configuration.rows, deals: deals,
      delistings: delistings, threads: threads)
    for set in records { accounts.append(try set.account(decisionDays: rows.decisionDays)) }

    let engine = FeatureEngine(
      rows: rows, firms: firms, records: records, prices: prices, recipes: recipes,
      declarations: configuration.features, threads: threads)
    let recordIndex = engine.recordIndex(source: 0, lag: 0)
    aligning("labels", 1)
    let labels = try self.labels(rows, records[0], recordIndex, deals, firstTable)
    aligning("coverage", 2)
    let coverage = try deals.map { (deals) throws(CompileError) in
      try DealCoverage(deals, rows: rows, rule: configuration.labels)
    }
    if let coverage { accounts.append(coverage.account) }
    if let delistings { accounts.append(delistings.account) }
    if let prices { accounts.append(prices.account) }
    let rates = try self.rates(coverage, engine.prices)

    let features = try engine.run { index in
      progress(
        CompileProgress(
          stage: .features, detail: configuration.features[index].recipe, completed: index,
          total: recipes.count))
    }
    return PanelContent(
      rows: rows, firms: firms, records: records[0], recordIndex: recordIndex,
      featureNames: features.names, columns: features.columns, labels: labels, deals: deals,
      dealCoverage: coverage, accounts: accounts, rates: rates)
  }

  private func identifiers(_ reading: (String) -> Void) throws(CompileError) -> IdentifierMap? {
    try configuration.identifiers.map { (source) throws(CompileError) in
      reading(source.table.file)
      return try IdentifierMap(
        try tables.read(.identifiers, source.table.file, try source.schema()), source: source)
    }
  }

  /// The records of all sources; the firms are those of the first.
  private func fundamentals(
    _ map: IdentifierMap?, _ reading: (String) -> Void
  ) throws(CompileError) -> (records: [RecordSet], firms: FirmIndex, first: RawTable) {
    var sets: [RecordSet] = []
    var firms = FirmIndex([])
    var first: RawTable?
    for (place, source) in configuration.fundamentals.enumerated() {
      reading(source.table.file)
      ProcessCounters.increment(.join)
      let label = place == 0 ? configuration.labels.column : nil
      let table = try tables.read(
        .fundamentals(place), source.table.file, try source.schema(labelColumn: label))
      let own = try identifierMap(
        isMapped: source.isMapped, map, field: "compile.fundamentals[\(place)].isMapped")
      let columns = try RecordColumns(table, source: source, map: own)
      if place == 0 {
        firms = FirmIndex(Set(columns.firm).map { columns.firmNames[Int($0)] })
        first = table
      }
      sets.append(
        try RecordSet(columns, table: table, source: source, firms: firms, labelColumn: label))
    }
    guard let first else { throw .inconsistent("a configuration without fundamentals") }
    return (sets, firms, first)
  }

  private func prices(
    _ map: IdentifierMap?, _ firms: FirmIndex, _ reading: (String) -> Void
  ) throws(CompileError) -> PriceBook? {
    guard let source = configuration.prices else { return nil }
    let own = try identifierMap(isMapped: source.isMapped, map, field: "compile.prices.isMapped")
    reading(source.table.file)
    ProcessCounters.increment(.join)
    if source.layout == .long {
      let table = try tables.read(.prices, source.table.file, try source.schema())
      return try PriceBook(long: table, source: source, map: own, firms: firms, threads: threads)
    }
    func wide(_ role: InputRole, _ file: String?) throws(CompileError) -> WideTable? {
      guard let file else { return nil }
      reading(file)
      return try tables.readWide(role, file, source)
    }
    let matrices = try WidePrices(
      closes: try tables.readWide(.prices, source.table.file, source),
      totals: try wide(.totalReturns, source.totalReturnFile),
      volumes: try wide(.volumes, source.volumeFile))
    return try PriceBook(wide: matrices, source: source, map: own, firms: firms, threads: threads)
  }

  private func labels(
    _ rows: PanelRows, _ records: RecordSet, _ index: [Int32], _ deals: DealSet?, _ table: RawTable
  ) throws(CompileError) -> LabelSet {
    if let deals { return try LabelSet(rows: rows, deals: deals, rule: configuration.labels) }
    guard let column = configuration.labels.column else {
      throw .inconsistent("labels from neither events nor a column")
    }
    return try LabelSet(
      rows: rows, records: records, inUse: index, column: column, rule: configuration.labels,
      table: table)
  }

  private func rates(
    _ coverage: DealCoverage?, _ prices: AsOfPrices?
  ) throws(CompileError) -> [String: Double] {
    var rates: [String: Double] = [:]
    if let coverage {
      rates["mappedEvents"] = coverage.mappedRate
      rates["usedEvents"] = coverage.usedRate
    }
    if let prices { rates["pricedRows"] = prices.pricedRate }
    let thresholds = [
      ("mappedEvents", configuration.coverage.mappedEvents),
      ("pricedRows", configuration.coverage.pricedRows),
    ]
    for (name, threshold) in thresholds where (rates[name] ?? 0) < threshold {
      throw .coverage(rate: name, value: rates[name] ?? 0, threshold: threshold)
    }
    return rates
  }
}
