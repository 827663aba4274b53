import QuantCore
import Testing

@Suite("WideTable")
struct WideTableTests {
  private func parseWide(
    _ text: String, date: String = "date", threads: Int = 1, chunkBytes: Int = 1 << 20
  ) throws(TableError) -> WideTable {
    var reader = CSVReader(threads: threads)
    reader.chunkBytes = chunkBytes
    return try reader.parseWide(
      TableContent(path: "w.csv", bytes: Array(text.utf8)), dateColumn: date,
      delimiter: UInt8(ascii: ","), missing: TableSchema.usualMissing)
  }

  @Test("Reads days and columns of numbers")
  func small() throws {
    let table = try parseWide("date,AAPL,MSFT\n2015-01-02,109.3,46.76\n2015-01-05,,46.3\n")
    #expect(table.dates == [16437, 16440])
    #expect(table.names == ["AAPL", "MSFT"])
    #expect(bits(table.values(of: 0)) == bits([109.3, .nan]))
    #expect(table.values(of: 1) == [46.76, 46.3])
    #expect(table.line(ofRow: 1) == 3)
    #expect(table.withValues(of: 1) { $0[1] } == 46.3)
  }

  @Test("Finds the days in any column, and in one without a name")
  func dateColumn() throws {
    #expect(try parseWide("A,date,B\n1,2015-01-02,2\n").names == ["A", "B"])
    #expect(try parseWide(",A\n2015-01-02,2\n", date: "").values(of: 0) == [2])
    #expect(try parseWide("date,A\n").dates == [])
    #expect(try parseWide("date\n2015-01-02\n").names == [])
  }

  @Test("Equals the columns it was written from, for all threads and chunks")
  func chunks() throws {
    var random = SplitMix64(seed: 3)
    let (rows, columns) = (60, 300)
    var expected = [[Float]](repeating: [], count: columns)
    var text = "date," + (0..<columns).map { "P\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<rows {
      if row % 9 == 4 { text += "\n" }
      text += CalendarDate(daysSinceEpoch: Int32(row)).description
      for column in 0..<columns {
        let value = random.next() % 4 == 0 ? Float.nan : Float(random.next() % 100_000) / 100
        expected[column].append(value)
        text += value.isNaN ? "," : ",\(value)"
      }
      text += "\n"
    }
    for (threads, chunk) in [(1, 1 << 20), (2, 1 << 12), (7, 100), (2, 5000)] {
      let table = try parseWide(text, threads: threads, chunkBytes: chunk)
      #expect(table.rowCount == rows)
      for column in 0..<columns {
        #expect(bits(table.values(of: column)) == bits(expected[column]), "column \(column)")
      }
      #expect(table.line(ofRow: 4) == 7)
      #expect(table.line(ofRow: 59) == 68)
    }
    let memory = WideTable(
      file: "", dates: Array(0..<Int32(rows)), names: (0..<columns).map(String.init),
      columns: expected)
    #expect(bits(memory.values(of: 299)) == bits(expected[299]))
  }

  @Test("Refuses a missing day, name or date column, and what is no number")
  func failures() throws {
    func reason(_ text: String) -> TableError? {
      do throws(TableError) {
        _ = try parseWide(text)
        return nil
      } catch {
        return error
      }
    }
    let missing = reason("date,A\n2015-01-02,1\n,2\n")
    #expect(missing?.reason == .value)
    #expect(missing?.line == 3)
    #expect(reason("date,A,\n")?.reason == .missingColumn)
    #expect(reason("dat,A\n")?.accepted.contains("'dat'") == true)
    #expect(reason("date,A\n2015-01-02,x\n")?.column == "A")
    #expect(reason("date,A,A\n")?.reason == .duplicateColumn)
    #expect(reason("date,A\n2015-01-02\n")?.reason == .fieldCount)
    #expect(reason("")?.reason == .empty)
    #expect(throws: TableReadError.storage(.missing(path: "/no.csv"))) {
      try CSVReader(threads: 1).readWide("/no.csv", dateColumn: "date")
    }
  }
}
