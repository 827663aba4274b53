/// A table on its way to a changed copy: cells that are edited, rows that are repeated or taken out.
struct EditableTable {
  private let file: String
  private var columns: [String: ColumnValues]
  /// The number of rows.
  private(set) var rowCount: Int

  init(_ table: RawTable) throws(CompileError) {
    file = table.file
    rowCount = table.rowCount
    columns = [:]
    for name in table.columnNames {
      do throws(TableError) {
        columns[name] = try table.values(of: name)
      } catch {
        throw .table(error)
      }
    }
  }

  /// The table as it is now; its lines are numbered anew.
  var table: RawTable { RawTable(file: file, rowCount: rowCount, columns: columns) }

  /// Appends copies of rows.
  mutating func append(copiesOf rows: [Int]) { select(Array(0..<rowCount) + rows) }

  /// Keeps the rows that are not marked.
  mutating func remove(_ isRemoved: [Bool]) {
    select((0..<rowCount).filter { !isRemoved[$0] })
  }

  private mutating func select(_ rows: [Int]) {
    for (name, values) in columns {
      switch values {
      case .float32(let values): columns[name] = .float32(rows.map { values[$0] })
      case .dates(let values): columns[name] = .dates(rows.map { values[$0] })
      case .booleans(let values): columns[name] = .booleans(rows.map { values[$0] })
      case .integers(let values): columns[name] = .integers(rows.map { values[$0] })
      case .text(let column):
        columns[name] = .text(
          TextColumn(codes: rows.map { column.codes[$0] }, values: column.values))
      }
    }
    rowCount = rows.count
  }

  /// Changes numbers; a column that is not there, or of another type, is left alone.
  mutating func editNumbers(_ name: String?, _ body: (inout [Float]) -> Void) {
    guard let name, case .float32(var values)? = columns[name] else { return }
    columns[name] = nil
    body(&values)
    columns[name] = .float32(values)
  }

  /// Changes days; missing is `Int32.min`.
  mutating func editDays(_ name: String?, _ body: (inout [Int32]) -> Void) {
    guard let name, case .dates(var values)? = columns[name] else { return }
    columns[name] = nil
    body(&values)
    columns[name] = .dates(values)
  }

  /// Changes texts.
  mutating func editTexts(_ name: String?, _ body: (inout TextColumn) -> Void) {
    guard let name, case .text(var column)? = columns[name] else { return }
    columns[name] = nil
    body(&column)
    columns[name] = .text(column)
  }
}

extension TextColumn {
  /// Gives a row another of the column's texts, where there is one.
  mutating func exchange(_ row: Int, _ bits: UInt64) {
    guard codes[row] >= 0, values.count > 1 else { return }
    codes[row] = TextColumn.other(than: codes[row], of: values.count, bits)
  }

  /// A code below `count` other than one.
  static func other(than code: Int32, of count: Int, _ bits: UInt64) -> Int32 {
    Int32((Int(code) + 1 + Int(bits % UInt64(count - 1))) % count)
  }

  /// The code of a text, which is added where it is new.
  mutating func code(of text: String) -> Int32 {
    if let code = values.firstIndex(of: text) { return Int32(code) }
    values.append(text)
    return Int32(values.count - 1)
  }
}

/// Other numbers in place of numbers: finite, of the column's size, and never the same.
enum PoisonedNumber {
  /// The mean size of the numbers of a column, 1 where it has none but zeros.
  static func scale(_ values: [Float]) -> Float {
    var (sum, count) = (0.0, 0)
    for value in values where value.isFinite && value != 0 {
      sum += Double(value.magnitude)
      count += 1
    }
    return count == 0 ? 1 : max(Float(sum / Double(count)), .leastNormalMagnitude)
  }

  /// Another number: sometimes missing, sometimes of another sign, a quarter to four times as large.
  static func other(than value: Float, scale: Float, _ bits: UInt64) -> Float {
    if bits % 8 == 0, !value.isNaN { return .nan }
    let base = value.isNaN || value == 0 ? scale : value
    let factor = -positiveFactor(bits)
    let result = base * factor
    return result.isFinite && result != value ? result : scale
  }

  /// A factor from 0.25 to 4 other than 1.
  static func positiveFactor(_ bits: UInt64) -> Float {
    let unit = Float(SplitMix64.unit(SplitMix64.mix(bits)))
    return bits % 2 == 0 ? 0.25 + 0.7 * unit : 1.1 + 2.9 * unit
  }
}
