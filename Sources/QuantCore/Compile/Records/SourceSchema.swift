/// Collects the columns that a source reads, each once and under one type.
struct SourceSchema {
  private var types: [String: ColumnType] = [:]
  private var order: [String] = []
  private let table: TableFormat

  init(_ table: TableFormat) throws(CompileError) {
    self.table = table
    for rule in table.keep { try add(rule.column, .text) }
  }

  /// Adds a column; `nil` adds none.
  ///
  /// - Throws: `CompileError.configuration` where the column is needed under another type already.
  mutating func add(_ name: String?, _ type: ColumnType) throws(CompileError) {
    guard let name else { return }
    guard let known = types[name] else {
      types[name] = type
      order.append(name)
      return
    }
    if known != type {
      throw .configuration(
        ConfigurationError(
          parameter: table.file + ": column '\(name)'",
          value: "used as \(known.rawValue) and as \(type.rawValue)",
          accepted: "one use for each column"))
    }
  }

  /// The schema to read the file with.
  var schema: TableSchema {
    TableSchema(
      columns: order.map { ColumnSchema($0, types[$0] ?? .text) },
      delimiter: table.delimiterByte, missing: table.missing)
  }
}

extension TableFormat {
  /// The byte between fields.
  var delimiterByte: UInt8 { delimiter.utf8.first ?? UInt8(ascii: ",") }
}

extension FundamentalsSource {
  /// The columns that are read; the label column only from the first source.
  func schema(labelColumn: String?) throws(CompileError) -> TableSchema {
    var schema = try SourceSchema(table)
    try schema.add(firm, .text)
    try schema.add(periodEnd, .date)
    try schema.add(fiscalYear, .text)
    try schema.add(available, .date)
    try schema.add(amendment, .text)
    try schema.add(fiscalQuarter, .text)
    for key in keys { try schema.add(key, .text) }
    for value in values { try schema.add(value, .float32) }
    if let labelColumn {
      if values.contains(labelColumn) {
        throw .configuration(
          ConfigurationError(
            parameter: "compile.labels.column", value: "'\(labelColumn)', also a value",
            accepted: "a column that no feature can see"))
      }
      try schema.add(labelColumn, .float32)
    }
    return schema.schema
  }
}

extension IdentifierSource {
  /// The columns that are read.
  func schema() throws(CompileError) -> TableSchema {
    var schema = try SourceSchema(table)
    try schema.add(identifier, .text)
    try schema.add(firm, .text)
    try schema.add(from, .date)
    try schema.add(to, .date)
    return schema.schema
  }
}

extension EventSource {
  /// The columns that are read.
  func schema() throws(CompileError) -> TableSchema {
    var schema = try SourceSchema(table)
    try schema.add(firm, .text)
    try schema.add(announced, .date)
    try schema.add(completed, .date)
    try schema.add(withdrawn, .date)
    return schema.schema
  }
}

extension DelistingSource {
  /// The columns that are read.
  func schema() throws(CompileError) -> TableSchema {
    var schema = try SourceSchema(table)
    try schema.add(firm, .text)
    try schema.add(date, .date)
    return schema.schema
  }
}

extension PriceSource {
  /// The columns of a long table that are read.
  func schema() throws(CompileError) -> TableSchema {
    var schema = try SourceSchema(table)
    try schema.add(firm, .text)
    try schema.add(date, .date)
    for column in [close, totalReturn, adjustedClose, splitFactor, dividend, volume] {
      try schema.add(column, .float32)
    }
    return schema.schema
  }
}
