import Foundation
import QuantCore
import QuantLearners
import QuantTestSupport
import Testing

@testable import quant

/// `quant fit` and `quant predict` on arrays and tables of one's own.
@Suite("Fit and predict from files") struct FitPredictTests {
  private let data = ["--features", "X.npy", "--labels", "y.npy"]

  @Test("A model of files is that of the library, and so are its predictions")
  func library() throws {
    let bench = try ArrayBench()
    let bytes = try bench.model("--features", "X.npy", "--labels", "y.npy", "--seed", "3")
    let columns = bench.features[0].indices.map { column in bench.features.map { $0[column] } }
    let features = FeatureMatrix(columns: columns)
    let names = columns.indices.map { "f\($0)" }
    let keys = ContentKeys.keys(of: features, names: names, besides: [bench.labels], threads: 1)
    let window = TrainingWindow(
      features: features, rows: 0..<features.rowCount, rowKeys: ArrayFile(keys),
      featureNames: names)
    let learner = GradientBoosting()
    let rows = bench.labels.indices.map { Int32($0) }
    let model = try learner.fit(
      learner.prepare(window, threads: 1),
      TrainingSample(fit: TrainingSample.Rows(rows: rows, labels: bench.labels)),
      configuration: BoostingConfiguration(leaves: 7), iterations: 8, seed: 3, threads: 1,
      continuing: nil
    ) { _ in .proceed }
    #expect(bytes == model.fileBytes)
    let predicted = try bench.run(
      "predict", "--model", "model.gbm", "--features", "X.npy", "--output", "p.npy")
    #expect(predicted.status == 0, "\(predicted.errors)")
    let raw = [Double](capacity: rows.count) { scores in
      model.predictRaw(features, rows: rows.span, into: &scores)
    }
    #expect(try bench.numbers("p.npy") == raw.map { model.probability(raw: $0) })
    #expect(
      try bench.run(
        "predict", "--model", "model.gbm", "--features", "X.npy", "--output", "r.npy", "--raw"
      ).status == 0)
    #expect(try bench.numbers("r.npy") == raw)
  }

  @Test(
    "Order in memory, element type, order of rows, threads and the form of the file change nothing")
  func sameBytes() throws {
    let bench = try ArrayBench()
    let sampled = [
      "--set", "bagging_fraction=0.7", "--set", "feature_fraction=0.6", "--set",
      "min_data_in_leaf=5",
    ]
    func fit(_ features: String, _ labels: String, _ more: [String] = []) throws -> [UInt8] {
      let result = try bench.run(
        ["fit", "--features", features, "--labels", labels, "--model", "m.gbm", "--trees", "8"]
          + sampled + more)
      #expect(result.status == 0, "\(result.errors)")
      return try FileBytes.read(bench.folder.file("m.gbm"))
    }
    let expected = try fit("X.npy", "y.npy")
    let (rows, columns) = (bench.shape[0], bench.shape[1])
    let columnwise = (0..<columns).flatMap { column in bench.features.map { $0[column] } }
    try bench.write("F.npy", columnwise, [rows, columns], fortran: true)
    #expect(try fit("F.npy", "y.npy") == expected)
    try bench.write("D.npy", bench.features.flatMap { $0.map(Double.init) }, [rows, columns])
    try bench.write("y8.npy", bench.labels.map { UInt8($0) }, [rows])
    #expect(try fit("D.npy", "y8.npy", ["--threads", "3"]) == expected)
    let names = (0..<columns).map { "f\($0)" }
    try bench.folder.write(bench.table(names, label: nil), to: "X.csv")
    try bench.folder.write(
      "label\n" + bench.labels.map { "\(Int($0))\n" }.joined(), to: "y.csv")
    #expect(try fit("X.csv", "y.csv", ["--threads", "1"]) == expected)
    // Rows in the opposite order.
    try bench.write("R.npy", bench.features.reversed().flatMap { $0 }, [rows, columns])
    try bench.write("yr.npy", Array(bench.labels.reversed()), [rows])
    #expect(try fit("R.npy", "yr.npy") == expected)
    // Another seed is another model, so that the comparisons mean something.
    #expect(try fit("X.npy", "y.npy", ["--seed", "9"]) != expected)
  }

  @Test("Named columns in another order give the same predictions, and are found by their names")
  func columns() throws {
    let bench = try ArrayBench()
    let names = ["b", "a", "d", "e", "c"]
    try bench.folder.write(bench.table(names), to: "one.csv")
    try bench.folder.write(bench.table(names, order: [4, 2, 0, 1, 3]), to: "two.csv")
    func fit(_ file: String, _ model: String) throws {
      let result = try bench.run(
        "fit", "--features", file, "--label-column", "y", "--model", model, "--trees", "8",
        "--set", "bagging_fraction=0.5", "--set", "feature_fraction=0.5")
      #expect(result.status == 0, "\(result.errors)")
    }
    func predict(_ model: String, _ file: String) throws -> [Double] {
      let result = try bench.run(
        "predict", "--model", model, "--features", file, "--output", "p.npy")
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("1 column that \(model) does not know [Q-WARN-006]"))
      return try bench.numbers("p.npy")
    }
    try fit("one.csv", "one.gbm")
    try fit("two.csv", "two.gbm")
    let expected = try predict("one.gbm", "one.csv")
    #expect(try predict("one.gbm", "two.csv") == expected)
    #expect(try predict("two.gbm", "one.csv") == expected)
    #expect(Set(expected).count > 20)
    // Without names on one side places count.
    let places = try bench.run(
      "predict", "--model", "one.gbm", "--features", "X.npy", "--output", "p.npy", "--quiet")
    #expect(places.status == 0 && places.errors.isEmpty, "\(places.errors)")
    #expect(try bench.numbers("p.npy") == expected)
  }

  @Test("Validation rows choose the trees, and the model is that of so many trees")
  func earlyStopping() throws {
    let bench = try ArrayBench(rows: 600)
    let (rows, columns) = (bench.shape[0], bench.shape[1])
    let cut = 400
    try bench.write("Xt.npy", bench.features[..<cut].flatMap { $0 }, [cut, columns])
    try bench.write("yt.npy", Array(bench.labels[..<cut]), [cut])
    try bench.write("Xv.npy", bench.features[cut...].flatMap { $0 }, [rows - cut, columns])
    try bench.write("yv.npy", Array(bench.labels[cut...]), [rows - cut])
    let fit = [
      "fit", "--features", "Xt.npy", "--labels", "yt.npy", "--set", "min_data_in_leaf=3",
      "--json", "--model",
    ]
    let stopped = try bench.run(
      fit + [
        "stopped.gbm", "--validation-features", "Xv.npy", "--validation-labels", "yv.npy",
        "--patience", "5",
      ])
    #expect(stopped.status == 0, "\(stopped.errors)")
    let json = try #require(stopped.json)
    let best = try #require(json["bestIteration"] as? Int)
    let losses = try #require(json["stopLosses"] as? [Double])
    #expect(json["stoppedEarly"] as? Bool == true && json["trees"] as? Int == best)
    #expect(losses.count == json["iterations"] as? Int && losses.count == best + 5)
    #expect(losses.min() == losses[best - 1])
    let plain = try bench.run(fit + ["plain.gbm", "--trees", "\(best)"])
    #expect(plain.status == 0, "\(plain.errors)")
    #expect(
      try FileBytes.read(bench.folder.file("plain.gbm"))
        == FileBytes.read(bench.folder.file("stopped.gbm")))
    // The loss that stopped the fit is the one that the kept model has.
    let metrics = try #require(json["metrics"] as? [String: [String: Double]])
    let measured = try #require(metrics["validation"]?["log_loss"])
    #expect(abs(measured - losses[best - 1]) < 1e-12)
    // A patience of 0 keeps all trees.
    let all = try bench.run(
      fit + [
        "all.gbm", "--validation-features", "Xv.npy", "--validation-labels", "yv.npy",
        "--patience", "0", "--trees", "12",
      ])
    #expect(all.json?["trees"] as? Int == 12, "\(all.errors)")
  }

  @Test("A model of a + b trees is one of a trees that was continued by b")
  func continued() throws {
    let bench = try ArrayBench()
    func fit(_ model: String, _ trees: Int, _ more: String...) throws {
      let result = try bench.run(
        ["fit"] + data + ["--model", model, "--trees", "\(trees)"] + more)
      #expect(result.status == 0, "\(result.errors)")
    }
    try fit("ten.gbm", 10)
    try fit("six.gbm", 6)
    try fit("more.gbm", 4, "--continue", "six.gbm")
    #expect(
      try FileBytes.read(bench.folder.file("ten.gbm"))
        == FileBytes.read(bench.folder.file("more.gbm")))
  }

  @Test("Parameters under LightGBM's names, its aliases, ours and --set are one and the same")
  func parameters() throws {
    let bench = try ArrayBench()
    func fit(_ text: String, _ more: String...) throws -> [UInt8] {
      try bench.folder.write(text, to: "params.json")
      let result = try bench.run(
        ["fit"] + data + ["--model", "m.gbm", "--params", "params.json"] + more)
      #expect(result.status == 0, "\(text): \(result.errors)")
      return try FileBytes.read(bench.folder.file("m.gbm"))
    }
    let expected = try fit(
      "{\"objective\": \"binary\", \"num_leaves\": 5, \"learning_rate\": 0.2, "
        + "\"num_iterations\": 7, \"seed\": 4, \"bagging_fraction\": 0.8, \"bagging_freq\": 2, "
        + "\"lambda_l2\": 1, \"verbosity\": -1, \"num_threads\": 2}")
    #expect(
      try fit(
        "{ max_leaves: 5, eta: 0.2, n_estimators: 7, random_state: 4, subsample: 0.8, "
          + "subsample_freq: 2, reg_lambda: 1, deterministic: true, max_depth: -1, "
          + "device: \"cpu\", boosting_type: \"gbrt\" }") == expected)
    #expect(
      try fit(
        "{\"leaves\": 5, \"learningRate\": 0.2, \"trees\": 7, \"seed\": 4, \"rowFraction\": 0.8, "
          + "\"rowFrequency\": 2, \"l2\": 1}", "--threads", "1") == expected)
    #expect(
      try fit(
        "{\"leaves\": 6, \"trees\": 9}", "--set", "leaves=5", "--set", "learning_rate=0.2",
        "--trees", "7", "--seed", "4", "--set", "rowFraction=0.8", "--set", "rowFrequency=2",
        "--set", "l2=1", "--set", "objective=binary") == expected)
  }

  @Test("Weights of 1 are no weights, and rows of weight 0 are left out and counted")
  func weights() throws {
    let bench = try ArrayBench()
    let (rows, columns) = (bench.shape[0], bench.shape[1])
    try bench.write("keys.npy", (0..<rows).map { Int64($0) }, [rows])
    let plain = try bench.model(
      "--features", "X.npy", "--labels", "y.npy", "--keys", "keys.npy", "--set",
      "bagging_fraction=0.6")
    try bench.write("w.npy", [Float](repeating: 1, count: rows), [rows])
    let ones = try bench.model(
      "--features", "X.npy", "--labels", "y.npy", "--keys", "keys.npy", "--set",
      "bagging_fraction=0.6", "--weights", "w.npy")
    #expect(ones == plain)
    // Copies of rows that weigh nothing.
    try bench.write(
      "X2.npy", (bench.features + bench.features[..<50]).flatMap { $0 }, [rows + 50, columns])
    try bench.write("y2.npy", bench.labels + bench.labels[..<50], [rows + 50])
    try bench.write("k2.npy", (0..<rows + 50).map { Int64($0) }, [rows + 50])
    let zero = [Float](repeating: 0, count: 50)
    try bench.write("w2.npy", [Float](repeating: 1, count: rows) + zero, [rows + 50])
    let result = try bench.run(
      "fit", "--features", "X2.npy", "--labels", "y2.npy", "--weights", "w2.npy", "--keys",
      "k2.npy", "--model", "m.gbm", "--trees", "8", "--set", "num_leaves=7", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("50 rows of weight 0 left out [Q-WARN-003]"))
    #expect(result.json?["zeroWeightRows"] as? Int == 50)
  }

  @Test("Other learners through the same two commands")
  func logistic() throws {
    let bench = try ArrayBench()
    let fit = try bench.run(
      ["fit"] + data + ["--learner", "logisticSGD", "--model", "m.json", "--trees", "12", "--json"])
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.json?["learner"] as? String == "logisticSGD" && fit.json?["trees"] is NSNull)
    let predict = try bench.run(
      "predict", "--model", "m.json", "--features", "X.npy", "--output", "p.csv", "--json")
    #expect(predict.json?["learner"] as? String == "logisticSGD", "\(predict.errors)")
    let lines = try bench.folder.text("p.csv").split(separator: "\n")
    #expect(lines.count == bench.labels.count + 1 && lines[0] == "prediction")
    let model = try LogisticModel(contentsOf: bench.folder.file("m.json"))
    #expect(model.coefficients[0] > 0.1)
  }

  @Test("The report says what was done, and --json the same for programs")
  func report() throws {
    let bench = try ArrayBench()
    let text = try bench.run(["fit"] + data + ["--model", "m.txt", "--trees", "5"])
    for word in ["400 rows, 5 columns", "5 trees", "log_loss", "auc"] {
      #expect(text.output.contains(word), "\(text.output)")
    }
    for word in ["seconds", "memory", "m.txt"] {
      #expect(text.errors.contains(word), "\(text.errors)")
    }
    let json = try #require(
      try bench.run(["fit"] + data + ["--model", "m.txt", "--trees", "5", "--json"]).json)
    let seconds = try #require(json["seconds"] as? [String: Double])
    #expect(
      Set(seconds.keys)
        == ["read", "keys", "prepare", "fit", "evaluate", "write", "total"])
    let memory = try #require(json["memory"] as? [String: Any])
    #expect(memory["peakMB"] as? Double ?? 0 > 1)
    #expect(memory["peakAnonymousMB"] as? Double ?? 0 > 0.5)
    #expect(json["rows"] as? Int == 400 && json["columns"] as? Int == 5)
    #expect((json["warnings"] as? [Any])?.isEmpty == true)
    let predicted = try #require(
      try bench.run(
        "predict", "--model", "m.txt", "--features", "X.npy", "--output", "p.npy", "--json"
      ).json)
    #expect(predicted["trees"] as? Int == 5 && predicted["rows"] as? Int == 400)
  }
}
