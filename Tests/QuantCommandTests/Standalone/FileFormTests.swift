import QuantCore
import QuantFormats
import QuantLearners
import QuantTestSupport
import Testing

@testable import quant

/// Parquet, texts of NumPy, and what goes where.
@Suite("Forms of files of quant fit and predict") struct FileFormTests {
  private let bench: ArrayBench
  private let names = ["b", "a", "d", "e", "c"]

  init() throws {
    bench = try ArrayBench()
  }

  private func run(_ arguments: String...) throws -> QuantProcess.Result {
    let result = try bench.run(arguments)
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    return result
  }

  private func fitted(_ arguments: String...) throws -> [UInt8] {
    let result = try bench.run(
      ["fit", "--model", "m.gbm", "--trees", "6", "--set", "bagging_fraction=0.6"] + arguments)
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    return try FileBytes.read(bench.folder.file("m.gbm"))
  }

  private func column(_ place: Int) -> [Float] { bench.features.map { $0[place] } }

  private func writeParquet(
    _ name: String, _ columns: [(ParquetColumn, ParquetValues)]
  ) throws {
    try ParquetWriter(columns: columns.map(\.0)).write(
      columns.map(\.1), to: bench.folder.file(name))
  }

  private var features: [(ParquetColumn, ParquetValues)] {
    names.indices.map {
      (ParquetColumn(names[$0], .float, isNullable: true), .floats(column($0)))
    }
  }

  @Test("Parquet gives the model of a table, and predictions that say the same")
  func parquet() throws {
    let label = (ParquetColumn("y", .int32), ParquetValues.int32s(bench.labels.map { Int32($0) }))
    try bench.folder.write(bench.table(names), to: "t.csv")
    try writeParquet("t.parquet", features + [label])
    try writeParquet("X.parquet", features)
    try writeParquet("y.parquet", [label])
    let expected = try fitted("--features", "t.csv", "--label-column", "y")
    #expect(try fitted("--features", "t.parquet", "--label-column", "y") == expected)
    #expect(
      try fitted("--features", "X.parquet", "--labels", "y.parquet", "--threads", "1") == expected)
    // Other columns in between are not read, so texts among them do no harm.
    let firm = TextColumn(bench.labels.indices.map { "firm \($0)" })
    try writeParquet(
      "new.parquet",
      [(ParquetColumn("firm", .string), .texts(firm))] + features.reversed() + [label])
    _ = try run("predict", "--model", "m.gbm", "--features", "X.npy", "--output", "p.npy")
    let found = try run(
      "predict", "--model", "m.gbm", "--features", "new.parquet", "--output", "p.parquet")
    #expect(found.errors.contains("new.parquet: 2 columns that m.gbm does not know [Q-WARN-006]"))
    let table = try ParquetReader().read(
      bench.folder.file("p.parquet"),
      schema: TableSchema(columns: [ColumnSchema("prediction", .float32)]), threads: 1)
    #expect(try table.float32("prediction") == bench.numbers("p.npy").map { Float($0) })
  }

  @Test("Infinite values of Parquet are an error that names them, or missing")
  func infinite() throws {
    var values = column(0)
    values[7] = .infinity
    var columns = features
    columns[0].1 = .floats(values)
    try writeParquet("X.parquet", columns)
    let refused = try bench.run(
      "fit", "--features", "X.parquet", "--labels", "y.npy", "--model", "m.gbm")
    #expect(refused.status == 65 && refused.errors.contains("'b': row 7 is infinite"))
    let accepted = try run(
      "fit", "--features", "X.parquet", "--labels", "y.npy", "--model", "m.gbm", "--infinite",
      "missing")
    #expect(accepted.errors.contains("X.parquet: 1 infinite value taken as missing"))
    // A label that is missing stands in a row; a Parquet file has no lines.
    var labels = bench.labels
    labels[3] = .nan
    try writeParquet(
      "t.parquet",
      features + [(ParquetColumn("y", .float, isNullable: true), .floats(labels))])
    let unlabelled = try bench.run(
      "fit", "--features", "t.parquet", "--label-column", "y", "--model", "m.gbm")
    #expect(unlabelled.status == 65)
    #expect(unlabelled.errors.contains("t.parquet: column 'y': row 3: the label is missing"))
  }

  @Test("Lists of features are written as Parquet, rows of contributions are not")
  func explanations() throws {
    _ = try fitted("--features", "X.npy", "--labels", "y.npy")
    _ = try run("explain", "--model", "m.gbm", "--output", "i.parquet")
    _ = try run("explain", "--model", "m.gbm", "--output", "i.csv")
    let schema = TableSchema(columns: [
      ColumnSchema("feature", .text), ColumnSchema("gain", .float32),
    ])
    let columns = try ParquetReader().read(
      bench.folder.file("i.parquet"), schema: schema, threads: 1)
    let lines = try CSVReader(threads: 1).read(bench.folder.file("i.csv"), schema: schema)
    #expect(columns.rowCount == 5)
    #expect(try columns.text("feature") == lines.text("feature"))
    #expect(try columns.float32("gain") == lines.float32("gain"))
    let refused = try bench.run(
      "explain", "--model", "m.gbm", "--kind", "shap", "--features", "X.npy", "--output",
      "s.parquet")
    #expect(refused.status == 64 && refused.errors.contains("accepted: .npy, .csv, .tsv"))
    #expect(try !FileTree.list(recursively: bench.folder.path).contains("s.parquet"))
  }

  @Test(
    "Keys are one and the same as texts of NumPy in UTF-8 and UTF-32, in a table and in Parquet")
  func keys() throws {
    let keys = bench.labels.indices.map { "zé\($0)" }
    func array(_ type: NPYType, _ element: (String) -> [UInt8]) -> [UInt8] {
      var bytes = NPY.header(type: type, shape: [keys.count])
      for key in keys {
        let text = element(key)
        bytes += text + [UInt8](repeating: 0, count: type.byteCount - text.count)
      }
      return bytes
    }
    func words(_ key: String) -> [UInt8] {
      key.unicodeScalars.flatMap { scalar in
        (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> UInt32(8 * $0)) }
      }
    }
    try bench.folder.write(array(.text(width: 8)) { Array($0.utf8) }, to: "s.npy")
    try bench.folder.write(array(.unicode(width: 6), words), to: "u.npy")
    try bench.folder.write("key\n" + keys.joined(separator: "\n") + "\n", to: "k.csv")
    try writeParquet("k.parquet", [(ParquetColumn("key", .string), .texts(TextColumn(keys)))])
    func model(_ file: String) throws -> [UInt8] {
      try fitted("--features", "X.npy", "--labels", "y.npy", "--keys", file)
    }
    let expected = try model("k.csv")
    for file in ["s.npy", "u.npy", "k.parquet"] { #expect(try model(file) == expected, "\(file)") }
    #expect(try fitted("--features", "X.npy", "--labels", "y.npy") != expected)
    let shown = try run("inspect", "u.npy").output
    #expect(shown.contains("<U6") && shown.contains("zé0 zé1"))
    // Half of a pair of UTF-16 is no character.
    var broken = array(.unicode(width: 6), words)
    broken.replaceSubrange(broken.count - 24..<broken.count - 20, with: [0, 0xD8, 0, 0])
    try bench.folder.write(broken, to: "b.npy")
    let refused = try bench.run(
      "fit", "--features", "X.npy", "--labels", "y.npy", "--keys", "b.npy", "--model", "m.gbm")
    #expect(refused.status == 65 && refused.errors.contains("key of row 399 is no Unicode"))
  }

  @Test("Results go to stdout, the course of the run to stderr, which --quiet leaves out")
  func quiet() throws {
    let fit = ["fit", "--features", "X.npy", "--labels", "y.npy", "--model", "m.gbm"]
    let predict = ["predict", "--features", "X.npy", "--model", "m.gbm", "--output", "p.npy"]
    for command in [fit, predict] {
      let loud = try bench.run(command)
      #expect(loud.status == 0, "\(loud.errors)")
      #expect(loud.errors.contains("seconds") && loud.errors.contains("memory"))
      for options in [["--quiet"], ["--quiet", "--threads", "1"]] {
        let quiet = try bench.run(command + options)
        #expect(quiet.errors.isEmpty && quiet.output == loud.output, "\(quiet.errors)")
        #expect(!quiet.output.contains("seconds") && !quiet.output.contains("memory"))
      }
      #expect(try bench.run(command + ["--json"]).errors.isEmpty)
    }
    #expect(try bench.run(fit + ["--set", "verbosity=-1"]).errors.isEmpty)
  }

  @Test("Measures of ranks look at as many rows as the configuration says", arguments: [3, 25])
  func cutoff(_ cutoff: Int) throws {
    let count = bench.labels.count
    try bench.write("g.npy", [Int32](repeating: 40, count: count / 40), [count / 40])
    let result = try run(
      "fit", "--features", "X.npy", "--labels", "y.npy", "--groups", "g.npy", "--model", "m.gbm",
      "--set", "objective=lambdarank", "--set", "eval_at=\(cutoff)", "--trees", "3", "--json")
    let metrics = try #require(result.json?["metrics"] as? [String: Any])
    let found = try #require(metrics["training"] as? [String: Double])
    let model = try TreeEnsemble(contentsOf: bench.folder.file("m.gbm"))
    let rows = TrainingSample.Rows(
      rows: (0..<count).map { Int32($0) }, labels: bench.labels,
      weights: bench.labels.map { _ in 1 },
      groups: (0..<count).map { Int32($0 / 40) })
    let features = FeatureMatrix(columns: names.indices.map(column))
    func measured(_ cutoff: Int) -> [Double?] {
      PredictionMetrics(
        model, raw: model.rawScores(features, rows: 0..<count, threads: 1), rows: rows,
        rowKeys: ContentKeys.keys(
          of: features, names: names.indices.map { "f\($0)" },
          besides: [
            bench.labels, rows.groups.map { Float(bitPattern: UInt32(bitPattern: $0)) },
          ], threads: 1), cutoff: cutoff, threads: 1
      ).measures.map(\.value)
    }
    for (value, name) in zip(measured(cutoff), ["ndcg", "precision"]) {
      let (value, found) = try (#require(value), #require(found[name]))
      #expect(abs(value - found) < 1e-12, "\(name)")
      let standard = try #require(measured(10)[name == "ndcg" ? 0 : 1])
      #expect(abs(standard - found) > 1e-3, "\(name)")
    }
  }
}
