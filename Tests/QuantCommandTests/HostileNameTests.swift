import Foundation
import QuantCore
import QuantTestSupport
import Testing

@testable import quant

/// Names from users and data in every place where a name may stand.
@Suite("Hostile names") struct HostileNameTests {
  @Test("There are at least 500 of them, and they differ")
  func count() {
    #expect(HostileName.all.count >= 500)
    #expect(Set(HostileName.all.map { Array($0.utf8) }).count == HostileName.all.count)
  }

  /// One line that a terminal shows as it is.
  private func isHarmless(_ line: String) -> Bool {
    line.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && !(0x200E...0x200F).contains($0.value)
        && !(0x2028...0x202E).contains($0.value) && !(0x2066...0x2069).contains($0.value)
    }
  }

  /// Whether a line names the folder; a mark after the slash would make another letter of it.
  private func isNamed(_ line: String) -> Bool {
    let (bytes, folder) = (Array(line.utf8), Array("/none/".utf8))
    return bytes.indices.contains { bytes[$0...].starts(with: folder) }
  }

  @Test("As inputs of every command: no such file, said in one line, and nothing is made")
  func inputs() throws {
    let folder = try TemporaryFolder()
    try folder.write("1,2\n", to: "t.csv")
    for name in HostileName.all {
      let path = folder.file("none/" + name)
      let lines: [[String]] = [
        ["inspect", "--", path], ["inspect", "--", path + ".npy"], ["verify", "--", path],
        ["compile", "--config=" + path, "--cache", folder.file("cache")],
        ["train", "--config=" + path, "--quarter", "2015Q1", "--horizon", "3"],
        ["predict", "--model=" + path, "--features", folder.file("t.csv"), "--output", path],
        ["explain", "--model=" + path],
      ]
      for words in lines {
        guard let failure = CommandHere.failure(words) else {
          Issue.record("accepted: \(words)")
          continue
        }
        let line = CommandHere.line(failure)
        #expect(isHarmless(line) && line.utf8.count < 9000, "\(words)")
        #expect([64, 65, 66, 73, 78].contains(failure.code.exitCode.rawValue), "\(line)")
        #expect(isNamed(line) || line.contains("…"), "\(line)")
      }
    }
    #expect(try folder.names() == ["t.csv"])
  }

  @Test("As commands, options, choices and values: refused in one line")
  func words() {
    for name in HostileName.all where !["--help", "--"].contains(name) {
      for words in [
        [name], ["compile", "--" + name], ["completions", "--", name], ["cache", "--", name],
        ["train", "--config", "x", "--horizon=" + name, "--quarter", "2015Q1"],
        ["cache", "gc", "--max-size=" + name], ["synth", "--out", "x", "--size=" + name],
        ["fit", "--features", "x", "--model", "m", "--threads=" + name],
        ["errors", "--", name], ["learners", "--", name],
      ] {
        guard let failure = CommandHere.failure(words) else {
          Issue.record("accepted: \(words)")
          continue
        }
        let line = CommandHere.line(failure)
        #expect(isHarmless(line), "\(words)")
        #expect(
          [.usage, .noInput].contains(failure.code.exitCode), "\(words): \(line)")
      }
    }
  }

  @Test("As names inside an artifact: inside of its folder, or refused")
  func inside() throws {
    let folder = try TemporaryFolder()
    let root = folder.file("artifact")
    try FileTree.createDirectories(root)
    try SystemCalls.symbolicLink(to: folder.path, at: root + "/out")
    for name in HostileName.all.flatMap({ [$0, "sub/" + $0, "out/" + $0] }) {
      guard let path = try? FileTree.join(root, name) else { continue }
      #expect(path == root + "/" + name)
      #expect(!name.split(separator: "/").contains(".."), "\(name)")
      #expect(!name.hasPrefix("/") && !name.hasPrefix("out/"), "\(name)")
    }
  }

  @Test("As keys of firms: each firm of its own, byte by byte, and no formula in the table")
  func firms() throws {
    var market = try MiniMarket()
    let lines = MiniMarket.records.split(separator: "\n").dropFirst()
      .filter { $0.hasPrefix("000008,") }.map { $0.dropFirst(6) }
    var text = MiniMarket.records
    for name in HostileName.all {
      let quoted = "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      for line in lines { text += quoted + line + "\n" }
    }
    market.records = text
    try market.write()
    let file = market.folder.file("ranking.csv")
    let result = try market.run(
      "rank", "--quarter", "2014Q2", "--horizon", "3", "--top", "2000", "--out", file)
    #expect(result.status == 0, "\(result.errors)")
    for line in result.output.split(separator: "\n") {
      #expect(isHarmless(String(line)), "\(line)")
    }
    let table = try CSVReader(threads: 1).read(
      file, schema: TableSchema(columns: [ColumnSchema("gvkey", .text)]))
    let column = try table.text("gvkey")
    let found = Set((0..<table.rowCount).compactMap { column[$0].map { Array($0.utf8) } })
    // Nothing is changed but for the marks in front of formulas.
    func unmarked(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 != UInt8(ascii: "'") } }
    let unmarkedFound = Set(found.map(unmarked))
    for name in HostileName.all {
      let isThere = unmarkedFound.contains(unmarked(Array(name.utf8)))
      #expect(isThere, "\(name.unicodeScalars.map(\.value))")
    }
    // A key that begins with the mark reads like a marked one: these alone may fall together.
    #expect(found.count >= HostileName.all.count - 3)
    for cell in found {
      let start = cell.drop { [0x20, 0x09, 0x0D, 0x0A].contains($0) }.first
      #expect(
        start.map { !"=+-@".utf8.contains($0) } ?? true,
        "\(String(decoding: cell, as: UTF8.self).debugDescription)")
    }
  }

  @Test(
    "As names of columns: fitted, predicted and explained, and shown without control characters")
  func columns() throws {
    let bench = try ArrayBench(rows: 40, columns: 2)
    // Names that are equal but for the form of an accent would be two columns of one name.
    var seen: Set<String> = ["y"]
    let names = HostileName.all.filter { seen.insert($0).inserted }
    #expect(names.count >= 490)
    var header = names.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
    header.append("y")
    var text = header.joined(separator: ",") + "\n"
    for (row, label) in bench.labels.enumerated() {
      text += names.indices.map { "\((row * 7 + $0) % 13)" }.joined(separator: ",") + ",\(label)\n"
    }
    try bench.folder.write(text, to: "t.csv")
    let fit = try bench.run(
      "fit", "--features", "t.csv", "--label-column", "y", "--model", "m.gbm", "--trees", "3",
      "--set", "min_data_in_leaf=2")
    #expect(fit.status == 0, "\(fit.errors)")
    for words in [
      ["predict", "--model", "m.gbm", "--features", "t.csv", "--output", "p.npy"],
      ["explain", "--model", "m.gbm"], ["inspect", "t.csv"],
    ] {
      let result = try bench.run(words)
      #expect(result.status == 0, "\(result.errors)")
      for line in (result.output + result.errors).split(separator: "\n") {
        #expect(isHarmless(String(line)), "\(line)")
      }
    }
  }

  @Test("As bytes that are no UTF-8: in arguments, tables and configurations")
  func encoding() throws {
    let market = try MiniMarket()
    let broken: [[UInt8]] = [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x82],
      [0x61, 0xFE, 0x62], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ]
    for bytes in broken {
      let escaped = bytes.map { "\\x" + Hexadecimal.text([$0]) }.joined()
      let result = try QuantProcess().bash("exec \"$QUANT\" verify $'/none/\(escaped)'")
      #expect(result.status == 66 && result.errorLines.count == 1, "\(result.errors)")
      for (name, text) in [
        ("records.csv", MiniMarket.records), ("mini.json", MiniMarket.configuration),
      ] {
        let mark = name == "mini.json" ? "\"mini\"" : "000001"
        let place = try #require(text.range(of: mark))
        let content =
          Array(text[..<place.lowerBound].utf8) + (name == "mini.json" ? [0x22] : []) + bytes
          + (name == "mini.json" ? [0x22] : []) + Array(text[place.upperBound...].utf8)
        try market.folder.write(content, to: name)
        let failure = CommandHere.failure(
          ["compile", "--config", market.config, "--cache", market.cache])
        #expect([.encoding, .configuration].contains(failure?.code), "\(name) \(bytes)")
        #expect(failure?.message.contains(name) == true)
        try market.write()
      }
    }
  }
}
