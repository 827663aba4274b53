import Foundation
import QuantCore
import QuantTestSupport
import Testing

@testable import quant

/// Every bad input gives one line that says what, where and what would be accepted, its exit code,
/// and leaves finished artifacts untouched.
@Suite("Bad input") struct BadInputTests {
  /// Expects one error line with a code and texts in it, nothing on stdout.
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
    #expect(result.output.isEmpty, sourceLocation: location)
    #expect(result.errorLines.last == line, sourceLocation: location)
  }

  /// Breaks a market after a good compile and expects that the first panel survives.
  private func breaking(
    _ code: ErrorCode, _ texts: [String], at location: SourceLocation = #_sourceLocation,
    _ change: (inout MiniMarket) throws -> Void
  ) throws {
    var market = try MiniMarket()
    #expect(try market.run("compile").status == 0, sourceLocation: location)
    let panels = market.panels
    #expect(panels.count == 1, sourceLocation: location)
    try change(&market)
    try market.write()
    let result = try market.run("compile")
    expect(result, code, at: location)
    let line = result.errorLines.last ?? ""
    for text in texts { #expect(line.contains(text), "\(line)", sourceLocation: location) }
    #expect(market.panels == panels, sourceLocation: location)
    let panel = try QuantProcess()("verify", market.cache + "/panels/" + panels[0])
    #expect(panel.status == 0, sourceLocation: location)
  }

  @Test("Missing and unreadable files")
  func files() throws {
    let market = try MiniMarket()
    let quant = QuantProcess()
    expect(try quant("compile", "--config", "/no/such.json"), .missingInput, "/no/such.json")
    expect(
      try quant("compile", "--config", market.folder.path), .unreadableInput, market.folder.path)
    expect(
      try market.run("compile", "--data", "/no/such"), .missingInput, "--data /no/such")
    try FileManager.default.removeItem(atPath: market.folder.file("records.csv"))
    expect(try market.run("compile"), .missingInput, "records.csv")
    try FileManager.default.createDirectory(
      atPath: market.folder.file("records.csv"), withIntermediateDirectories: true)
    expect(try market.run("compile"), .unreadableInput, "records.csv")
    expect(try quant("inspect", "/no/such.npy"), .missingInput, "/no/such.npy")
    expect(try quant("verify", "/no/such"), .missingInput, "/no/such")
  }

  @Test("A wrong column")
  func column() throws {
    try breaking(.missingColumn, ["records.csv", "'nii'", "'ni' (did you mean it?)"]) {
      $0.configuration.replace("\"ni\"],", with: "\"nii\"],")
      $0.configuration.replace("of: [\"at\", \"ni\"]", with: "of: [\"at\", \"nii\"]")
    }
    try breaking(.missingColumn, ["deals.csv", "'announced'"]) {
      $0.deals.replace("gvkey,announced", with: "gvkey,announcedOn")
    }
  }

  @Test("A day that does not exist")
  func date() throws {
    try breaking(.badValue, ["records.csv:3", "datadate", "2012-02-30"]) {
      $0.records.replaceLine(3, field: 1, with: "2012-02-30")
    }
  }

  @Test("Numbers that are none, too many fields, an open quote, no data, two columns of one name")
  func values() throws {
    try breaking(.badValue, ["records.csv:4", "at", "1O5"]) {
      $0.records.replaceLine(4, field: 3, with: "1O5")
    }
    try breaking(.fieldCount, ["records.csv:5"]) {
      $0.records.replaceLine(5, field: 4, with: "1,2")
    }
    try breaking(.quoting, ["records.csv:6"]) { $0.records.replaceLine(6, field: 0, with: "\"00") }
    try breaking(.emptyTable, ["records.csv"]) { $0.records = "" }
    try breaking(.duplicateColumn, ["records.csv", "at"]) {
      $0.records.replace("at,ni", with: "at,at")
    }
  }

  @Test("Infinite values")
  func infinite() throws {
    try breaking(.infiniteValue, ["records.csv:7", "at"]) {
      $0.records.replaceLine(7, field: 3, with: "inf")
    }
    try breaking(.infiniteValue, ["records.csv:7", "at", "1e39"]) {
      $0.records.replaceLine(7, field: 3, with: "1e39")
    }
  }

  @Test("Duplicate keys")
  func duplicates() throws {
    try breaking(.duplicateRecord, ["000001", "2011-12-31", "lines 2, 98"]) {
      $0.records += "000001,2011-12-31,2012-03-15,999,1\n"
    }
  }

  @Test("A horizon longer than the data, or not in the configuration")
  func horizon() throws {
    try breaking(.horizonTooLong, ["120 months"]) {
      $0.configuration.replace("[3, 6]", with: "[3, 120]")
    }
    let market = try MiniMarket()
    expect(
      try market.run("train", "--quarter", "2014Q1", "--horizon", "9"), .unsupportedSplit,
      "9 months",
      "3, 6")
  }

  @Test("An empty panel and an empty, unknown or unsupported quarter")
  func periods() throws {
    try breaking(.emptyPanel, ["noRecord"]) {
      $0.configuration.replace("2012Q1", with: "1990Q1")
      $0.configuration.replace("2014Q4", with: "1995Q4")
      $0.configuration.replace("2012-01-01", with: "1990-01-01")
    }
    let market = try MiniMarket()
    let out = market.folder.file("run")
    func train(_ quarter: String) throws -> QuantProcess.Result {
      try market.run("train", "--quarter", quarter, "--horizon", "3", "--out", out)
    }
    expect(try train("2031Q1"), .unsupportedSplit, "2031Q1", "2012Q1 to 2014Q4")
    expect(try train("2013-05"), .unsupportedSplit, "2013-05", "2012Q1 to 2014Q4")
    expect(try train("2014Q4"), .unsupportedSplit, "2014Q4", "evaluate")
    expect(try train("2012Q2"), .oneClass, "0 events in")
    expect(try train("2012Q1"), .unsupportedSplit, "2012Q1")
    // A refused task leaves no folder behind.
    #expect(!FileManager.default.fileExists(atPath: out))
  }

  @Test("An empty quarter inside the grid")
  func emptyQuarter() throws {
    var market = try MiniMarket()
    // Records of more than 100 days make no row, and nobody reports in 2013Q4.
    market.configuration.replace("labels:", with: "rows: { maximumAgeDays: 100 }, labels:")
    market.records = market.records.split(separator: "\n").filter { !$0.contains(",2013-12-15,") }
      .joined(separator: "\n")
    try market.write()
    expect(
      try market.run("train", "--quarter", "2013Q4", "--horizon", "3"), .unsupportedSplit,
      "2013Q4 has no rows", "evaluate")
  }

  @Test("A field that is mistyped, unknown or out of range; no JSON; an unknown learner or recipe")
  func configuration() throws {
    try breaking(.configuration, ["mini.json", "compile.labels.horizon", "'horizons'"]) {
      $0.configuration.replace("horizons:", with: "horizon:")
    }
    try breaking(.configuration, ["compile.labels.horizons[0]", "\"3\""]) {
      $0.configuration.replace("[3, 6]", with: "[\"3\", 6]")
    }
    try breaking(.configuration, ["compile.grid.frequency", "quaterly", "'quarterly'"]) {
      $0.configuration.replace("\"quarterly\"", with: "\"quaterly\"")
    }
    try breaking(.configuration, ["mini.json:17:1", "the end of the document"]) {
      $0.configuration += "}"
    }
    try breaking(.configuration, ["levl", "level"]) {
      $0.configuration.replace("\"level\"", with: "\"levl\"")
    }
    let market = try MiniMarket()
    expect(
      try market.run("train", "--quarter", "2014Q2", "--horizon", "3", "--learner", "logisticSDG"),
      .configuration, "logisticSDG", "logisticSGD")
  }

  @Test("Coverage below its threshold is a failed gate")
  func coverage() throws {
    try breaking(.coverage, ["coverage.mappedEvents", "0.8"]) {
      $0.configuration.replace(
        "labels:",
        with: "identifiers: { file: \"map.csv\", identifier: \"id\", firm: \"gvkey\" }, "
          + "coverage: { mappedEvents: 0.9 }, labels:")
      $0.configuration.replace(
        "firm: \"gvkey\", announced", with: "firm: \"gvkey\", isMapped: true, announced")
      try $0.folder.write(
        "id,gvkey\n000001,000001\n000002,000002\n000003,000003\n000004,000004\n", to: "map.csv")
    }
  }

  @Test("A disk that fills up half way leaves no half artifact")
  func fullDisk() throws {
    let market = try MiniMarket()
    let script =
      "ulimit -f 2; exec \"$QUANT\" compile --config '\(market.config)' --cache '\(market.cache)'"
    expect(try QuantProcess().bash(script), .noSpace, "File too large")
    #expect(market.panels.isEmpty)
    #expect(try market.run("compile").status == 0)
    // Half way through a run: the panel in the cache stays whole.
    let out = market.folder.file("run")
    func train(_ limit: String) throws -> QuantProcess.Result {
      try QuantProcess().bash(
        "ulimit -f \(limit); exec \"$QUANT\" train --config '\(market.config)' "
          + "--cache '\(market.cache)' --quarter 2013..2014Q3 --horizon 3 --out '\(out)'")
    }
    expect(try train("1"), .noSpace, "run.json", "File too large")
    #expect(try FileTree.list(recursively: out) == ["logs/lock"])
    #expect(try train("unlimited").status == 0)
    // The last file that is written is the largest.
    let size = try FileBytes.read(out + "/run.json").count
    try FileManager.default.removeItem(atPath: out)
    let run = try train(String((size - 1) / 1024))
    expect(run, .noSpace, "File too large")
    let verified = try QuantProcess()("verify", market.cache + "/panels/" + market.panels[0])
    #expect(verified.status == 0)
    expectVerify(out, "run.json: the run did not come to its end")
    let synth = try QuantProcess().bash(
      "ulimit -f 100; exec \"$QUANT\" synth --size tiny --out '\(market.folder.path)/demo'")
    expect(synth, .noSpace, "demo/")
    let left = try FileManager.default.contentsOfDirectory(atPath: market.folder.file("demo"))
    #expect(!left.contains { $0.hasPrefix(".") || $0.hasPrefix("prices") }, "\(left)")
  }

  @Test("Outputs that cannot be created or belong to something else")
  func outputs() throws {
    let market = try MiniMarket()
    let file = try market.folder.write("x", to: "file")
    expect(
      try QuantProcess()("synth", "--size", "tiny", "--out", file + "/demo"), .cannotCreate, file)
    func train(_ out: String, seed: String) throws -> QuantProcess.Result {
      try market.run(
        "train", "--quarter", "2014Q2", "--horizon", "3", "--seed", seed, "--out", out)
    }
    let out = market.folder.file("run")
    #expect(try train(out, seed: "1").status == 0)
    let before = try FileBytes.read(out + "/run.json")
    expect(try train(out, seed: "2"), .otherRun, out, "run ", "accepted: a new or empty folder")
    #expect(try FileBytes.read(out + "/run.json") == before)
    expect(try train(market.folder.path, seed: "1"), .otherRun, "other files")
    let full = try QuantProcess().bash("\"$QUANT\" config schema > /dev/full")
    expect(full, .standardOutput, "standard output")
  }

  @Test("A folder in use, and an operating system that refuses")
  func resources() throws {
    let market = try MiniMarket()
    let out = market.folder.file("run")
    let train =
      "\"$QUANT\" train --config '\(market.config)' --cache '\(market.cache)' --quarter 2014Q2 "
      + "--horizon 3 --quiet --out '\(out)'"
    #expect(try QuantProcess().bash(train).status == 0)
    let busy = try QuantProcess().bash(
      "flock '\(out)/logs/lock' -c '\(train.replacingOccurrences(of: "'", with: ""))'")
    expect(busy, .busy, "logs/lock", "another run")
    expect(
      try QuantProcess().bash("ulimit -n 5; exec \(train)"), .system, "Too many open files")
  }

  @Test("A flipped, cut or missing artifact is never trusted, and verify names file and place")
  func damage() throws {
    let market = try MiniMarket()
    #expect(try market.run("compile").status == 0)
    let panel = market.cache + "/panels/" + market.panels[0]
    let copy = market.folder.file("copy")
    func fresh() throws {
      try? FileManager.default.removeItem(atPath: copy)
      try FileManager.default.copyItem(atPath: panel, toPath: copy)
    }
    try fresh()
    try flip(copy + "/X_global.npy", at: 200)
    expectVerify(copy, "X_global.npy", "from byte 0")
    try fresh()
    let size = try FileBytes.read(copy + "/labels/y_3m.npz").count
    try FileHandle(forUpdating: URL(fileURLWithPath: copy + "/labels/y_3m.npz"))
      .truncate(atOffset: UInt64(size - 9))
    expectVerify(copy, "labels/y_3m.npz", "has \(size - 9) bytes where \(size) are expected")
    expect(try QuantProcess()("inspect", copy), .truncated, "y_3m.npz")
    try fresh()
    try FileManager.default.removeItem(atPath: copy + "/coverage.csv")
    expectVerify(copy, "coverage.csv", "no such file")
    // A damaged panel in the cache is set aside and compiled anew, with a warning.
    try flip(panel + "/metadata_global.npz", at: 100)
    let again = try market.run("compile")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.contains("quant: warning: "))
    #expect(try QuantProcess()("verify", panel).status == 0)
  }

  private func expectVerify(
    _ folder: String, _ texts: String..., at location: SourceLocation = #_sourceLocation
  ) {
    guard let result = try? QuantProcess()("verify", folder) else {
      Issue.record("verify did not run", sourceLocation: location)
      return
    }
    let line = result.errorLines.last ?? ""
    #expect(result.errorLines.count == 1, sourceLocation: location)
    #expect(result.status == 1 && line.hasSuffix("[Q-GATE-002]"), sourceLocation: location)
    for text in texts { #expect(line.contains(text), "\(line)", sourceLocation: location) }
  }

  @Test("A path that escapes the artifact folder")
  func escaping() throws {
    let market = try MiniMarket()
    let out = market.folder.file("run")
    #expect(
      try market.run("train", "--quarter", "2014Q2", "--horizon", "3", "--out", out).status == 0)
    let document = try market.folder.text("run/run.json")
    let forged = document.replacingOccurrences(
      of: "\"metrics/tasks.csv\"", with: "\"../../etc/passwd\"")
    try market.folder.write(Array(forged.utf8), to: "run/run.json")
    expectVerify(out, "run.json: content differs from its checksum")
    try market.folder.write(RunDocument.resealed(Array(forged.utf8)), to: "run/run.json")
    expectVerify(out, "../../etc/passwd: leads outside of")
  }

  @Test("Artifacts of another version or kind")
  func versions() throws {
    let market = try MiniMarket()
    #expect(try market.run("compile").status == 0)
    let panel = market.cache + "/panels/" + market.panels[0]
    let manifest = panel + "/compile_manifest.json"
    var text = String(decoding: try FileBytes.read(manifest), as: UTF8.self)
    text.replace("\"formatVersion\": 1", with: "\"formatVersion\": 999")
    try FileManager.default.removeItem(atPath: manifest)
    try Data(text.utf8).write(to: URL(fileURLWithPath: manifest))
    expect(try QuantProcess()("inspect", panel), .unsupportedVersion, "999")
    expect(try QuantProcess()("inspect", market.config), .foreign, "mini.json")
    expect(try QuantProcess()("verify", market.folder.path), .foreign, "a panel or run folder")
    let renamed = try market.folder.write("no array", to: "a.npy")
    expect(try QuantProcess()("inspect", renamed), .foreign, "a.npy")
  }
}

extension String {
  /// Replaces every occurrence of a text.
  fileprivate mutating func replace(_ text: String, with other: String) {
    self = replacingOccurrences(of: text, with: other)
  }

  /// Replaces one field of one line, counted from 1.
  fileprivate mutating func replaceLine(_ line: Int, field: Int, with text: String) {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var fields = lines[line - 1].split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
    fields[field] = text
    lines[line - 1] = fields.joined(separator: ",")
    self = lines.joined(separator: "\n")
  }
}
