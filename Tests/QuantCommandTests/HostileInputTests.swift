import Foundation
import QuantCore
import QuantTestSupport
import Testing

@testable import quant

/// Files, paths and manifests as somebody with bad intentions, or bad luck, would leave them.
@Suite("Hostile input") struct HostileInputTests {
  /// Expects one error line with a code and texts in it.
  private func expect(
    _ result: QuantProcess.Result, _ code: ErrorCode, _ texts: String...,
    at location: SourceLocation = #_sourceLocation
  ) {
    let lines = result.errorLines.filter { $0.hasPrefix("quant: error: ") }
    #expect(lines.count == 1, "\(result.errors)", sourceLocation: location)
    let line = lines.first ?? ""
    #expect(line.hasSuffix("[\(code.rawValue)]"), "\(line)", sourceLocation: location)
    for text in texts { #expect(line.contains(text), "\(line)", sourceLocation: location) }
    #expect(result.status == code.exitCode.rawValue, "\(line)", sourceLocation: location)
  }

  /// The arguments of a small run into a folder.
  private func train(_ market: MiniMarket, into out: String) throws -> QuantProcess.Result {
    try market.run("train", "--quarter", "2014Q2", "--horizon", "3", "--out", out)
  }

  @Test("A pipe that nobody writes to is refused, not waited for")
  func pipes() throws {
    let market = try MiniMarket()
    #expect(try market.run("compile").status == 0)
    let panel = market.cache + "/panels/" + market.panels[0]
    for path in [market.folder.file("pipe.json"), panel + "/SHA256SUMS"] {
      let made = try QuantProcess().bash("rm -f '\(path)'; mkfifo '\(path)'")
      #expect(made.status == 0, "\(made.errors)")
    }
    expect(
      try QuantProcess()("compile", "--config", market.folder.file("pipe.json")),
      .unreadableInput, "pipe.json", "no regular file")
    let again = try market.run("compile")
    #expect(again.status == 0 && again.errors.contains("quant: warning: "), "\(again.errors)")
  }

  @Test("An output never takes the place of a pipe, a device, a folder or a link")
  func irregularOutputs() throws {
    let market = try MiniMarket()
    let victim = try market.folder.write("precious", to: "victim")
    let target = market.folder.file("target.csv")
    for make in ["mkfifo", "ln -s '\(victim)'", "mkdir"] {
      let made = try QuantProcess().bash("rm -rf '\(target)'; \(make) '\(target)'")
      #expect(made.status == 0, "\(made.errors)")
      let before = try SystemCalls.linkStatus(target)
      expect(
        try market.run("rank", "--quarter", "2014Q2", "--horizon", "3", "--out", target),
        .cannotCreate, "target.csv", "no regular file")
      #expect(try SystemCalls.linkStatus(target).inode == before.inode, "\(make)")
    }
    #expect(try market.folder.text("victim") == "precious")
    expect(try train(market, into: victim), .cannotCreate, "victim", "no folder")
  }

  @Test("Logs are not written through links that lead out of the run folder")
  func linkedLogs() throws {
    let market = try MiniMarket()
    let out = market.folder.file("run")
    #expect(try train(market, into: out).status == 0)
    let outside = market.folder.file("outside")
    try FileTree.createDirectories(outside)
    try FileTree.removeAll(out + "/logs")
    try SystemCalls.symbolicLink(to: outside, at: out + "/logs")
    expect(try train(market, into: out), .escapingPath, "logs")
    #expect(try SystemCalls.list(outside).isEmpty)
    try FileTree.removeAll(out + "/logs")
    try FileTree.createDirectories(out + "/logs")
    let victim = try market.folder.write("precious", to: "victim")
    try SystemCalls.symbolicLink(to: victim, at: out + "/logs/timing.csv")
    expect(try train(market, into: out), .cannotCreate, "logs/timing.csv")
    #expect(try market.folder.text("victim") == "precious")
  }

  @Test("A damaged file that only other programs read is found before it is handed on")
  func byproducts() throws {
    let market = try MiniMarket()
    let out = market.folder.file("run")
    for file in ["coverage.csv", "drops.csv", "splits/rows_train_by_quarter_3m.npz"] {
      #expect(try market.run("compile").status == 0)
      let path = market.cache + "/panels/" + market.panels[0] + "/" + file
      try flip(path, at: 40)
      let run = try train(market, into: out)
      #expect(run.status == 0 && run.errors.contains("quant: warning: "), "\(run.errors)")
      #expect(try QuantProcess()("verify", out).status == 0)
      try FileTree.removeAll(out)
    }
  }

  @Test("Impossible numbers in a manifest with the right checksums are refused")
  func forgedManifest() throws {
    let market = try MiniMarket()
    #expect(try market.run("compile").status == 0)
    let panel = market.cache + "/panels/" + market.panels[0]
    let original = String(
      decoding: try FileBytes.read(panel + "/compile_manifest.json"), as: UTF8.self)
    let largest = String(Int.max)
    for (text, other) in [
      ("\"embargoDays\": 0,\n  \"fe", "\"embargoDays\": \(largest),\n  \"fe"),
      ("\"embargoDays\": 0,\n  \"fe", "\"embargoDays\": -\(largest),\n  \"fe"),
      ("\"rowsUsed\": ", "\"rowsUsed\": 92233720368547758"),
      ("\"rowCount\": 7", "\"rowCount\": \(largest)"),
      ("\"path\": \"X_global.npy\"", "\"path\": \"../X_global.npy\""),
      ("\"path\": \"X_global.npy\"", "\"path\": \"/etc/passwd\""),
    ] {
      let forged = original.replacingOccurrences(of: text, with: other)
      #expect(forged != original, "\(text)")
      try reseal(panel, forged)
      let result = try QuantProcess()("inspect", panel)
      #expect([65, 66].contains(result.status), "\(other): \(result.errors)")
      #expect(result.errorLines.count == 1, "\(result.errors)")
    }
  }

  /// Writes a manifest with the checksum list that belongs to it.
  private func reseal(_ panel: String, _ manifest: String) throws {
    try AtomicFile.write(text: manifest, to: panel + "/compile_manifest.json")
    let digest = try SHA256.hexadecimal(ofFile: panel + "/compile_manifest.json")
    let list = String(decoding: try FileBytes.read(panel + "/SHA256SUMS"), as: UTF8.self)
    let lines = list.split(separator: "\n").map {
      $0.hasSuffix("  compile_manifest.json") ? "\(digest)  compile_manifest.json" : String($0)
    }
    try AtomicFile.write(text: lines.joined(separator: "\n") + "\n", to: panel + "/SHA256SUMS")
  }

  @Test("A run without its document is a damaged run, and one whose tasks were all skipped failed")
  func runs() throws {
    let market = try MiniMarket()
    let out = market.folder.file("run")
    #expect(try train(market, into: out).status == 0)
    try FileTree.removeAll(out + "/run.json")
    expect(try QuantProcess()("verify", out), .verification, "run.json", "no such file")
    // What a process that died left beside the document does not lock the folder for ever.
    try FileTree.removeAll(out)
    try FileTree.createDirectories(out)
    try AtomicFile.write(text: "", to: TemporaryName.next(in: out))
    #expect(try train(market, into: out).status == 0)
    // Sampling leaves no non-event.
    let alone = try market.run(
      "train", "--quarter", "2014Q2", "--horizon", "3", "--neg-pos-ratio", "0.01", "--out",
      market.folder.file("alone"))
    expect(alone, .oneClass, "one class only")
    #expect(alone.output.isEmpty)
  }

  @Test("Texts with NUL, reversed ranges, columns given twice, and messages as long as a file")
  func texts() throws {
    var market = try MiniMarket()
    market.records = MiniMarket.records.replacingOccurrences(of: "000002,", with: "000001\0,")
    try market.write()
    expect(try market.run("compile"), .encoding, "records.csv:14", "gvkey", "NUL")
    market.records = MiniMarket.records
    for (text, other, field) in [
      ("\"records.csv\"", "\"records.csv\\u0000x\"", "NUL"),
      ("[\"at\", \"ni\"],\n", "[\"at\", \"at\"],\n", "compile.fundamentals[0].values[1]"),
      ("coveredFrom: \"2012", "coveredFrom: \"2015", "compile.events.coveredTo"),
    ] {
      market.configuration = MiniMarket.configuration.replacingOccurrences(of: text, with: other)
      #expect(market.configuration != MiniMarket.configuration)
      try market.write()
      expect(try market.run("compile"), .configuration, field)
    }
    market.configuration = MiniMarket.configuration
    try market.write()
    expect(
      try market.run("train", "--quarter", "2014Q2..2013Q1", "--horizon", "3"), .invalidValue,
      "2003Q1..2012Q4")
    market.records = String(repeating: "a", count: 100_000) + "\n1\n"
    try market.write()
    let long = try market.run("compile")
    expect(long, .missingColumn, "gvkey")
    #expect(long.errors.utf8.count < 3000)
  }

  @Test("Hostile names of firms reach the predictions, and the terminal without control characters")
  func firms() throws {
    let names = [
      "=1+1", "+1", "-1", "@SUM(A1)", "\u{1B}[31mred", "a,b", "a\"b", "a\nb", "\u{202E}evil",
      String(repeating: "x", count: 300), "漢字", "\ttab",
    ]
    var market = try MiniMarket()
    let lines = MiniMarket.records.split(separator: "\n").dropFirst()
    for (index, name) in names.enumerated() {
      let quoted = "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      for line in lines where line.hasPrefix("00000\(index % 8 + 1),") {
        market.records += quoted + line.dropFirst(6) + "\n"
      }
    }
    try market.write()
    let ranking = market.folder.file("ranking.csv")
    let result = try market.run(
      "rank", "--quarter", "2014Q2", "--horizon", "3", "--top", "100", "--out", ranking)
    #expect(result.status == 0, "\(result.errors)")
    for scalar in result.output.unicodeScalars where scalar != "\n" {
      #expect(scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0x202E)
    }
    let table = try CSVReader(threads: 1).read(
      ranking, schema: TableSchema(columns: [ColumnSchema("gvkey", .text)]))
    let column = try table.text("gvkey")
    let firms = (0..<table.rowCount).compactMap { column[$0] }
    for name in names {
      let isFormula = name.first.map { "=+-@\t".contains($0) } ?? false
      #expect(firms.contains((isFormula ? "'" : "") + name), "\(name)")
    }
    #expect(!firms.contains { "=+-@\t\r".contains($0.first ?? "x") })
  }

  @Test("A signal in the middle of a compile leaves one line and no temporary files")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    let result = try QuantProcess().bash(
      """
      cd '\(folder.path)'
      "$QUANT" synth --size tiny --out demo --quiet > list
      for wait in 0.02 0.04 0.06 0.08 0.1 0.12 0.15 0.2; do
        "$QUANT" compile --config demo/demo.json --cache cache --threads 2 --quiet > list &
        job=$!
        sleep $wait
        kill -TERM $job
        wait $job
        case $? in 0|143) ;; *) echo "status $?" ;; esac
        find cache -name '.quant-*'
        rm -rf cache
      done
      """)
    #expect(result.output.isEmpty, "\(result.output)")
    let other = result.errorLines.filter { $0.hasPrefix("quant: error") }
    #expect(other.isEmpty, "\(other)")
  }
}
