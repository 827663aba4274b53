// Reads each section of the configuration and finds out when its records became known.
extension AuditSources {
  mutating func addIdentifiers() throws(CompileError) {
    guard let source = configuration.identifiers else { return }
    let table = try read(.identifiers, source.table.file, try source.schema(), "identifiers")
    map = try IdentifierMap(table, source: source)
    if source.from == nil, source.to == nil {
      undated.append("identifiers")
    } else {
      sources.append(
        try LinkSource(table, source: source, isKept: try isKept(table, source.table.keep)))
    }
  }

  mutating func addEventsAndDelistings() throws(CompileError) {
    if let source = configuration.events {
      let days = [source.announced] + [source.completed, source.withdrawn].compactMap { $0 }
      try add(
        .events, "events", source.table, try source.schema(), firm: source.firm,
        isMapped: source.isMapped, days: days)
    }
    if let source = configuration.delistings {
      try add(
        .delistings, "delistings", source.table, try source.schema(), firm: source.firm,
        isMapped: source.isMapped, days: [source.date])
    }
  }

  private mutating func add(
    _ role: InputRole, _ name: String, _ format: TableFormat, _ schema: TableSchema, firm: String,
    isMapped: Bool, days: [String]
  ) throws(CompileError) {
    let table = try read(role, format.file, schema, name)
    sources.append(
      try DatedLines(
        name: name, oracle: oracle(name, days.joined(separator: ", ")), role: role,
        file: format.file,
        table: table, firmColumn: firm, dayColumns: days, isKept: try isKept(table, format.keep),
        recorded: try recorded(name, table), candidates: try candidates(isMapped: isMapped)))
  }

  /// The texts by which events can name a firm.
  private mutating func candidates(isMapped: Bool) throws(CompileError) -> [String] {
    let first = configuration.fundamentals[0]
    if let source = configuration.identifiers, isMapped || first.isMapped,
      let table = world.tables.tables[.identifiers]
    {
      return try table.textColumn(isMapped ? source.identifier : source.firm).values
    }
    let label = configuration.labels.column
    let table = try read(
      .fundamentals(0), first.table.file, try first.schema(labelColumn: label), first.name)
    return try table.textColumn(first.firm).values
  }

  mutating func addRecords(_ place: Int) throws(CompileError) {
    let source = configuration.fundamentals[place]
    let label = place == 0 ? configuration.labels.column : nil
    // The first table may have been read already, for the firms in it.
    let table: RawTable
    if let known = world.tables.tables[.fundamentals(place)] {
      table = known
    } else {
      table = try read(
        .fundamentals(place), source.table.file, try source.schema(labelColumn: label), source.name)
    }
    let columns = try RecordColumns(
      table, source: source,
      map: try identifierMap(
        isMapped: source.isMapped, map, field: "compile.fundamentals[\(place)].isMapped"))
    records.append(columns)
    let recorded = try recorded(source.name, table)
    var days = [Int32](repeating: .min, count: table.rowCount)
    var labelDays = label == nil ? [] : days
    let months = configuration.labels.horizons.last?.months ?? 0
    for (index, row) in columns.tableRow.enumerated() {
      let stated = recorded.isEmpty ? .min : recorded[Int(row)]
      days[Int(row)] = stated == .min ? columns.available[index] : stated
      if label != nil {
        let end = CalendarDate(daysSinceEpoch: columns.periodEnd[index]).addingMonths(months)
        labelDays[Int(row)] = end.daysSinceEpoch + Int32(configuration.labels.recordingLagDays)
      }
    }
    let shared = sharedDays(with: source.table.file)
    for row in days.indices where days[row] != .min && !shared.isEmpty {
      days[row] = max(days[row], shared[row])
    }
    var parts: [(names: Set<String>, days: [Int32])] = []
    for own in rule.recorded where own.source == source.name && !own.columns.isEmpty {
      parts.append((Set(own.columns), try AuditSources.days(own, table)))
    }
    sources.append(
      RecordSource(
        name: source.name, oracle: oracle(source.name, columns.words(source)),
        isIndependent: !recorded.isEmpty || !shared.isEmpty, role: .fundamentals(place),
        table: table, source: source, labelColumn: label, days: days, labelDays: labelDays,
        columns: parts,
        recordedColumn: rule.recorded.first { $0.source == source.name && $0.columns.isEmpty }?.day)
    )
  }

  /// For each line of a file that also holds events or delistings the last day in it, which cannot have
  /// been written before it came; empty where the file holds none.
  private func sharedDays(with file: String) -> [Int32] {
    var days: [Int32] = []
    func take(_ role: InputRole, _ other: String?, _ names: [String?]) {
      guard other == file, let table = world.tables.tables[role] else { return }
      for name in names.compactMap({ $0 }) {
        guard let column = try? table.dates(name) else { continue }
        days = days.isEmpty ? column : zip(days, column).map { max($0, $1) }
      }
    }
    let (events, delistings) = (configuration.events, configuration.delistings)
    take(.events, events?.table.file, [events?.announced, events?.completed, events?.withdrawn])
    take(.delistings, delistings?.table.file, [delistings?.date])
    return days
  }

  mutating func addPrices() throws(CompileError) {
    guard let source = configuration.prices else { return }
    let own = try identifierMap(isMapped: source.isMapped, map, field: "compile.prices.isMapped")
    if source.layout == .long {
      let table = try read(.prices, source.table.file, try source.schema(), "prices")
      let firms = try table.textColumn(source.firm ?? "")
      let days = try table.dateColumn(source.date)
      let resolver = FirmResolver(firms.values, map: own)
      let owners = days.indices.map { row -> Int32 in
        guard case .firm(let firm) = resolver.firm(code: firms.codes[row], on: days[row]) else {
          return -1
        }
        return firm
      }
      sources.append(
        try LongPrices(
          table, source: source, isKept: try isKept(table, source.table.keep),
          recorded: try recorded("prices", table), oracle: oracle("prices", source.date),
          owners: owners))
      return
    }
    if let place = rule.recorded.firstIndex(where: { $0.source == "prices" }) {
      throw .configuration(
        ConfigurationError(
          parameter: "audit.recorded[\(place)].source", value: "'prices', which are wide",
          accepted: "sources in long tables"))
    }
    let files: [(InputRole, String?)] = [
      (.prices, source.table.file), (.totalReturns, source.totalReturnFile),
      (.volumes, source.volumeFile),
    ]
    for (role, file) in files {
      if let file { world.tables.matrices[role] = try tables.readWide(role, file, source) }
    }
    let matrices = files.compactMap { role, _ in
      world.tables.matrices[role].map { (role: role, table: $0) }
    }
    sources.append(
      WidePriceSource(
        oracle: oracle("prices", source.date), source: source, matrices: matrices,
        threads: threads, map: own))
  }
}

extension RecordColumns {
  /// Where the days of availability come from, with shares.
  func words(_ source: FundamentalsSource) -> String {
    let guessed: PointInTimeRisk = [.assumedAvailability, .impossibleAvailability]
    let assumed = flags.count { !PointInTimeRisk(rawValue: $0).isDisjoint(with: guessed) }
    let lag = "period end + \(source.safeLagDays) days"
    guard let column = source.available else { return lag }
    return assumed == 0 ? column : "\(column), for \(assumed) of \(flags.count) \(lag)"
  }
}
