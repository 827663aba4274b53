// Columns of raw tables with the errors of the compile, and the rows that keep rules leave.
extension RawTable {
  /// A numeric column.
  func floatColumn(_ name: String) throws(CompileError) -> [Float] {
    do throws(TableError) { return try float32(name) } catch { throw .table(error) }
  }

  /// A column of days, `Int32.min` where missing.
  func dateColumn(_ name: String) throws(CompileError) -> [Int32] {
    do throws(TableError) { return try dates(name) } catch { throw .table(error) }
  }

  /// A column of texts without NUL, which NumPy's arrays would cut off.
  func textColumn(_ name: String) throws(CompileError) -> TextColumn {
    let column: TextColumn
    do throws(TableError) { column = try text(name) } catch { throw .table(error) }
    if let code = column.values.firstIndex(where: { $0.utf8.contains(0) }) {
      throw .table(
        TableError(
          .encoding, file: file, line: column.codes.firstIndex(of: Int32(code)).map(line(ofRow:)),
          column: name, value: "a text with a NUL character", accepted: "texts without it"))
    }
    return column
  }

  /// A column of texts with a fixed meaning, `missing` where the field is empty; each distinct text is
  /// read once.
  ///
  /// - Throws: `CompileError.table` for the first line whose text `read` does not know.
  func decoded<Value>(
    _ name: String, missing: Value, accepted: String, _ read: (String) -> Value?
  ) throws(CompileError) -> [Value] {
    let column = try textColumn(name)
    let meanings = column.values.map(read)
    var values: [Value] = []
    values.reserveCapacity(rowCount)
    for (row, code) in column.codes.enumerated() {
      guard code >= 0 else {
        values.append(missing)
        continue
      }
      guard let value = meanings[Int(code)] else {
        throw .table(
          TableError(
            .value, file: file, line: line(ofRow: row), column: name,
            value: "'\(column.values[Int(code)])' is not understood", accepted: accepted))
      }
      values.append(value)
    }
    return values
  }

  /// The rows that satisfy all keep rules, ascending; each other row is counted once, under the
  /// first rule that rejects it, as `keep column=value`.
  func rows(keeping rules: [KeepRule], drops: inout DropTally) throws(CompileError) -> [Int32] {
    var columns: [(column: TextColumn, isKept: [Bool], rule: KeepRule)] = []
    for rule in rules {
      let column = try textColumn(rule.column)
      columns.append((column, column.values.map { rule.values.contains($0) }, rule))
    }
    var rejected = columns.map { [Int](repeating: 0, count: $0.isKept.count + 1) }
    var rows: [Int32] = []
    rows.reserveCapacity(rowCount)
    next: for row in 0..<rowCount {
      for (index, entry) in columns.enumerated() {
        let code = Int(entry.column.codes[row])
        // An empty field is kept only where the rule lists the empty text.
        let isKept = code >= 0 ? entry.isKept[code] : entry.rule.values.contains("")
        if !isKept {
          rejected[index][code >= 0 ? code : entry.isKept.count] += 1
          continue next
        }
      }
      rows.append(Int32(row))
    }
    for (index, entry) in columns.enumerated() {
      for (code, count) in rejected[index].enumerated() {
        let value = code < entry.column.values.count ? entry.column.values[code] : ""
        drops.add("keep \(entry.rule.column)=\(value)", count)
      }
    }
    return rows
  }
}
