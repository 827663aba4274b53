import QuantCore
import QuantTestSupport
import Testing

@Suite("CSVWriter")
struct CSVWriterTests {
  private func text(_ writer: CSVWriter) -> String { String(decoding: writer.bytes, as: UTF8.self) }

  @Test("Writes each kind of value")
  func values() {
    var writer = CSVWriter(columns: ["text", "double", "float", "integer", "date", "boolean"])
    writer.text("a,b")
    writer.number(0.1)
    writer.number(Float(0.1))
    writer.integer(-7)
    writer.date(CalendarDate(year: 2015, month: 6, day: 30))
    writer.boolean(true)
    writer.endRow()
    writer.text(nil)
    writer.number(Double.nan)
    writer.number(Float.nan)
    writer.integer(nil as Int?)
    writer.date(nil)
    writer.missing()
    writer.endRow()
    writer.text("say \"hi\"\n")
    writer.number(1e300)
    writer.number(Float(16_777_216))
    writer.integer(UInt64.max)
    writer.date(CalendarDate(year: 999, month: 1, day: 2))
    writer.boolean(false)
    writer.endRow()
    #expect(writer.rowCount == 3)
    #expect(
      text(writer) == """
        text,double,float,integer,date,boolean
        "a,b",0.1,0.1,-7,2015-06-30,true
        ,,,,,
        "say ""hi""
        ",1e+300,16777216.0,18446744073709551615,0999-01-02,false

        """)
  }

  @Test("Keeps a row of one missing field from being a blank line")
  func oneColumn() throws {
    var writer = CSVWriter(columns: ["a"])
    writer.missing()
    writer.endRow()
    writer.number(2.0)
    writer.endRow()
    #expect(text(writer) == "a\n\"\"\n2.0\n")
    let table = try #require(parse(bytes: writer.bytes, [ColumnSchema("a", .float32)]).table)
    #expect(bits(try table.float32("a")) == bits([.nan, 2]))
  }

  @Test("Puts a quote before what a spreadsheet would run, and leaves numbers alone")
  func formulas() {
    for (found, written) in [
      ("=1+1", "'=1+1"), ("+x", "'+x"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"),
      ("\tx", "'\tx"), ("\rx", "'\rx"), (" =x", "' =x"), ("\u{A0}=x", "'\u{A0}=x"),
      ("a\n=x", "a\n'=x"), ("a\n =x", "a\n' =x"), ("a=b", "a=b"), ("a-b", "a-b"), ("", ""),
      ("  ", "  "), ("a\n", "a\n"), ("'x", "'x"),
    ] {
      #expect(CSVWriter.neutralised(found) == written, "\(found.debugDescription)")
    }
    var writer = CSVWriter(columns: ["=a", "b"])
    writer.number(-1.5)
    writer.integer(-2)
    writer.endRow()
    #expect(text(writer) == "'=a,b\n-1.5,-2\n")
  }

  @Test("Quotes text that would be read as missing or lose its blanks")
  func quotes() {
    var writer = CSVWriter(columns: ["a"], delimiter: UInt8(ascii: "|"))
    for value in ["NA", ".", " x", "x ", "x|y", "x,y", "NAN"] {
      writer.text(value)
      writer.endRow()
    }
    #expect(text(writer) == "a\n\"NA\"\n\".\"\n\" x\"\n\"x \"\n\"x|y\"\nx,y\nNAN\n")
  }

  @Test("Hands over what was written in parts")
  func drain() {
    var writer = CSVWriter(columns: ["a"])
    #expect(writer.drain() == Array("a\n".utf8))
    #expect(writer.drain() == [])
    writer.missing()
    writer.endRow()
    #expect(writer.drain() == Array("\"\"\n".utf8))
    #expect(writer.rowCount == 1)
  }

  @Test("Writes a file that the reader maps")
  func file() throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    var writer = CSVWriter(columns: ["a", "b"])
    for row in 0..<1000 {
      writer.integer(row)
      writer.text("firm \(row % 7)")
      writer.endRow()
    }
    let path = folder.path + "/t.csv"
    try writer.write(to: path)
    let table = try CSVReader(threads: 2).read(
      path, schema: TableSchema(columns: [ColumnSchema("a", .integer), ColumnSchema("b", .text)]))
    #expect(try table.integers("a") == (0..<1000).map { Int64($0) })
    #expect(try table.text("b").values.count == 7)
    #expect(table.file == path)
    #expect(throws: StorageError.self) { try writer.write(to: folder.path + "/no/t.csv") }
  }
}
