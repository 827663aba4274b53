import Foundation
import QuantCore
import QuantTestSupport
import Testing

@testable import quant

/// Every input that cannot be used gives one line with a code, and no output.
@Suite("Hostile arrays, tables and models") struct HostileArraysTests {
  @Test("Refused with one line, the code and the place", arguments: HostileCase.all)
  func refused(_ hostile: HostileCase) throws {
    let bench = try ArrayBench()
    _ = try bench.model("--features", "X.npy", "--labels", "y.npy")
    try hostile.prepare(bench)
    let before = try contents(bench)
    let result = try bench.run(hostile.arguments)
    let lines = result.errorLines
    #expect(lines.count == 1, "\(result.errors)")
    let line = lines.first ?? ""
    #expect(line.hasPrefix("quant: error: "), "\(line)")
    #expect(line.hasSuffix("[\(hostile.code.rawValue)]"), "\(line)")
    for text in hostile.texts { #expect(line.contains(text), "\(line)") }
    #expect(result.status == hostile.code.exitCode.rawValue, "\(line)")
    #expect(result.output.isEmpty)
    // Neither an output nor a temporary file; inputs as they were.
    #expect(try contents(bench) == before)
  }

  private func contents(_ bench: ArrayBench) throws -> [String: UInt64] {
    var contents: [String: UInt64] = [:]
    for name in try bench.folder.names() {
      let path = bench.folder.file(name)
      if FileTree.isDirectory(path) {
        contents[name] = 0
        continue
      }
      let bytes = try FileBytes.read(path)
      contents[name] = XXH64.hash(bytes.span.numberBytes)
    }
    return contents
  }

  @Test("The catalogue is long, and its names differ")
  func catalogue() {
    #expect(HostileCase.all.count >= 100)
    #expect(Set(HostileCase.all.map(\.name)).count == HostileCase.all.count)
  }

  @Test("A disk that fills up leaves the old model as it was")
  func fullDisk() throws {
    let bench = try ArrayBench()
    let model = try bench.model("--features", "X.npy", "--labels", "y.npy")
    let script =
      "cd '\(bench.folder.path)'; ulimit -f 1; exec \"$QUANT\" fit --features X.npy --labels y.npy "
      + "--model model.gbm --trees 200"
    let result = try QuantProcess().bash(script)
    #expect(result.status == 74, "\(result.errors)")
    #expect(try FileBytes.read(bench.folder.file("model.gbm")) == model)
    #expect(try !bench.folder.names().contains { $0.hasPrefix(".quant-") })
  }

  @Test("A truncation of any length never gives a model or predictions")
  func truncations() throws {
    let bench = try ArrayBench(rows: 20, columns: 2)
    _ = try bench.model("--features", "X.npy", "--labels", "y.npy", "--set", "min_data_in_leaf=1")
    for name in ["X.npy", "model.gbm"] {
      let bytes = try FileBytes.read(bench.folder.file(name))
      for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
        try bench.folder.write(Array(bytes.prefix(length)), to: "cut.\(name)")
        let result = try bench.run(
          "predict", "--model", name == "X.npy" ? "model.gbm" : "cut.model.gbm", "--features",
          name == "X.npy" ? "cut.X.npy" : "X.npy", "--output", "p.npy")
        #expect(result.status == 65, "\(name) \(length): \(result.errors)")
      }
    }
    #expect(try !bench.folder.names().contains("p.npy"))
  }
}
