import QuantCore
import QuantTestSupport
import Testing

@testable import QuantFormats

@Suite("ParquetWriter")
struct ParquetWriterTests {
  private static let columns = [
    ParquetColumn("truth", .boolean, isNullable: true), ParquetColumn("whole", .int32),
    ParquetColumn("large", .int64, isNullable: true), ParquetColumn("single", .float),
    ParquetColumn("double", .double, isNullable: true),
    ParquetColumn("text", .string, isNullable: true), ParquetColumn("day", .date),
    ParquetColumn("moment", .timestamp(unitsPerSecond: 1_000_000), isNullable: true),
  ]

  private static let schema = TableSchema(columns: [
    ColumnSchema("truth", .boolean), ColumnSchema("whole", .integer),
    ColumnSchema("large", .integer),
    ColumnSchema("single", .float32), ColumnSchema("double", .float32), ColumnSchema("text", .text),
    ColumnSchema("day", .date), ColumnSchema("moment", .date),
  ])

  /// Columns with missing values in runs and alone.
  private func values(_ rows: Int, seed: UInt64) -> [ParquetValues] {
    var random = SplitMix64(seed: seed)
    func draw<Value>(_ missing: Value?, _ value: (Int) -> Value) -> [Value] {
      var isHole = false
      return (0..<rows).map { row in
        if random.next() % 5 == 0 { isHole.toggle() }
        return isHole ? missing ?? value(row) : value(row)
      }
    }
    return [
      .booleans(draw(255) { UInt8(row: $0) }), .int32s(draw(nil) { Int32($0 * 7 - 100) }),
      .int64s(draw(.min) { Int64($0) << 40 }), .floats(draw(nil) { Float($0) / 8 }),
      .doubles(draw(.nan) { Double($0) / 4 - 3 }),
      .texts(TextColumn(draw(.some(nil)) { .some("firm \($0 % 300)") })),
      .int32s(draw(nil) { Int32($0 - 50) }), .int64s(draw(.min) { Int64($0) * 86_400_000_000 }),
    ]
  }

  @Test(
    "What is written is read, for any number of rows, groups and compression",
    arguments: [0, 1, 7, 8, 9, 100, 1_000], [ParquetCompression.none, .snappy, .gzip, .zstd])
  func identity(rows: Int, compression: ParquetCompression) throws {
    let folder = try TemporaryFolder()
    let file = folder.file("x.parquet")
    let values = values(rows, seed: UInt64(rows))
    for rowsPerGroup in [1 << 17, 64] {
      try ParquetWriter(
        columns: Self.columns, compression: compression, rowsPerGroup: rowsPerGroup
      ).write(values, to: file)
      let table = try ParquetReader().read(file, schema: Self.schema, threads: 2)
      #expect(table.rowCount == rows)
      guard case .booleans(let truths) = values[0], case .int64s(let large) = values[2],
        case .doubles(let doubles) = values[4], case .texts(let texts) = values[5],
        case .int32s(let whole) = values[1], case .int32s(let days) = values[6]
      else { return }
      #expect(try table.booleans("truth") == truths)
      #expect(try table.integers("whole") == whole.map { Int64($0) })
      #expect(try table.integers("large") == large)
      #expect(
        try table.float32("double").map(\.bitPattern) == doubles.map { Float($0).bitPattern })
      let read = try table.text("text")
      #expect((0..<rows).allSatisfy { read[$0] == texts[$0] })
      #expect(try table.dates("day") == days)
    }
  }

  @Test("Equal tables give equal bytes, and a column that is not nullable keeps its NaN")
  func bytes() throws {
    let folder = try TemporaryFolder()
    let writer = ParquetWriter(columns: Self.columns)
    for name in ["a", "b"] { try writer.write(values(500, seed: 3), to: folder.file(name)) }
    #expect(try FileBytes.read(folder.file("a")) == FileBytes.read(folder.file("b")))
    let file = folder.file("nan.parquet")
    try ParquetWriter(columns: [ParquetColumn("x", .float)]).write([.floats([1, .nan])], to: file)
    let table = try ParquetReader().read(
      file, schema: TableSchema(columns: [ColumnSchema("x", .float32)]), threads: 1)
    #expect(try table.float32("x")[1].isNaN)
    let columns = try ParquetReader().columns(of: file)
    #expect(columns == [ParquetColumn("x", .float)])
  }

  @Test("Runs and groups of eight decode to what was encoded, for every width")
  func hybrid() {
    for width in 0...20 {
      var random = SplitMix64(seed: UInt64(width))
      for count in [0, 1, 7, 8, 9, 63, 200] {
        var run = Int32(0)
        let values = (0..<count).map { _ in
          if random.next() % 12 < 3 {
            run = Int32(truncatingIfNeeded: random.next() & (1 << UInt64(width) - 1))
          }
          return run
        }
        let bytes = HybridEncoder.encode(values, width: width)
        var decoder = HybridDecoder(bytes.span.numberBytes, width: width)
        var decoded: [Int32] = []
        #expect(decoder.decode(count, into: &decoded) && decoded == values)
        if count > 0 {
          let cut = Array(bytes.dropLast(max(1, bytes.count)))
          var short = HybridDecoder(cut.span.numberBytes, width: width)
          var rest: [Int32] = []
          #expect(!short.decode(count, into: &rest))
        }
      }
    }
  }

  @Test("Eight values by hand: a run of 8, then 1 to 8 in 4 bits")
  func literal() {
    #expect(HybridEncoder.encode([Int32](repeating: 5, count: 8), width: 4) == [16, 5])
    #expect(
      HybridEncoder.encode([1, 2, 3, 4, 5, 6, 7, 8], width: 4) == [3, 0x21, 0x43, 0x65, 0x87])
  }
}

extension UInt8 {
  fileprivate init(row: Int) { self = row % 2 == 0 ? 1 : 0 }
}
