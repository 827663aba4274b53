/// The sources of a configuration, read once, with the day on which each of their records became known.
struct AuditSources: Sendable {
  /// The tables as they are.
  var world = AuditWorld(tables: HeldTables(), lastPeriod: nil)
  /// What can be changed, in the order of the configuration.
  var sources: [any PoisonableSource] = []
  /// Names of sources without any day.
  var undated: [String] = []
  /// The records of each fundamentals table, for the look at their availability.
  var records: [RecordColumns] = []

  let tables: InputTables
  let rule: AuditRule
  let threads: Int
  var configuration: CompileConfiguration { tables.configuration }
  var map: IdentifierMap?

  /// Reads all tables.
  ///
  /// - Throws: `CompileError.configuration` where the rule names a source or column that is not there,
  ///   and what reading throws.
  init(_ tables: InputTables, rule: AuditRule, threads: Int) throws(CompileError) {
    self.tables = tables
    self.rule = rule
    self.threads = threads
    try checkNames()
    try addIdentifiers()
    try addEventsAndDelistings()
    for place in tables.configuration.fundamentals.indices { try addRecords(place) }
    try addPrices()
    for name in undated where !rule.undated.contains(name) {
      throw .configuration(
        ConfigurationError(
          parameter: "audit.undated", value: "without '\(name)', whose lines have no days",
          accepted: "columns of days for it in the compile, or '\(name)' in the list"))
    }
    sources.removeAll { rule.undated.contains($0.name) }
  }

  private func checkNames() throws(CompileError) {
    let tables = configuration.fundamentals.map(\.name)
    let others = [
      ("events", configuration.events != nil), ("delistings", configuration.delistings != nil),
      ("prices", configuration.prices != nil),
    ].filter(\.1).map(\.0)
    func check(_ path: String, _ name: String, _ names: [String]) throws(CompileError) {
      if names.contains(name) { return }
      throw .configuration(
        ConfigurationError(
          parameter: path, value: "'\(name)', which is no such source",
          accepted: NearestName.accepted(for: name, among: names)))
    }
    for (place, own) in rule.recorded.enumerated() {
      // Only the lines of company records have columns of which some may come later.
      let names = own.columns.isEmpty ? tables + others : tables
      try check("audit.recorded[\(place)].source", own.source, names)
    }
    let all = tables + others + (configuration.identifiers == nil ? [] : ["identifiers"])
    for (place, name) in rule.undated.enumerated() {
      try check("audit.undated[\(place)]", name, all)
    }
  }

  /// Reads a table with the columns of days that the rule names.
  mutating func read(
    _ role: InputRole, _ file: String, _ schema: TableSchema, _ name: String
  ) throws(CompileError) -> RawTable {
    var schema = schema
    for (place, recorded) in rule.recorded.enumerated() where recorded.source == name {
      let known = schema.columns.first { $0.name == recorded.day }
      if known == nil { schema.columns.append(ColumnSchema(recorded.day, .date)) }
      if let known, known.type != .date {
        throw .configuration(
          ConfigurationError(
            parameter: "audit.recorded[\(place)].day",
            value: "'\(recorded.day)', which the compile reads as \(known.type.rawValue)",
            accepted: "a column of days"))
      }
      for column in recorded.columns where !schema.columns.contains(where: { $0.name == column }) {
        throw .configuration(
          ConfigurationError(
            parameter: "audit.recorded[\(place)].columns",
            value: "'\(column)', which the compile does not read from \(name)",
            accepted: NearestName.accepted(for: column, among: schema.columns.map(\.name))))
      }
    }
    let table = try tables.read(role, file, schema)
    world.tables.tables[role] = table
    return table
  }

  /// For each line the day of the rule for whole lines, `Int32.min` where it has none; empty without
  /// a rule.
  func recorded(_ name: String, _ table: RawTable) throws(CompileError) -> [Int32] {
    guard let own = rule.recorded.first(where: { $0.source == name && $0.columns.isEmpty }) else {
      return []
    }
    return try AuditSources.days(own, table)
  }

  static func days(
    _ rule: RecordedRule, _ table: RawTable
  ) throws(CompileError) -> [Int32] {
    try table.dateColumn(rule.day).map { $0 == .min ? .min : $0 + Int32(rule.lagDays) }
  }

  func isKept(_ table: RawTable, _ rules: [KeepRule]) throws(CompileError) -> [Bool] {
    var drops = DropTally()
    var isKept = [Bool](repeating: false, count: table.rowCount)
    for row in try table.rows(keeping: rules, drops: &drops) { isKept[Int(row)] = true }
    return isKept
  }

  func oracle(_ name: String, _ otherwise: String) -> String {
    let own = rule.recorded.first { $0.source == name && $0.columns.isEmpty }
    return own.map { "\($0.day)" + ($0.lagDays > 0 ? " + \($0.lagDays) days" : "") + " (audit)" }
      ?? otherwise + " (compile)"
  }
}
