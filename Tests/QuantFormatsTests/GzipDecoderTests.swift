import QuantCore
import QuantFormats
import QuantTestSupport
import Testing

@Suite("GzipDecoder")
struct GzipDecoderTests {
  private func fixture(_ name: String) throws -> [UInt8] {
    try FileBytes.read(FixtureFile.path(name))
  }

  private func decode(
    _ bytes: [UInt8], limit: Int = 1 << 30
  ) throws(StorageError) -> [UInt8] {
    try GzipDecoder(limit: limit).decode(bytes.span.numberBytes, path: "x.gz")
  }

  @Test("The shortest gzip file is empty")
  func literal() throws {
    let empty: [UInt8] = [
      0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]
    #expect(try decode(empty).isEmpty)
    #expect(GzipDecoder().fileSuffix == ".gz")
  }

  @Test(
    "Files of Python's gzip: plain, with a name, of several members, padded with zeros",
    arguments: ["plain", "named", "members", "padded"])
  func python(name: String) throws {
    #expect(try decode(fixture(name + ".csv.gz")) == fixture("content.csv"))
  }

  @Test("A file without content")
  func empty() throws {
    #expect(try decode(fixture("empty.csv.gz")).isEmpty)
  }

  @Test("Every truncation of one member ends early")
  func truncation() throws {
    let whole = try fixture("plain.csv.gz")
    for count in 0..<whole.count {
      #expect(throws: StorageError.incomplete(path: "x.gz", bytes: count)) {
        try decode(Array(whole[..<count]))
      }
    }
  }

  @Test("A flipped bit gives a typed error or the same content")
  func flips() throws {
    let whole = try fixture("members.csv.gz")
    let content = try fixture("content.csv")
    var refused = 0
    for offset in 0..<whole.count {
      var flipped = whole
      flipped[offset] ^= 1 << UInt8(offset % 8)
      do throws(StorageError) {
        // Time stamps, names and the like may differ; the content may not.
        let found = try decode(flipped)
        #expect(found == content, "byte \(offset)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > whole.count * 8 / 10)
  }

  @Test("Other files, and garbage behind the last member, are refused")
  func foreign() throws {
    #expect(
      throws: StorageError.foreign(path: "x.gz", found: "other content", accepted: "a gzip file")
    ) { try decode(Array("date,price\n".utf8)) }
    #expect(throws: StorageError.incomplete(path: "x.gz", bytes: 0)) { try decode([]) }
    let whole = try fixture("plain.csv.gz")
    #expect(throws: StorageError.corrupted(path: "x.gz", offset: whole.count + 1)) {
      try decode(whole + [0, 7])
    }
  }

  @Test("Content beyond the limit is refused, up to it accepted")
  func limits() throws {
    let whole = try fixture("members.csv.gz")
    let content = try fixture("content.csv")
    #expect(try decode(whole, limit: content.count) == content)
    for limit in [0, 1, 99, 100, content.count - 1] {
      #expect(throws: StorageError.tooLarge(path: "x.gz", bytes: limit + 1, limit: limit)) {
        try decode(whole, limit: limit)
      }
    }
    #expect(GzipDecoder(limit: -5).limit == 0)
  }

  @Test("A size that is declared but cannot be is not allocated")
  func bombs() throws {
    var lying = try fixture("plain.csv.gz")
    lying.replaceSubrange(lying.count - 4..<lying.count, with: [0xFF, 0xFF, 0xFF, 0xFF])
    let before = try peakMemory()
    #expect(throws: StorageError.self) { try decode(lying, limit: 1 << 40) }
    #expect(try peakMemory() - before < 64 << 20)
  }

  @Test("The reader of tables takes compressed files")
  func tables() throws {
    let schema = TableSchema(columns: [
      ColumnSchema("date", .date), ColumnSchema("price", .float32),
    ])
    let reader = CSVReader(threads: 2, decoders: [GzipDecoder()])
    let table = try reader.read(FixtureFile.path("members.csv.gz"), schema: schema)
    #expect(table.rowCount == 400)
    #expect(try table.float32("price")[20] == 400.25)
  }

  private func peakMemory() throws -> Int {
    guard FileTree.exists("/proc/self/status") else { return 0 }
    let line = try SystemCalls.readAll("/proc/self/status").split(separator: "\n")
      .first { $0.hasPrefix("VmHWM:") }
    return 1_024 * (Int(line?.filter(\.isNumber) ?? "") ?? 0)
  }
}
