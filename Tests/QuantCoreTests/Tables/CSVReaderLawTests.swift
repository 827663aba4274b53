import QuantCore
import Testing

@Suite("CSVReader laws")
struct CSVReaderLawTests {
  private static let seeds = Array(1...150) as [UInt64]

  /// Everything that a table says, as text.
  private func summary(_ table: RawTable, _ columns: [ColumnSchema]) throws -> [String] {
    var lines = ["\(table.rowCount)"]
    for row in 0..<table.rowCount { lines.append("\(table.line(ofRow: row))") }
    for column in columns {
      let name = column.name
      switch column.type {
      case .float32: lines.append("\(bits(try table.float32(name)))")
      case .date: lines.append("\(try table.dates(name))")
      case .text: lines.append("\(try table.text(name))")
      case .boolean: lines.append("\(try table.booleans(name))")
      case .integer: lines.append("\(try table.integers(name))")
      }
    }
    return lines
  }

  private func read(
    _ random: RandomTable, _ bytes: [UInt8], threads: Int, chunkBytes: Int
  ) throws -> RawTable {
    let (table, errors) = parse(
      bytes: bytes, random.columns,
      delimiter: Character(Unicode.Scalar(random.delimiter)), threads: threads,
      chunkBytes: chunkBytes, collecting: 3)
    #expect(errors == [])
    return try #require(table)
  }

  @Test("Values and lines equal those of a naive reader", arguments: seeds)
  func naive(seed: UInt64) throws {
    let random = RandomTable(seed: seed)
    let bytes = random.spelled(seed: seed)
    let table = try read(random, bytes, threads: 1, chunkBytes: 1 << 20)
    #expect(table.rowCount == random.rowCount, "seed \(seed)")
    let records = NaiveCSV.records(
      bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes,
      delimiter: random.delimiter)
    #expect(records.count == random.rowCount + 1)
    for (row, record) in records.dropFirst().enumerated() {
      #expect(table.line(ofRow: row) == record.line, "row \(row), seed \(seed)")
    }
    for (column, schema) in random.columns.enumerated() {
      let expected = random.values[column]
      switch schema.type {
      case .float32:
        #expect(
          bits(try table.float32(schema.name))
            == bits(expected.map { $0.flatMap { Float($0) } ?? .nan }))
      case .date:
        #expect(
          try table.dates(schema.name)
            == expected.map { $0.flatMap { CalendarDate($0)?.daysSinceEpoch } ?? .min })
      case .text:
        #expect(try table.text(schema.name) == TextColumn(expected), "seed \(seed)")
        for (row, record) in records.dropFirst().enumerated() where expected[row] != nil {
          #expect(
            record.fields[column].text == Array((expected[row] ?? "").utf8), "seed \(seed)")
        }
      case .boolean:
        #expect(
          try table.booleans(schema.name) == expected.map { $0.map { $0 == "true" ? 1 : 0 } ?? 255 }
        )
      case .integer:
        #expect(
          try table.integers(schema.name) == expected.map { $0.flatMap { Int64($0) } ?? .min })
      }
    }
  }

  @Test("Threads and chunks change nothing", arguments: seeds)
  func chunks(seed: UInt64) throws {
    let random = RandomTable(seed: seed)
    let bytes = random.spelled(seed: seed)
    let whole = try summary(
      read(random, bytes, threads: 1, chunkBytes: 1 << 20), random.columns)
    for (threads, chunk) in [(1, 1), (2, 2), (7, 3), (2, 5), (7, 8), (2, 13), (1, 64), (7, 200)] {
      let parts = try summary(
        read(random, bytes, threads: threads, chunkBytes: chunk), random.columns)
      #expect(parts == whole, "\(threads) threads, \(chunk) bytes, seed \(seed)")
    }
  }

  @Test("Damaged input gives the same errors for all threads and chunks", arguments: seeds)
  func damaged(seed: UInt64) throws {
    let random = RandomTable(seed: seed)
    var bytes = random.spelled(seed: seed)
    var generator = SplitMix64(seed: seed)
    for _ in 0...generator.next() % 3 where !bytes.isEmpty {
      let place = Int(generator.next() % UInt64(bytes.count))
      switch generator.next() % 3 {
      case 0: bytes[place] = [34, 10, 13, 44, 0, 0xFF, 32][Int(generator.next() % 7)]
      case 1: bytes.remove(at: place)
      default: bytes.insert(34, at: place)
      }
    }
    let delimiter = Character(Unicode.Scalar(random.delimiter))
    for limit in [1, 3, 1000] {
      let (table, errors) = parse(
        bytes: bytes, random.columns, delimiter: delimiter, collecting: limit)
      #expect((table == nil) == !errors.isEmpty)
      #expect(errors.map { $0.line ?? 0 } == errors.map { $0.line ?? 0 }.sorted())
      for (threads, chunk) in [(1, 1), (2, 3), (7, 7), (2, 16), (7, 100)] {
        let other = parse(
          bytes: bytes, random.columns, delimiter: delimiter, threads: threads, chunkBytes: chunk,
          collecting: limit)
        #expect(other.errors == errors, "\(threads) threads, \(chunk) bytes, seed \(seed)")
        if let table, let parts = other.table {
          #expect(try summary(parts, random.columns) == summary(table, random.columns))
        }
      }
    }
  }

  @Test("What the writer writes, the reader reads back", arguments: seeds)
  func roundTrip(seed: UInt64) throws {
    let random = RandomTable(seed: seed)
    var writer = CSVWriter(columns: random.columns.map(\.name), delimiter: random.delimiter)
    for row in 0..<random.rowCount {
      for (column, schema) in random.columns.enumerated() {
        let value = random.values[column][row]
        switch schema.type {
        case .float32: writer.number(value.flatMap { Float($0) } ?? .nan)
        case .date: writer.date(value.flatMap { CalendarDate($0) })
        case .text: writer.text(value)
        case .boolean: writer.boolean(value.map { $0 == "true" })
        case .integer: writer.integer(value.flatMap { Int64($0) })
        }
      }
      writer.endRow()
    }
    #expect(writer.rowCount == random.rowCount)
    let table = try read(random, writer.bytes, threads: 2, chunkBytes: 50)
    #expect(table.rowCount == random.rowCount, "seed \(seed)")
    for (column, schema) in random.columns.enumerated() {
      let expected = random.values[column]
      switch schema.type {
      case .float32:
        #expect(
          bits(try table.float32(schema.name))
            == bits(expected.map { $0.flatMap { Float($0) } ?? .nan }), "seed \(seed)")
      case .text:
        #expect(
          try table.text(schema.name).texts == expected.map { $0.map(CSVWriter.neutralised) },
          "seed \(seed)")
      case .date:
        #expect(try table.dates(schema.name).map { $0 == .min } == expected.map { $0 == nil })
      case .boolean:
        #expect(
          try table.booleans(schema.name) == expected.map { $0.map { $0 == "true" ? 1 : 0 } ?? 255 }
        )
      case .integer:
        #expect(
          try table.integers(schema.name) == expected.map { $0.flatMap { Int64($0) } ?? .min })
      }
    }
  }
}
