import QuantCore
import QuantTestSupport
import Testing

@testable import QuantFormats

@Suite("ParquetReader")
struct ParquetReaderTests {
  static let forms = [
    "plain", "dictionary", "snappy", "gzip", "zstd", "version2", "polars", "duckdb",
  ]

  private let schema = TableSchema(columns: [
    ColumnSchema("truth", .boolean), ColumnSchema("small", .integer),
    ColumnSchema("whole", .integer), ColumnSchema("large", .integer),
    ColumnSchema("unsigned", .integer), ColumnSchema("single", .float32),
    ColumnSchema("double", .float32), ColumnSchema("text", .text), ColumnSchema("unique", .text),
    ColumnSchema("day", .date), ColumnSchema("milli", .date), ColumnSchema("row", .integer),
  ])

  private func path(_ name: String) -> String { FixtureFile.path("parquet/\(name)") }

  private func read(
    _ name: String, _ schema: TableSchema, threads: Int = 2
  ) throws(TableReadError) -> RawTable {
    try ParquetReader().read(path(name), schema: schema, threads: threads)
  }

  @Test(
    "Every form of pyarrow, polars and DuckDB is read as the CSV of the same table",
    arguments: ParquetReaderTests.forms)
  func everyForm(name: String) throws {
    var schema = schema
    // polars and DuckDB were given no nanoseconds.
    if name != "polars", name != "duckdb" { schema.columns.append(ColumnSchema("nano", .date)) }
    let expected = try CSVReader(threads: 1).read(path("expected.csv"), schema: schema)
    for threads in [1, 2, 7] {
      let table = try read("\(name).parquet", schema, threads: threads)
      #expect(table.rowCount == 100)
      for column in schema.columns {
        switch column.type {
        case .float32:
          let (left, right) = (try table.float32(column.name), try expected.float32(column.name))
          #expect(left.map(\.bitPattern) == right.map(\.bitPattern), "\(column.name)")
        case .date:
          #expect(try table.dates(column.name) == expected.dates(column.name), "\(column.name)")
        case .boolean: #expect(try table.booleans(column.name) == expected.booleans(column.name))
        case .integer:
          #expect(
            try table.integers(column.name) == expected.integers(column.name), "\(column.name)")
        case .text:
          // A CSV file cannot tell an empty text from a missing one.
          let (left, right) = (try table.text(column.name), try expected.text(column.name))
          #expect((0..<100).allSatisfy { (left[$0] ?? "") == (right[$0] ?? "") }, "\(column.name)")
        }
      }
    }
  }

  @Test("Texts are numbered in the order of the rows, and an empty text is not a missing one")
  func text() throws {
    for name in Self.forms {
      let column = try read(
        "\(name).parquet", TableSchema(columns: [ColumnSchema("text", .text)])
      ).text("text")
      #expect(column.values == ["AAPL", "é", "", "MSFT"], "\(name)")
      #expect(column.codes.prefix(10) == [0, 1, 2, 3, 0, 1, 2, 3, 0, -1], "\(name)")
    }
  }

  @Test("Whole numbers are read as numbers and as text, and text as days")
  func conversions() throws {
    let table = try read(
      "zstd.parquet",
      TableSchema(columns: [
        ColumnSchema("whole", .float32), ColumnSchema("large", .text),
        ColumnSchema("none", .float32),
      ]))
    #expect(try table.float32("whole")[1] == -1_960_000_000)
    #expect(try table.text("large")[0] == "-50000000000000000")
    #expect(try table.float32("none").allSatisfy { $0.isNaN })
    let folder = try TemporaryFolder()
    let days = folder.file("days.parquet")
    try ParquetWriter(columns: [ParquetColumn("d", .string, isNullable: true)])
      .write([.texts(TextColumn(["2015-06-30", nil, "20150701"]))], to: days)
    let dates = try ParquetReader().read(
      days, schema: TableSchema(columns: [ColumnSchema("d", .date)]), threads: 1
    ).dates("d")
    #expect(dates == [16_616, .min, 16_617])
  }

  @Test("Columns are listed with their types")
  func columns() throws {
    let columns = try ParquetReader().columns(of: path("zstd.parquet"))
    #expect(columns.count == 14)
    #expect(columns[0] == ParquetColumn("truth", .boolean, isNullable: true))
    #expect(
      columns[10] == ParquetColumn("milli", .timestamp(unitsPerSecond: 1_000), isNullable: true))
    #expect(columns[13] == ParquetColumn("row", .int64))
  }

  private func failure(_ name: String, _ column: ColumnSchema) -> String {
    do throws(TableReadError) {
      _ = try read(name, TableSchema(columns: [column]))
      return "read"
    } catch {
      return error.description.replacing(path(name), with: "file")
    }
  }

  @Test("What cannot be read is named: columns, types, encodings, nested and decimal values")
  func refusals() {
    #expect(
      failure("zstd.parquet", ColumnSchema("txt", .text)).hasPrefix(
        "file: column 'txt': no such column; accepted: "))
    #expect(
      failure("zstd.parquet", ColumnSchema("text", .float32))
        == "file: column 'text': holds values of type text; accepted: a column that can be read as float32"
    )
    #expect(failure("delta.parquet", ColumnSchema("large", .integer)).contains("deltaBinaryPacked"))
    #expect(
      failure("nested.parquet", ColumnSchema("element", .integer)).contains("inside of others"))
    #expect(failure("nested.parquet", ColumnSchema("x", .float32)) == "read")
    #expect(failure("decimal.parquet", ColumnSchema("d", .float32)).contains("decimal numbers"))
    #expect(failure("none.parquet", ColumnSchema("d", .float32)) == "file: no such file")
    #expect(failure("expected.csv", ColumnSchema("row", .float32)).contains("found other content"))
  }

  @Test("Every truncation fails, and every flipped bit fails or leaves values as they were")
  func damage() throws {
    let bytes = try FileBytes.read(path("version2.parquet"))
    let folder = try TemporaryFolder()
    let file = folder.file("damaged.parquet")
    let whole = try values(path("version2.parquet"))
    for length in stride(from: 0, to: bytes.count, by: 61) {
      try AtomicFile.write(Array(bytes.prefix(length)).span.numberBytes, to: file)
      #expect(throws: TableReadError.self) { try values(file) }
    }
    var random = SplitMix64(seed: 5)
    var found = 0
    for _ in 0..<300 {
      var damaged = bytes
      let place = Int(random.next() % UInt64(bytes.count))
      damaged[place] ^= 1 << UInt8(random.next() % 8)
      try AtomicFile.write(damaged.span.numberBytes, to: file)
      do throws(TableReadError) {
        // Names, statistics and other notes of the footer have no checksum and no effect on values.
        #expect(try values(file) == whole, "a flip at byte \(place) changed values")
      } catch {
        found += 1
      }
    }
    #expect(found > 150)
  }

  private func values(_ path: String) throws(TableReadError) -> String {
    let table = try ParquetReader().read(path, schema: schema, threads: 1)
    let parts: [String]
    do throws(TableError) {
      parts = [
        "\(try table.float32("double").map(\.bitPattern))",
        "\(try table.float32("single").map(\.bitPattern))", "\(try table.integers("large"))",
        "\(try table.text("text"))", "\(try table.dates("milli"))",
        "\(try table.booleans("truth"))",
      ]
    } catch {
      throw .table(error)
    }
    return parts.joined(separator: "\n")
  }
}
