import QuantCore
import QuantTestSupport
import Testing

@Suite("CSVReader errors")
struct CSVReaderErrorTests {
  private let numbers = [ColumnSchema("a", .float32), ColumnSchema("b", .float32)]

  private func first(_ text: String) -> TableError? {
    parse(bytes: Array(text.utf8), numbers).errors.first
  }

  @Test("Names file, line, column, value and what is accepted")
  func value() throws {
    let error = try #require(first("a,b\n1,2\n\n3,1O.5\nx,y\n"))
    #expect(error.reason == .value)
    #expect(error.line == 4)
    #expect(error.column == "b")
    #expect(
      error.description == "t.csv:4: column 'b': '1O.5' is no number; "
        + "accepted: a decimal number such as -12.5 or 3e-4, or empty for missing")
  }

  @Test("Counts lines within quoted fields")
  func lineInsideRecord() throws {
    let (_, errors) = parse(
      "t,a\n\"x\n\ny\",1\n\"x\ny\",bad\n", ColumnSchema("t", .text), ColumnSchema("a", .float32))
    #expect(errors.first?.line == 6)
  }

  @Test(
    "Refuses numbers that are infinite",
    arguments: ["inf", "-Infinity", "1e39", "-3.5e38", "9e999999999999", "\" +INF \""])
  func infinite(text: String) {
    #expect(first("a,b\n\(text),1\n")?.reason == .infinite)
  }

  @Test("Refuses a missing spelling that is not declared")
  func undeclaredMissing() {
    let (_, errors) = parse("a\nnan\n", ColumnSchema("a", .float32), missing: [])
    #expect(errors.first?.reason == .value)
  }

  @Test(
    "Refuses days that do not exist",
    arguments: ["2015-02-30", "2015-13-01", "0000-00-00", "31/12/2015", "2015", "2015-1-1", "x"])
  func date(text: String) {
    #expect(parse("a\n\(text)\n", ColumnSchema("a", .date)).errors.first?.reason == .value)
  }

  @Test("Refuses lines with more or fewer fields, and says nothing else of them")
  func fieldCount() throws {
    let (_, errors) = parse(
      bytes: Array("a,b\n1,2\nx,1,2\nx\n1,\"y\n\",3,4,\n5,6\n1,2,\n".utf8), numbers, collecting: 9)
    #expect(errors.map(\.reason) == [.fieldCount, .fieldCount, .fieldCount, .fieldCount])
    #expect(errors.map(\.line) == [3, 4, 5, 8])
    #expect(
      errors.map(\.value) == ["has 3 fields", "has 1 field", "has 5 fields", "has 3 fields"])
  }

  @Test("Refuses quotes that do not match")
  func quoting() {
    for (text, line) in [
      ("a,b\n1,2\n\"1,2\n3,4\n", 3), ("a,b\n1\",2\n", 2), ("a,b\n\"1\"x,2\n", 2),
      ("a,b\n1,\"2\"\"\n", 2), ("a,b\n1,2\n3,x\"y\n", 3), ("a,b,c\n1,2,z\"y\n", 2),
      ("a,b\n1,2,\"\n", 2),
    ] {
      let error = first(text)
      #expect(error?.reason == .quoting, "\(text.debugDescription)")
      #expect(error?.line == line)
    }
    #expect(first("a,\"b\n1,2\n")?.reason == .quoting)
  }

  @Test("Refuses text that is not UTF-8, and UTF-16")
  func encoding() {
    let latin: [UInt8] = Array("a,b\nok,1\n".utf8) + [0x4D, 0xFC, 0x6C] + Array(",2\n".utf8)
    let (_, errors) = parse(
      bytes: latin + latin.dropFirst(4), [ColumnSchema("a", .text)], collecting: 5)
    #expect(errors.map(\.reason) == [.encoding, .encoding])
    #expect(errors.map(\.line) == [3, 5])
    // A column that nobody reads may hold anything.
    #expect(parse(bytes: latin, [ColumnSchema("b", .float32)]).errors == [])
    #expect(parse(bytes: [0xFF, 0xFE, 0x61, 0], []).errors.first?.reason == .encoding)
    #expect(parse(bytes: [0x61, 0xFF, 10], []).errors.first?.reason == .encoding)
  }

  @Test("Suggests the nearest name for a missing column, and lists all of them")
  func missingColumn() throws {
    let (_, errors) = parse(
      "gvkey,datadate,atq\n", ColumnSchema("gvkye", .text), ColumnSchema("datadate", .date),
      ColumnSchema("xyz", .float32), collecting: 5)
    #expect(errors.map(\.reason) == [.missingColumn, .missingColumn])
    #expect(errors[0].accepted.contains("'gvkey'"))
    #expect(errors[1].accepted == "gvkey, datadate, atq")
  }

  @Test("Refuses names that stand twice, and two types for one column")
  func duplicates() {
    #expect(parse("a,b,a\n").errors.first?.reason == .duplicateColumn)
    #expect(parse("a,,\n1,2,3\n", ColumnSchema("a", .float32)).errors == [])
    let (_, errors) = parse("a\n", ColumnSchema("a", .text), ColumnSchema("a", .float32))
    #expect(errors.first?.reason == .duplicateColumn)
    #expect(parse("a\n", ColumnSchema("a", .text), ColumnSchema("a", .text)).errors == [])
  }

  @Test("Refuses a delimiter that is none")
  func delimiter() {
    #expect(parse("a\n", delimiter: "\"").errors.first?.reason == .value)
  }

  @Test("Collects errors in the order of lines and columns, up to a limit")
  func collecting() {
    let text = "a,b\n" + (0..<50).map { $0 % 2 == 0 ? "1,2\n" : "x,y\n" }.joined()
    for limit in [1, 2, 3, 7, 49, 50, 51] {
      for (threads, chunk) in [(1, 1000), (2, 7), (7, 1), (3, 16)] {
        let (table, errors) = parse(
          bytes: Array(text.utf8), numbers, threads: threads, chunkBytes: chunk, collecting: limit)
        #expect(table == nil)
        #expect(errors.count == min(limit, 50))
        for (index, error) in errors.enumerated() {
          #expect(error.line == 3 + index / 2 * 2)
          #expect(error.column == (index % 2 == 0 ? "a" : "b"))
        }
      }
    }
  }

  @Test("Makes control characters of a value visible and cuts long ones")
  func excerpt() {
    let value = "\u{1B}[31m" + String(repeating: "z", count: 100)
    let error = first("a,b\n\(value),1\n")
    #expect(error?.value.contains("\u{1B}") == false)
    #expect((error?.value.count ?? 999) < 80)
  }

  @Test("Says which file cannot be read, and what reads gzip")
  func storage() throws {
    let reader = CSVReader(threads: 1)
    let schema = TableSchema(columns: [])
    #expect(throws: TableReadError.storage(.missing(path: "/nowhere/t.csv"))) {
      try reader.read("/nowhere/t.csv", schema: schema)
    }
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = try folder.write([0x1F, 0x8B, 8, 0], to: "t.csv.gz")
    #expect {
      try reader.read(path, schema: schema)
    } throws: { error in
      guard case .storage(.foreign(path, _, let accepted))? = error as? TableReadError else {
        return false
      }
      return accepted.contains("GzipDecoder") && accepted.contains("QuantFormats")
    }
    // The same bytes under another name are no text either.
    let renamed = try folder.write([0x1F, 0x8B, 8, 0], to: "t.csv")
    #expect {
      try reader.read(renamed, schema: schema)
    } throws: { error in
      guard case .storage(.foreign(_, "gzip", _))? = error as? TableReadError else { return false }
      return true
    }
  }
}
