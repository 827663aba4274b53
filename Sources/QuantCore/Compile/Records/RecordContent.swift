/// The columns of a table that make up the content of a record.
struct RecordContent {
  /// Numeric columns, sorted by name.
  let values: [(name: String, column: [Float])]
  /// Key columns, sorted by name.
  let keys: [(name: String, column: TextColumn)]
  /// The label column.
  let labels: [Float]?
  private let quarter: TextColumn?

  init(
    _ table: RawTable, source: FundamentalsSource, labelColumn: String?
  ) throws(CompileError) {
    func sorted(_ names: [String]) -> [String] {
      Set(names).sortedByBytes()
    }
    var values: [(String, [Float])] = []
    for name in sorted(source.values) { values.append((name, try table.floatColumn(name))) }
    var keys: [(String, TextColumn)] = []
    for name in sorted(source.keys) { keys.append((name, try table.textColumn(name))) }
    self.values = values
    self.keys = keys
    labels = try labelColumn.map { (name) throws(CompileError) in try table.floatColumn(name) }
    quarter = try source.fiscalQuarter.map { (name) throws(CompileError) in
      try table.textColumn(name)
    }
  }

  /// Whether two rows have the same numbers; missing equals missing.
  func hasEqualValues(_ left: Int, _ right: Int) -> Bool {
    values.allSatisfy { RecordContent.isSame($0.column[left], $0.column[right]) }
  }

  /// Whether two rows agree in everything that is read from them.
  func isEqual(_ left: Int, _ right: Int) -> Bool {
    hasEqualValues(left, right)
      && keys.allSatisfy { $0.column.codes[left] == $0.column.codes[right] }
      && (quarter.map { $0.codes[left] == $0.codes[right] } ?? true)
      && (labels.map { RecordContent.isSame($0[left], $0[right]) } ?? true)
  }

  private static func isSame(_ left: Float, _ right: Float) -> Bool {
    left == right || (left.isNaN && right.isNaN)
  }
}
