/// Wide matrices of daily prices: each line is known on its day.
struct WidePriceSource: PoisonableSource {
  let name = "prices"
  let oracle: String
  let isIndependent = false
  let source: PriceSource
  /// The matrices that the source has, by role.
  let matrices: [(role: InputRole, table: WideTable)]
  let threads: Int
  /// Turns names of columns into firms.
  let map: IdentifierMap?

  var recordCount: Int {
    let table = matrices[0].table
    return (0..<table.names.count).reduce(0) { sum, column in
      sum + table.values(of: column).count { !$0.isNaN }
    }
  }
  var lastDay: Int32? {
    matrices.compactMap { $0.table.dates.max() }.max().flatMap { $0 == .min ? nil : $0 }
  }

  func apply(_ poison: Poison, to world: inout AuditWorld) throws(CompileError) -> PoisonCount {
    var count = PoisonCount(poison)
    for (role, table) in matrices {
      var matrix = EditableMatrix(table, threads: threads)
      switch poison.mutation {
      case .values:
        disturb(
          &matrix, chosenDays(table, poison, &count, isCounted: role == .prices), role, poison)
      case .removed:
        let rows = chosenDays(table, poison, &count, isCounted: role == .prices)
        matrix.remove(rows)
      case .added: add(&matrix, role, poison, &count)
      case .rescaled: rescale(&matrix, role, poison, &count)
      }
      world.tables.matrices[role] = matrix.table
    }
    return count
  }

  /// The lines after the cut; what counts are the cells of the closes that are not empty.
  private func chosenDays(
    _ table: WideTable, _ poison: Poison, _ count: inout PoisonCount, isCounted: Bool
  ) -> [Int] {
    // One line of a day is one record: its cells change together.
    var own = PoisonCount(poison)
    let rows = table.dates.indices.filter { row in
      table.dates[row] > poison.cut
        && own.takes("\(source.table.file) line \(table.line(ofRow: row))")
    }
    if isCounted { count = own }
    return rows
  }

  private func disturb(
    _ matrix: inout EditableMatrix, _ rows: [Int], _ role: InputRole, _ poison: Poison
  ) {
    matrix.edit { column, values in
      for row in rows where !values[row].isNaN {
        let bits = poison.bits(column << 24 | row, role == .totalReturns ? 90 : 91)
        values[row] =
          role == .totalReturns
          ? Float(SplitMix64.unit(bits)) - 0.5 : values[row] * PoisonedNumber.positiveFactor(bits)
      }
    }
  }

  /// Adds five days after the cut that the matrices do not have, with a value for every firm.
  private func add(
    _ matrix: inout EditableMatrix, _ role: InputRole, _ poison: Poison,
    _ count: inout PoisonCount
  ) {
    let taken = Set(matrices.flatMap(\.table.dates))
    let free = Array((1...1000).map { poison.cut + $0 }.filter { !taken.contains($0) }.prefix(5))
    var own = PoisonCount(poison)
    let days = free.filter { own.takes("prices of \(CalendarDate(daysSinceEpoch: $0))") }
    if role == .prices { count = own }
    let first = matrix.append(days: days)
    matrix.edit { column, values in
      for row in first..<first + days.count {
        let unit = Float(SplitMix64.unit(poison.bits(column << 24 | row, 92)))
        values[row] = role == .totalReturns ? unit - 0.5 : 1 + 99 * unit
      }
    }
  }

  /// Prices up to the cut in the units after a later split; total returns do not change.
  private func rescale(
    _ matrix: inout EditableMatrix, _ role: InputRole, _ poison: Poison,
    _ count: inout PoisonCount
  ) {
    guard role != .totalReturns else { return }
    let table = matrix.table
    let resolver = FirmResolver(table.names, map: map)
    let isPrice = role == .prices
    var own = PoisonCount(poison)
    let chosen = table.dates.indices.filter { row in
      table.dates[row] <= poison.cut && table.dates[row] != .min
        && own.takes("\(source.table.file) line \(table.line(ofRow: row))")
    }
    if isPrice { count = own }
    matrix.edit { column, values in
      for row in chosen {
        guard case .firm(let firm) = resolver.firm(code: Int32(column), on: table.dates[row])
        else { continue }
        let key = Int(XXH64.hash(resolver.names[Int(firm)]) & 0x7FFF_FFFF)
        let factor: Float = [0.25, 0.5, 2, 4][Int(poison.bits(key, 80) % 4)]
        values[row] = isPrice ? values[row] * factor : values[row] / factor
      }
    }
  }
}
