import QuantCore
import QuantFormats
import QuantTestSupport
import Testing

@testable import quant

@Suite("Parquet as a source")
struct ParquetSourceTests {
  /// Writes the records of a market as Parquet: dates as dates, numbers in double precision.
  private func convert(_ market: MiniMarket) throws {
    let table = try CSVReader(threads: 1).read(
      market.folder.file("records.csv"),
      schema: TableSchema(columns: [
        ColumnSchema("gvkey", .text), ColumnSchema("datadate", .date), ColumnSchema("rdq", .date),
        ColumnSchema("at", .float32), ColumnSchema("ni", .float32),
      ]))
    let writer = ParquetWriter(
      columns: [
        ParquetColumn("gvkey", .string), ParquetColumn("datadate", .date),
        ParquetColumn("rdq", .date, isNullable: true), ParquetColumn("at", .double),
        ParquetColumn("ni", .double, isNullable: true),
      ], compression: .snappy, rowsPerGroup: 50)
    try writer.write(
      [
        .texts(table.text("gvkey")), .int32s(table.dates("datadate")), .int32s(table.dates("rdq")),
        .doubles(table.float32("at").map { Double($0) }),
        .doubles(table.float32("ni").map { Double($0) }),
      ], to: market.folder.file("records.parquet"))
  }

  @Test("A panel of Parquet tables is that of the same CSV tables, byte for byte")
  func compile() throws {
    var market = try MiniMarket()
    try convert(market)
    #expect(try market.run("compile").status == 0)
    let first = try #require(market.panels.first)
    market.configuration = market.configuration.replacing("records.csv", with: "records.parquet")
    try market.write()
    let result = try market.run("compile")
    #expect(result.status == 0, "\(result.errors)")
    let second = try #require(market.panels.first { $0 != first })
    for file in ["X_global.npy", "labels/y_3m.npz", "metadata_global.npz"] {
      let bytes = try [first, second].map {
        try FileBytes.read("\(market.cache)/panels/\($0)/\(file)")
      }
      #expect(bytes[0] == bytes[1], "\(file)")
    }
  }

  @Test("inspect shows columns, types and missing values; damage and wrong types are named")
  func inspect() throws {
    let market = try MiniMarket()
    try convert(market)
    let file = market.folder.file("records.parquet")
    let text = try QuantProcess()("inspect", file)
    #expect(text.output.contains("96 rows x 5 columns, Parquet, 2 row groups"), "\(text.output)")
    let json = try QuantProcess()("inspect", file, "--json")
    #expect((json.json?["columns"] as? [[String: Any]])?[1]["type"] as? String == "date")
    var broken = market
    broken.configuration = market.configuration
      .replacing("records.csv", with: "records.parquet")
      .replacing(#"values: ["at", "ni"]"#, with: #"values: ["at", "gvkey"]"#)
    broken.configuration = broken.configuration.replacing(
      #"of: ["at", "ni"]"#, with: #"of: ["at", "gvkey"]"#)
    try broken.write()
    let failed = try broken.run("compile")
    #expect(failed.status != 0 && failed.errorLines.count == 1, "\(failed.errors)")
    try market.folder.write("PAR1 no Parquet file", to: "records.parquet")
    let foreign = try QuantProcess()("inspect", file)
    #expect(foreign.status == 65 || foreign.status == 74, "\(foreign.errors)")
    #expect(foreign.errors.contains("records.parquet"))
  }
}
