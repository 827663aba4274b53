import QuantCore
import QuantTestSupport
import Testing

@Suite("Parts of tables")
struct TablePartsTests {
  @Test("A table gives its columns by name and type, and says what is missing")
  func rawTable() throws {
    let table = RawTable(
      file: "m", rowCount: 2,
      columns: [
        "atq": .float32([1, .nan]), "firm": .text(TextColumn(["x", nil])),
        "datadate": .dates([3, .min]),
      ])
    #expect(try table.text("firm")[0] == "x")
    #expect(try table.text("firm")[1] == nil)
    #expect(table.type(of: "datadate") == .date)
    #expect(table.type(of: "nothing") == nil)
    #expect(table.line(ofRow: 1) == 3)
    #expect { try table.float32("aqt") } throws: { error in
      let error = error as? TableError
      return error?.reason == .missingColumn && error?.accepted.contains("'atq'") == true
    }
    #expect { try table.dates("atq") } throws: { ($0 as? TableError)?.reason == .value }
    #expect { try table.text("atq") } throws: { ($0 as? TableError)?.reason == .value }
    #expect { try table.booleans("atq") } throws: { ($0 as? TableError)?.reason == .value }
    #expect { try table.integers("atq") } throws: { ($0 as? TableError)?.reason == .value }
    #expect { try table.float32("firm") } throws: { ($0 as? TableError)?.reason == .value }
  }

  @Test("Line numbers are those noted, whatever the gaps")
  func lineNumbers() {
    let lines = [2, 3, 7, 8, 9, 20, 21]
    let numbers = LineNumbers(lines)
    #expect(lines.indices.map { numbers[$0] } == lines)
    #expect(LineNumbers()[5] == 7)
    #expect(LineNumbers([])[0] == 2)
    var joined = LineNumbers.none
    joined.append(LineNumbers(Array(lines[..<3])), after: 0)
    joined.append(LineNumbers(Array(lines[3...])), after: 3)
    #expect(joined == numbers)
  }

  @Test("A dictionary numbers texts by their first appearance")
  func dictionary() {
    var dictionary = ByteDictionary()
    var texts: [String] = []
    var random = SplitMix64(seed: 11)
    for _ in 0..<5000 {
      let text = String(random.next() % 700)
      let known = texts.firstIndex(of: text)
      if known == nil { texts.append(text) }
      let bytes = Array("<\(text)>".utf8)
      #expect(
        dictionary.code(bytes.span, 1..<bytes.count - 1) == Int32(known ?? texts.count - 1))
    }
    #expect(dictionary.texts == texts)
    var other = ByteDictionary()
    let bytes = Array("new\(texts[3])".utf8)
    #expect(other.code(bytes.span, 0..<3) == 0)
    #expect(other.code(bytes.span, 3..<bytes.count) == 1)
    #expect(other.code(bytes.span, 0..<0) == 2)
    #expect(dictionary.merge(other) == [Int32(texts.count), 3, Int32(texts.count + 1)])
    let invalid: [UInt8] = [0xC3, 0x28]
    #expect(dictionary.code(invalid.span, 0..<2) == nil)
    #expect(dictionary.count == texts.count + 2)
  }

  @Test("Chunks start where records start, in the right line, with room for their rows")
  func layout() {
    var random = SplitMix64(seed: 21)
    for _ in 0..<300 {
      // Well-formed records with quoted line breaks, and blank lines.
      var text = ""
      var starts: [Int: (line: Int, row: Int)] = [:]
      var (line, row) = (1, 0)
      for _ in 0..<random.next() % 30 {
        starts[text.utf8.count] = (line, row)
        let field = ["a", "\"b\nc\"", "\"\"\"\n\n\"", "longer,field", ""][Int(random.next() % 5)]
        line += field.filter { $0 == "\n" }.count + 1
        row += 1
        text += field + "\n"
      }
      starts[text.utf8.count] = (line, row)
      let content = TableContent(path: "", bytes: Array(text.utf8))
      let layout = ChunkLayout(
        content, from: 0, line: 1, isQuoted: true, chunkBytes: Int(1 + random.next() % 40),
        threads: 2)
      #expect(layout.capacity == row)
      var end = 0
      for chunk in layout.chunks {
        #expect(chunk.bytes.lowerBound == end)
        #expect(starts[chunk.bytes.lowerBound]?.line == chunk.line)
        #expect(starts[chunk.bytes.lowerBound]?.row == chunk.rows.lowerBound)
        #expect(starts[chunk.bytes.upperBound]?.row == chunk.rows.upperBound)
        end = chunk.bytes.upperBound
      }
      #expect(end == text.utf8.count)
    }
  }

  @Test("Bytes are found in a word and nowhere else")
  func match() {
    var random = SplitMix64(seed: 31)
    for _ in 0..<20_000 {
      let word = random.next() & (random.next() | 0x8080_0101_7F7F_FF00)
      let byte =
        UInt8(truncatingIfNeeded: word >> (random.next() % 8 * 8)) ^ UInt8(random.next() % 2)
      var expected: UInt64 = 0
      for place in 0..<8 where UInt8(truncatingIfNeeded: word >> (place * 8)) == byte {
        expected |= 0x80 << (place * 8)
      }
      #expect(ByteMatch.marks(word, ByteMatch.pattern(byte)) == expected)
    }
  }

  @Test("A decoder is chosen by the end of the name, in any case")
  func decoder() throws {
    struct Reversing: ContentDecoder {
      let fileSuffix = ".Rev"
      func decode(_ bytes: RawSpan, path: String) throws(StorageError) -> [UInt8] {
        (0..<bytes.byteCount).reversed().map { bytes.byte(at: $0) }
      }
    }
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = try folder.write(Array("\n2\n1\na".utf8), to: "t.csv.rEV")
    let table = try CSVReader(threads: 1, decoders: [Reversing()]).read(
      path, schema: TableSchema(columns: [ColumnSchema("a", .float32)]))
    #expect(try table.float32("a") == [1, 2])
  }
}
