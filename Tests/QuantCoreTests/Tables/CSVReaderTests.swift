import QuantCore
import Testing

@Suite("CSVReader")
struct CSVReaderTests {
  @Test("Reads each type")
  func types() throws {
    let text = """
      firm,atq,filed,final,year,note
      001690,12.5,2015-06-30,true,2015,"a ""b"", c"
      001690,,,,,
      002,-1e3,20150701,N,-7.0,ü
      """
    let (table, errors) = parse(
      text, ColumnSchema("firm", .text), ColumnSchema("atq", .float32),
      ColumnSchema("filed", .date), ColumnSchema("final", .boolean), ColumnSchema("year", .integer),
      ColumnSchema("note", .text))
    #expect(errors.isEmpty)
    let read = try #require(table)
    #expect(read.rowCount == 3)
    #expect(try read.text("firm").codes == [0, 0, 1])
    #expect(try read.text("firm").values == ["001690", "002"])
    #expect(bits(try read.float32("atq")) == bits([12.5, .nan, -1000]))
    #expect(try read.dates("filed") == [16616, Int32.min, 16617])
    #expect(try read.booleans("final") == [1, 255, 0])
    #expect(try read.integers("year") == [2015, Int64.min, -7])
    #expect(try read.text("note").texts == ["a \"b\", c", nil, "ü"])
    #expect((0..<3).map { read.line(ofRow: $0) } == [2, 3, 4])
    #expect(read.columnNames == ["atq", "filed", "final", "firm", "note", "year"])
  }

  @Test("Skips columns that are not declared, whatever they hold")
  func undeclared() throws {
    let text = "x,a,y\n\"q,\n\"\"r\",1,inf\n,2,\u{FFFD}\n"
    let table = try #require(parse(text, ColumnSchema("a", .float32)).table)
    #expect(try table.float32("a") == [1, 2])
    #expect(table.columnNames == ["a"])
    let none = try #require(parse(text).table)
    #expect(none.rowCount == 2)
  }

  @Test("Reads all line ends, with and without a last one, and a byte order mark")
  func lineEnds() throws {
    for (start, end, last) in [
      ("", "\n", "\n"), ("", "\n", ""), ("", "\r\n", "\r\n"), ("", "\r\n", ""),
      ("\u{FEFF}", "\n", "\n"), ("\u{FEFF}", "\r\n", "\r"), ("\n\r\n", "\n", "\n"),
    ] {
      let text = start + "a,b\(end)1,x\(end),\(end)3,\"y\"" + last
      let (table, errors) = parse(text, ColumnSchema("a", .float32), ColumnSchema("b", .text))
      #expect(errors == [], "\(text.debugDescription)")
      #expect(bits(try #require(table).float32("a")) == bits([1, .nan, 3]))
      #expect(try #require(table).text("b").texts == ["x", nil, "y"])
    }
  }

  @Test("Reads all delimiters", arguments: [",", ";", "|", "\t"] as [Character])
  func delimiters(delimiter: Character) throws {
    let text = "a,b,c\n1,\",;|\t\",2\n".replacing(",", with: String(delimiter))
    let (table, errors) = parse(
      text, ColumnSchema("a", .float32), ColumnSchema("b", .text), ColumnSchema("c", .float32),
      delimiter: delimiter)
    #expect(errors == [])
    #expect(try #require(table).float32("c") == [2])
    #expect(try #require(table).text("b")[0]?.count == 4)
  }

  @Test("Takes empty fields, blanks and the declared spellings as missing")
  func missing() throws {
    let fields = ["", "  ", "\"\"", "NA", " NA ", "\"NA\"", "nan", ".", ".C", "NULL"]
    let text = "a\n" + fields.map { "\($0),\n" }.joined().dropLast() + "\n"
    let columns = "a,b\n" + text.dropFirst(2)
    let numbers = try #require(parse(columns, ColumnSchema("a", .float32)).table)
    #expect(try numbers.float32("a").allSatisfy(\.isNaN))
    #expect(numbers.rowCount == fields.count)
    for type in [ColumnType.date, .boolean, .integer] {
      #expect(parse(columns, ColumnSchema("a", type)).errors == [])
    }
    // In a text column a quoted field is text.
    let texts = try #require(parse(columns, ColumnSchema("a", .text)).table)
    #expect(try texts.text("a").values == ["NA"])
  }

  @Test("Takes a spelling of missing that looks like a number as missing")
  func numericMissing() throws {
    let (table, _) = parse(
      "a,b\n-999,1\n-99,-999\n", ColumnSchema("a", .float32), ColumnSchema("b", .float32),
      missing: ["-999"])
    #expect(bits(try #require(table).float32("a")) == bits([.nan, -99]))
    #expect(bits(try #require(table).float32("b")) == bits([1, .nan]))
  }

  @Test("Ignores blanks around numbers, days and truth values")
  func blanks() throws {
    let (table, errors) = parse(
      "a,b,c,d\n 1.5 ,\t2015-01-02 , yes, 12 \n\" 2 \",\" 2015-01-03\",\" no \",\"4\"\n",
      ColumnSchema("a", .float32), ColumnSchema("b", .date), ColumnSchema("c", .boolean),
      ColumnSchema("d", .integer))
    #expect(errors == [])
    #expect(try #require(table).float32("a") == [1.5, 2])
    #expect(try #require(table).dates("b") == [16437, 16438])
    #expect(try #require(table).booleans("c") == [1, 0])
    #expect(try #require(table).integers("d") == [12, 4])
  }

  @Test("Reads quotes as characters where the schema says so")
  func unquoted() throws {
    let (table, errors) = parse(
      "a\tb\n5\" pipe\t1\n\"x\t2\n", ColumnSchema("a", .text), ColumnSchema("b", .float32),
      delimiter: "\t", isQuoted: false)
    #expect(errors == [])
    #expect(try #require(table).text("a").texts == ["5\" pipe", "\"x"])
    #expect(try #require(table).float32("b") == [1, 2])
  }

  @Test("Tells an empty file from one with only a header")
  func empty() throws {
    for text in ["", "\u{FEFF}", "\n\n", "\r\n"] {
      #expect(parse(text, ColumnSchema("a", .float32)).errors.first?.reason == .empty)
    }
    for text in ["a,b", "a,b\n", "a,b\r\n", "a,b\n\n\n"] {
      let table = try #require(parse(text, ColumnSchema("a", .float32)).table)
      #expect(table.rowCount == 0)
      #expect(try table.float32("a") == [])
    }
  }

  @Test("Counts physical lines: blank lines and line breaks in quotes too")
  func lines() throws {
    let text = "a,b\n\n1,x\n2,\"y\n\r\nz\"\n\n\n3,w\n4,\"\n\"\n5,v\n"
    let (table, errors) = parse(text, ColumnSchema("a", .float32), ColumnSchema("b", .text))
    #expect(errors == [])
    let read = try #require(table)
    #expect((0..<5).map { read.line(ofRow: $0) } == [3, 4, 9, 10, 12])
  }

  @Test("Reads whole numbers of 64 bits but the one that stands for missing")
  func integers() throws {
    let accepted = ["9223372036854775807", "-9223372036854775807", "+5", "7.", "7.000", "-0"]
    let (table, errors) = parse(
      "a\n" + accepted.joined(separator: "\n"), ColumnSchema("a", .integer))
    #expect(errors == [])
    #expect(try #require(table).integers("a") == [.max, -.max, 5, 7, 7, 0])
    for text in ["9223372036854775808", "-9223372036854775808", "1.5", "1e3", "+", ".0", "0x1"] {
      #expect(parse("a\n\(text)", ColumnSchema("a", .integer)).errors.count == 1, "\(text)")
    }
  }

  @Test("Reads truth values in every spelling and case, and nothing else")
  func truth() throws {
    let yes = ["true", "TRUE", "True", "t", "T", "yes", "Yes", "y", "Y", "1"]
    let no = ["false", "FALSE", "False", "f", "F", "no", "NO", "n", "N", "0"]
    let text = "a\n" + (yes + no).joined(separator: "\n")
    let (table, errors) = parse(text, ColumnSchema("a", .boolean))
    #expect(errors == [])
    #expect(
      try #require(table).booleans("a") == yes.map { _ in 1 as UInt8 } + no.map { _ in 0 as UInt8 })
    for text in ["2", "on", "tru", "truee", "ye", "-1", "\u{0}t", "t\u{0}", "1.0", "falsetrue"] {
      #expect(parse("a\n\(text)", ColumnSchema("a", .boolean)).errors.count == 1, "\(text)")
    }
  }
}
