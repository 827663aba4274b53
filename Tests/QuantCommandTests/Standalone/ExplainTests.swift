import Foundation
import QuantCore
import QuantLearners
import QuantTestSupport
import Testing

@testable import quant

/// `quant explain` gives what the library gives, in files that others read.
@Suite("Explain a model") struct ExplainTests {
  private let bench: ArrayBench
  private let model: TreeEnsemble
  private let features: FeatureMatrix

  init() throws {
    bench = try ArrayBench()
    _ = try bench.model("--features", "X.npy", "--labels", "y.npy")
    model = try TreeEnsemble(contentsOf: bench.folder.file("model.gbm"))
    let rows = bench.features
    features = FeatureMatrix(columns: rows[0].indices.map { column in rows.map { $0[column] } })
  }

  private func explain(_ arguments: String...) throws -> QuantProcess.Result {
    let result = try bench.run(["explain", "--model", "model.gbm"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result
  }

  @Test(
    "Importances as an array in column order, as a table and list in descending order",
    arguments: [("gain", ImportanceKind.gain), ("split", .splits), ("cover", .cover)])
  func importances(name: String, kind: ImportanceKind) throws {
    let expected = model.importances(kind)
    _ = try explain("--kind", name, "--output", "i.npy")
    #expect(try bench.numbers("i.npy") == expected)
    let printed = try explain("--kind", name, "--output", "i.csv").output
    let lines = try bench.folder.text("i.csv").split(separator: "\n").map(String.init)
    #expect(lines[0] == "feature,\(name)" && lines.count == 6)
    let order = expected.indices.sorted { expected[$0] > expected[$1] }
    #expect(lines[1] == "f\(order[0]),\(expected[order[0]])")
    #expect(printed.split(separator: "\n")[1].hasPrefix("f\(order[0]) "))
    let json = try #require(try explain("--kind", name, "--json").json)
    let listed = try #require(json["features"] as? [[String: Any]])
    #expect(listed.map { $0["feature"] as? String } == order.map { "f\($0)" })
    #expect(listed.map { $0[name] as? Double } == order.map { expected[$0] })
  }

  @Test("Contributions add up to the raw scores; leaves are those of the library")
  func tables() throws {
    let rows = bench.labels.indices.map { Int32($0) }
    _ = try explain("--kind", "shap", "--features", "X.npy", "--output", "s.npy")
    let contributions = try model.contributions(features, rows: rows.span)
    let array = try NumericArray(path: bench.folder.file("s.npy"))
    #expect(array.rowCount == 400 && array.columnCount == 6)
    #expect(array.doubles() == contributions)
    let raw = model.rawScores(features, rows: 0..<400, threads: 1)
    for row in 0..<400 {
      let sum = contributions[row * 6..<row * 6 + 6].reduce(0, +)
      #expect(abs(sum - raw[row]) < 1e-12)
    }
    _ = try explain("--kind", "leaves", "--features", "X.npy", "--output", "l.npy")
    let leaves = try NumericArray(path: bench.folder.file("l.npy"))
    #expect(leaves.rowCount == 400 && leaves.columnCount == model.trees.count)
    #expect(leaves.header.type == .int32)
    #expect(leaves.doubles().map { Int32($0) } == model.leafIndices(features, rows: rows.span))
    // A table of another order of columns, on other threads.
    try bench.folder.write(bench.table(["f0", "f1", "f2", "f3", "f4"], label: nil), to: "X.csv")
    _ = try explain(
      "--kind", "shap", "--features", "X.csv", "--output", "s.csv", "--threads", "3", "--quiet")
    let lines = try bench.folder.text("s.csv").split(separator: "\n")
    #expect(lines.count == 401 && lines[0] == "f0,f1,f2,f3,f4,expected")
    #expect(
      lines[7].split(separator: ",").compactMap { Double($0) } == Array(contributions[36..<42]))
  }

  @Test("Shuffles: any model, any order of rows, and a feature without a part loses nothing")
  func permutation() throws {
    let arguments = [
      "--kind", "permutation", "--features", "X.npy", "--labels", "y.npy", "--output", "p.npy",
    ]
    func losses(_ model: String, _ more: String...) throws -> [Double] {
      let result = try bench.run(["explain", "--model", model] + arguments + more)
      #expect(result.status == 0, "\(result.errors)")
      return try bench.numbers("p.npy")
    }
    let expected = try losses("model.gbm")
    #expect(expected.count == 10 && expected[0] > 0.02)
    #expect(try losses("model.gbm", "--threads", "3") == expected)
    #expect(try losses("model.gbm", "--seed", "5") != expected)
    let fit = try bench.run(
      "fit", "--features", "X.npy", "--labels", "y.npy", "--learner", "logisticSGD", "--model",
      "l.json")
    #expect(fit.status == 0)
    #expect(try losses("l.json")[0] > 0.02)
    try bench.write("X.npy", bench.features.reversed().flatMap { $0 }, bench.shape)
    try bench.write("y.npy", Array(bench.labels.reversed()), [400])
    for (found, wanted) in zip(try losses("model.gbm"), expected) {
      #expect(abs(found - wanted) < 1e-12)
    }
  }

  @Test("Options that are missing or mean nothing are refused")
  func options() throws {
    for (arguments, text) in [
      (["--kind", "shap", "--output", "s.npy"], "needs --features"),
      (["--kind", "shap", "--features", "X.npy"], "needs --output"),
      (["--kind", "leaves", "--features", "X.npy"], "needs --output"),
      (["--kind", "permutation", "--features", "X.npy"], "needs --labels"),
      (["--kind", "gain", "--features", "X.npy"], "means nothing to --kind gain"),
      (["--kind", "leaves", "--features", "X.npy", "--output", "l.npy", "--seed", "1"], "--seed"),
      (["--kind", "gains"], "gain, split"),
    ] {
      let result = try bench.run(["explain", "--model", "model.gbm"] + arguments)
      #expect(result.status == 64, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(text), "\(result.errors)")
      #expect(result.errorLines.count == 1)
    }
  }

  @Test("Models without trees or covers are refused by name")
  func refused() throws {
    _ = try bench.run(
      "fit", "--features", "X.npy", "--labels", "y.npy", "--learner", "logisticSGD", "--model",
      "l.json")
    let linear = try bench.run("explain", "--model", "l.json")
    #expect(linear.status == 65 && linear.errors.contains("no trees"))
    try bench.write("one.npy", [Float](repeating: 1, count: 400), [400])
    _ = try bench.run(
      "fit", "--features", "X.npy", "--labels", "one.npy", "--model", "prior.gbm", "--quiet")
    let leaves = try bench.run(
      "explain", "--model", "prior.gbm", "--kind", "leaves", "--features", "X.npy", "--output",
      "l.npy")
    #expect(leaves.status == 65 && leaves.errors.contains("without trees"))
    #expect(try !bench.folder.names().contains("l.npy"))
  }
}
