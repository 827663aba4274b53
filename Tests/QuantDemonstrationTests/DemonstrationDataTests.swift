import QuantCore
import QuantDemonstration
import QuantTestSupport
import Testing

@Suite("Demonstration data: the files")
struct DemonstrationDataTests {
  @Test("the same bytes for every number of threads, in every run, and on every machine")
  func deterministic() throws {
    let first = try digests(threads: 1)
    #expect(try digests(threads: 2) == first)
    #expect(try digests(threads: 1) == first)
    // Changes only with the generator; the tables have no other input than size and seed.
    let tables = first.filter { $0.key.hasSuffix(".csv") }.sorted { $0.key < $1.key }
    let bytes = tables.flatMap { Array("\($0.key) \($0.value)\n".utf8) }
    #expect(
      SHA256.hexadecimal(bytes.span.numberBytes)
        == "01cfc05010aa25583bf2ff72468b8db1ad29cc6276384727e355fc0b4bfb838a")
  }

  @Test("another seed gives another market")
  func seeds() throws {
    let folder = try TemporaryFolder()
    try DemonstrationData(size: .tiny, seed: 1).write(to: folder.path)
    let other = try SHA256.hexadecimal(ofFile: folder.path + "/prices.csv")
    #expect(try digests(threads: 2)["prices.csv"] != other)
  }

  @Test("all nine files are listed with their lengths, and progress reaches the end")
  func files() throws {
    let folder = try TemporaryFolder()
    var last: DemonstrationData.Progress?
    let files = try DemonstrationData(size: .tiny).write(to: folder.path) { last = $0 }
    #expect(
      files.map(\.name) == [
        "README.txt", "deals.csv", "delistings.csv", "demo.json", "fundamentals_annual.csv",
        "fundamentals_quarterly.csv", "identifiers.csv", "prices.csv", "spy.csv",
      ])
    for file in files {
      #expect(try SystemCalls.status("\(folder.path)/\(file.name)").size == Int64(file.bytes))
    }
    #expect(try FileTree.list(recursively: folder.path) == files.map(\.name))
    #expect(last?.places == 60 && last?.total == 60)
  }

  @Test("a folder that cannot be made is an error that names it")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(text: "in the way", to: folder.path + "/data")
    #expect(throws: StorageError.self) {
      try DemonstrationData(size: .tiny).write(to: folder.path + "/data")
    }
    #expect(try SystemCalls.readAll(folder.path + "/data") == "in the way")
  }

  @Test("sizes say what they hold", arguments: DemonstrationSize.allCases)
  func sizes(_ size: DemonstrationSize) {
    #expect(size.lastPeriod.description == "2021Q1")
    #expect(size.firstPeriod.distance(to: size.lastPeriod) == size.quarterCount - 1)
    if size != .tiny { #expect(size.firstPeriod.description == "1998Q1") }
  }

  @Test("about as many firms report for each quarter as the size says")
  func firmsPerQuarter() throws {
    var counts: [String: Set<String>] = [:]
    for row in try TinyTables.rows("fundamentals_quarterly.csv") {
      let date = try #require(CalendarDate(row["datadate", default: ""]))
      counts[Period(.quarterly, containing: date).description, default: []].insert(
        row["gvkey", default: ""])
    }
    for period in DemonstrationSize.tiny.firstPeriod..<DemonstrationSize.tiny.lastPeriod
    where period.description != "2020Q4" {
      let count = counts[period.description]?.count ?? 0
      #expect((45...60).contains(count), "\(period): \(count)")
    }
  }

  @Test("nothing in the tables became known after the end of the data")
  func knownByTheEnd() throws {
    let end = DemonstrationSize.tiny.lastPeriod.lastDay
    for (table, columns) in [
      ("fundamentals_quarterly.csv", ["datadate", "rdq"]),
      ("fundamentals_annual.csv", ["datadate", "rdq"]),
      ("deals.csv", ["announced", "completed", "withdrawn"]),
      ("delistings.csv", ["date"]), ("prices.csv", ["date"]), ("spy.csv", ["date"]),
    ] {
      let rows = try TinyTables.rows(table)
      #expect(!rows.isEmpty)
      for column in columns {
        let latest = rows.compactMap { CalendarDate($0[column, default: ""]) }.max()
        #expect(try #require(latest) <= end, "\(table) \(column)")
      }
    }
  }

  private func digests(threads: Int) throws -> [String: String] {
    let folder = try TemporaryFolder()
    var digests: [String: String] = [:]
    for file in try DemonstrationData(size: .tiny, threads: threads).write(to: folder.path) {
      digests[file.name] = try SHA256.hexadecimal(ofFile: "\(folder.path)/\(file.name)")
    }
    return digests
  }
}
