import Foundation
import QuantCore
import QuantLearners
import QuantTestSupport
import Testing

@testable import quant

/// Data from which nothing can be learned give the prior and a warning, as documented.
@Suite("Data without anything to learn") struct DegenerateDataTests {
  /// Fits a few rows and returns the predictions, the report and what was said on stderr.
  private func fit(
    _ features: [Float], columns: Int, labels: [Float], _ more: String...
  ) throws -> (predictions: [Double], json: [String: Any], errors: String) {
    let bench = try ArrayBench(rows: 4)
    try bench.write("X.npy", features, [labels.count, columns])
    try bench.write("y.npy", labels, [labels.count])
    let result = try bench.run(
      ["fit", "--features", "X.npy", "--labels", "y.npy", "--model", "m.txt", "--json"] + more)
    #expect(result.status == 0, "\(result.errors)")
    let predict = try bench.run(
      "predict", "--model", "m.txt", "--features", "X.npy", "--output", "p.npy")
    #expect(predict.status == 0, "\(predict.errors)")
    return (try bench.numbers("p.npy"), try #require(result.json), result.errors)
  }

  @Test("One class: the prior, 1e-15 away from certainty", arguments: [0, 1] as [Float])
  func oneClass(label: Float) throws {
    let rows = (0..<60).map { Float($0) }
    let found = try fit(rows, columns: 1, labels: [Float](repeating: label, count: 60))
    #expect(found.errors.contains("[Q-WARN-001]"))
    #expect(found.json["priorOnly"] as? Bool == true)
    let expected = label == 1 ? 1 - 1e-15 : 1e-15
    #expect(found.predictions.allSatisfy { abs($0 - expected) < 1e-16 })
  }

  @Test("One row, of both objectives")
  func oneRow() throws {
    let binary = try fit([3], columns: 1, labels: [1])
    #expect(binary.errors.contains("[Q-WARN-001]") && binary.predictions[0] > 0.999)
    let regression = try fit([3], columns: 1, labels: [7.5], "--set", "objective=regression")
    #expect(regression.errors.contains("[Q-WARN-001]"))
    #expect(regression.predictions == [7.5])
  }

  @Test("Constant and missing features: the share of events")
  func constant() throws {
    let labels = (0..<100).map { Float($0 % 4 == 0 ? 1 : 0) }
    for value in [Float(2), .nan] {
      let features = [Float](repeating: value, count: 300)
      let found = try fit(features, columns: 3, labels: labels)
      #expect(found.errors.contains("[Q-WARN-002]"), "\(found.errors)")
      #expect(found.predictions.allSatisfy { abs($0 - 0.25) < 1e-12 }, "\(value)")
    }
    let logistic = try fit(
      [Float](repeating: .nan, count: 100), columns: 1, labels: labels, "--learner", "logisticSGD")
    #expect(logistic.errors.contains("[Q-WARN-002]"))
    #expect(logistic.predictions.allSatisfy { abs($0 - 0.25) < 1e-9 })
  }

  @Test("Infinite features as missing are counted, and equal to missing ones")
  func infinite() throws {
    let bench = try ArrayBench()
    let (rows, columns) = (bench.shape[0], bench.shape[1])
    let expected = try bench.model("--features", "X.npy", "--labels", "y.npy")
    var count = 0
    let wild = bench.features.flatMap { $0 }.map { value -> Double in
      guard value.isNaN else { return Double(value) }
      count += 1
      return [Double.infinity, -.infinity, 1e300, -1e39][count % 4]
    }
    try bench.write("W.npy", wild, [rows, columns])
    let result = try bench.run(
      "fit", "--features", "W.npy", "--labels", "y.npy", "--model", "w.gbm", "--trees", "8",
      "--set", "num_leaves=7", "--infinite", "missing", "--json")
    #expect(result.json?["infiniteValues"] as? Int == count, "\(result.errors)")
    #expect(result.errors.contains("[Q-WARN-004]"))
    #expect(try FileBytes.read(bench.folder.file("w.gbm")) == expected)
    let columnwise = (0..<columns).flatMap { column in
      (0..<rows).map { Float(wild[$0 * columns + column]) }
    }
    try bench.write("F.npy", columnwise, [rows, columns], fortran: true)
    for file in ["W.npy", "F.npy", "X.npy"] {
      let predict = try bench.run(
        "predict", "--model", "w.gbm", "--features", file, "--output", "\(file).p.npy",
        "--infinite", "missing", "--json")
      #expect(predict.json?["infiniteValues"] as? Int == (file == "X.npy" ? 0 : count))
    }
    let predictions = try bench.numbers("X.npy.p.npy")
    #expect(try bench.numbers("W.npy.p.npy") == predictions)
    #expect(try bench.numbers("F.npy.p.npy") == predictions)
    let names = (0..<columns).map { "f\($0)" }
    let text = bench.table(names, label: nil).replacingOccurrences(of: "\n,", with: "\n-Infinity,")
    try bench.folder.write(text, to: "w.csv")
    let table = try bench.run(
      "predict", "--model", "w.gbm", "--features", "w.csv", "--output", "t.npy", "--infinite",
      "missing", "--json")
    #expect(table.json?["infiniteValues"] as? Int ?? 0 > 10, "\(table.errors)")
    #expect(try bench.numbers("t.npy") == predictions)
  }
}
