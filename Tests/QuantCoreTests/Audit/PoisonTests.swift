import Testing

@testable import QuantCore

@Suite("Leak audit: poisons change what came later and nothing else")
struct PoisonTests {
  private static let cut = CalendarDate(year: 2015, month: 6, day: 30).daysSinceEpoch

  private func sources(_ market: AuditMarket = AuditMarket()) throws -> (
    AuditSources, CompileFixture
  ) {
    let fixture = try CompileFixture(market.compile, AuditMarket.files)
    return (
      try AuditSources(try fixture.compiler().tables(), rule: AuditRule(), threads: 1), fixture
    )
  }

  /// The cells of a table as text, one line for each row.
  private func lines(_ table: RawTable) throws -> [String] {
    let columns = try table.columnNames.map { try table.values(of: $0) }
    return (0..<table.rowCount).map { row in
      columns.map { column in
        switch column {
        case .float32(let values): values[row].isNaN ? "" : values[row].description
        case .dates(let values): values[row] == .min ? "" : String(values[row])
        case .text(let column): column[row] ?? ""
        case .booleans(let values): String(values[row])
        case .integers(let values): String(values[row])
        }
      }.joined(separator: ",")
    }
  }

  @Test("Records known by the date keep their lines; of the others each is changed or gone")
  func records() throws {
    let (sources, fixture) = try sources()
    defer { fixture.keep() }
    let source = try #require(sources.sources.compactMap { $0 as? RecordSource }.first)
    let before = try lines(source.table)
    let later = source.days.indices.filter { source.days[$0] > Self.cut }
    #expect(later.count > 50 && later.count < before.count - 50)
    for mutation in [Mutation.values, .removed, .added] {
      var world = sources.world
      let poison = Poison(mutation: mutation, cut: Self.cut, seed: 1)
      let count = try source.apply(poison, to: &world)
      let table = try #require(world.tables.tables[.fundamentals(0)])
      let after = try lines(table)
      switch mutation {
      case .values:
        #expect(count.total == later.count && after.count == before.count)
        for row in before.indices { #expect((before[row] != after[row]) == later.contains(row)) }
        let filed = try table.dates("filed")
        #expect(later.allSatisfy { filed[$0] > Self.cut })
      case .removed:
        #expect(count.total == later.count)
        #expect(after == before.indices.filter { !later.contains($0) }.map { before[$0] })
      default:
        // A copy of each later line, a later version for each firm, and a new firm.
        #expect(count.total == later.count + AuditMarket.firms + 1)
        #expect(Array(after.prefix(before.count)) == before)
        #expect(after.count == before.count + count.total)
        let filed = try table.dates("filed")
        #expect(filed[before.count...].allSatisfy { $0 > Self.cut })
      }
    }
  }

  @Test("Every source leaves what was known by the date as it is", arguments: Mutation.allCases)
  func known(mutation: Mutation) throws {
    let (sources, fixture) = try sources()
    defer { fixture.keep() }
    let days: [(role: InputRole, columns: [String])] = [
      (.events, ["announced", "withdrawn"]), (.delistings, ["day"]), (.identifiers, ["from"]),
      (.prices, ["day"]),
    ]
    for source in sources.sources where mutation != .rescaled {
      var world = sources.world
      _ = try source.apply(Poison(mutation: mutation, cut: Self.cut, seed: 3), to: &world)
      for (role, columns) in days {
        let before = try #require(sources.world.tables.tables[role])
        let after = try #require(world.tables.tables[role])
        for name in columns {
          // Days up to the date, in the order of the table.
          #expect(
            try before.dates(name).filter { $0 <= Self.cut && $0 != .min }
              == after.dates(name).filter { $0 <= Self.cut && $0 != .min },
            "\(source.name) \(mutation) \(name)")
        }
      }
    }
  }

  @Test("A poison of one place changes one record, and names it")
  func places() throws {
    let (sources, fixture) = try sources()
    defer { fixture.keep() }
    let source = try #require(sources.sources.compactMap { $0 as? RecordSource }.first)
    let before = try lines(source.table)
    var poison = Poison(mutation: .values, cut: Self.cut, seed: 1)
    poison.places = 5..<6
    var world = sources.world
    let count = try source.apply(poison, to: &world)
    let after = try lines(try #require(world.tables.tables[.fundamentals(0)]))
    let changed = before.indices.filter { before[$0] != after[$0] }
    #expect(changed.count == 1 && count.total > 50)
    #expect(count.record?.contains("line \((changed.first ?? 0) + 2), known on ") == true)
  }

  @Test("Splits change units: prices times the factor, volumes by it, returns bit for bit the same")
  func units() throws {
    let (sources, fixture) = try sources()
    defer { fixture.keep() }
    let source = try #require(sources.sources.compactMap { $0 as? LongPrices }.first)
    var world = sources.world
    _ = try source.apply(Poison(mutation: .rescaled, cut: Self.cut, seed: 2), to: &world)
    let table = try #require(world.tables.tables[.prices])
    let (days, before, after) = (
      try table.dates("day"), try source.table.float32("close"), try table.float32("close")
    )
    var factors: Set<Float> = []
    for row in days.indices {
      let factor = after[row] / before[row]
      if days[row] > Self.cut { #expect(factor == 1) } else { factors.insert(factor) }
    }
    // Products of two of 1/4, 1/2, 2 and 4, and one of them alone after the earlier split.
    #expect(
      factors.count > 4
        && factors.allSatisfy { [0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16].contains($0) })
    #expect(zip(before, after).contains { $0 != $1 })
    let book = try PriceBook(
      long: source.table, source: source.source, map: nil,
      firms: FirmIndex((0..<12).map { $0 < 10 ? "F0\($0)" : "F\($0)" }), threads: 1)
    let rescaled = try PriceBook(
      long: table, source: source.source, map: nil,
      firms: FirmIndex((0..<12).map { $0 < 10 ? "F0\($0)" : "F\($0)" }), threads: 1)
    for (old, new) in zip(book.firms, rescaled.firms) {
      let known = old.days.indices.filter { old.days[$0] <= Self.cut }
      #expect(known.count > 100)
      #expect(
        known.allSatisfy {
          old.returns[$0].bitPattern == new.returns[$0].bitPattern
            || (old.returns[$0].isNaN && new.returns[$0].isNaN)
        })
    }
  }

  @Test(
    "Other numbers are finite or missing, and never the same", arguments: [0, 1, -3, 1e-30, 1e37])
  func numbers(value: Float) {
    for place in 0..<1000 {
      let bits = CounterStream(seed: 4).bits(UInt64(place))
      let other = PoisonedNumber.other(than: value, scale: 5, bits)
      #expect(other.isNaN || (other.isFinite && other != value))
      let factor = PoisonedNumber.positiveFactor(bits)
      #expect(factor >= 0.25 && factor <= 4 && factor != 1)
    }
  }

  @Test(
    "Identifiers never lead to two firms on one day, however they are changed", arguments: 1...10)
  func links(seed: UInt64) throws {
    let (sources, fixture) = try sources()
    defer { fixture.keep() }
    let source = try #require(sources.sources.compactMap { $0 as? LinkSource }.first)
    for mutation in [Mutation.values, .added, .removed] {
      for cut in [Self.cut - 365, Self.cut] {
        var world = sources.world
        let count = try source.apply(
          Poison(mutation: mutation, cut: cut, seed: seed), to: &world)
        let table = try #require(world.tables.tables[.identifiers])
        #expect(throws: Never.self) { try IdentifierMap(table, source: source.source) }
        #expect(mutation != .values || count.total >= AuditMarket.firms)
      }
    }
  }
}
