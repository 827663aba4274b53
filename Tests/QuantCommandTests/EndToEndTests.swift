import Foundation
import QuantTestSupport
import Testing

@testable import quant

@Suite("From synth to verify") struct EndToEndTests {
  @Test("The whole path on tiny demonstration data, twice")
  func wholePath() throws {
    let folder = try TemporaryFolder()
    var quant = QuantProcess()
    quant.directory = folder.path
    quant.environment["QUANT_CACHE"] = folder.file("cache")

    let synth = try quant("synth", "--out", "demo", "--size", "tiny", "--json")
    #expect(synth.status == 0, "\(synth.errors)")
    let files = try #require(synth.json?["files"] as? [[String: Any]]).compactMap {
      $0["file"] as? String
    }
    #expect(files.contains("demo.json") && files.contains("prices.csv"))

    let compile = try quant("compile", "--config", "demo/demo.json", "--json")
    #expect(compile.status == 0, "\(compile.errors)")
    #expect(compile.json?["cacheHit"] as? Bool == false)
    #expect(compile.json?["schemaVersion"] as? Int == 1)
    #expect(compile.errors.contains("compiled in"))

    let train = try quant(
      "train", "--config", "demo/demo.json", "--quarter", "2018Q1", "--horizon", "3", "--out",
      "run",
      "--json")
    #expect(train.status == 0, "\(train.errors)")
    #expect(train.json?["cacheHit"] as? Bool == true)
    #expect(train.errors.contains("compile cache hit"))
    let tasks = try #require(train.json?["tasks"] as? [[String: Any]])
    #expect(tasks.count == 1 && tasks[0]["status"] as? String == "finished")

    // The same run again writes the same bytes and one more line for the compile and the task.
    let before = try digests(folder.file("run"))
    let again = try quant(
      "train", "--config", "demo/demo.json", "--quarter", "2018Q1", "--horizon", "3", "--out", "run"
    )
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("AUC"))
    #expect(try digests(folder.file("run")) == before)
    let timing = try folder.text("run/logs/timing.csv").split(separator: "\n")
    #expect(
      timing[0]
        == "phase,run_id,quarter,horizon_mo,repeat_id,config_id,cache_hit_compile,n_train_rows,n_test_rows,n_features,slice_seconds,fit_seconds,predict_seconds,eval_seconds,total_seconds,rss_before_mb,rss_after_mb,notes"
    )
    #expect(timing.count == 5)
    #expect(timing.count { $0.hasPrefix("compile,") } == 2)
    let summary = try folder.text("run/logs/summary.txt")
    #expect(summary.contains("cache hits: 1\n") && summary.contains("compile.calls: 0\n"))

    // Hard links: the panel costs nothing.
    let key = try #require(train.json?["panelKey"] as? String)
    let linked = try FileManager.default.attributesOfItem(atPath: folder.file("run/X_global.npy"))
    let cached = try FileManager.default.attributesOfItem(
      atPath: folder.file("cache/panels/\(key)/X_global.npy"))
    #expect(linked[.systemFileNumber] as? Int == cached[.systemFileNumber] as? Int)

    let rank = try quant(
      "rank", "--config", "demo/demo.json", "--quarter", "latest", "--horizon", "3", "--top", "7",
      "--out", "ranking.csv", "--json")
    #expect(rank.status == 0, "\(rank.errors)")
    #expect((rank.json?["ranking"] as? [Any])?.count == 7)
    #expect(rank.json?["quarter"] as? String == "2021Q1")
    let ranking = try folder.text("ranking.csv").split(separator: "\n")
    #expect(ranking.count == 1 + (rank.json?["firms"] as? Int ?? -1))
    #expect(ranking[1].hasSuffix(",1,true"))

    let verify = try quant("verify", "run")
    #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
    #expect(verify.output.hasPrefix("intact"))
    let panel = try quant("verify", "cache/panels/\(key)", "--json")
    #expect(panel.status == 0 && panel.json?["isIntact"] as? Bool == true)

    let inspect = try quant("inspect", "run", "--json")
    #expect(inspect.status == 0, "\(inspect.errors)")
    #expect(inspect.json?["kind"] as? String == "run")
    #expect((inspect.json?["periods"] as? [Any])?.count == 32)
    for file in [
      "run/X_global.npy", "run/labels/y_3m.npz", "run/metadata_global.npz",
      "run/splits/rows_test_by_quarter.npz", "run/metrics/tasks.csv", "demo/prices.csv",
    ] {
      let text = try quant("inspect", file)
      #expect(text.status == 0 && !text.output.isEmpty, "\(file): \(text.errors)")
      #expect(try quant("inspect", file, "--json").json != nil)
    }

    // A damaged file is found, named with its place, and answered with 1.
    let flipped = folder.file("run/predictions/quarter=2018Q1/horizon=3/repeat=0")
    let config = try #require(FileManager.default.contentsOfDirectory(atPath: flipped).first)
    try flip("\(flipped)/\(config)/predictions.csv", at: 40)
    let damaged = try quant("verify", "run")
    #expect(damaged.status == 1)
    #expect(damaged.errorLines.count == 1)
    #expect(damaged.errors.contains("predictions.csv: content differs"))
    #expect(damaged.errors.contains("[Q-GATE-002]"))
  }

  @Test("A walk forward records what the data does not support as skipped")
  func walkForward() throws {
    let market = try MiniMarket()
    let result = try market.run(
      "train", "--quarter", "all", "--horizon", "3", "--out", market.folder.file("run"), "--json")
    #expect(result.status == 0, "\(result.errors)")
    let tasks = try #require(result.json?["tasks"] as? [[String: Any]])
    #expect(tasks.count == 12)
    let statuses = tasks.compactMap { $0["status"] as? String }
    // No event is known before 2012Q4, and 2014Q4 has no known label.
    #expect(statuses.prefix(3).allSatisfy { $0 == "skipped" })
    #expect(statuses.last == "skipped")
    #expect(statuses.contains("finished"))
    let table = try market.folder.text("run/metrics/tasks.csv")
    #expect(table.contains("one class only"))
    // A one-class test period has undefined metrics: empty cells, never NaN.
    let metrics = try market.folder.text("run/metrics/quarter_metrics.csv")
    #expect(!metrics.lowercased().contains("nan"))
    #expect(metrics.split(separator: "\n").contains { $0.contains(",,,") })
    #expect(try QuantProcess()("verify", market.folder.file("run")).status == 0)
  }

  @Test("Repeats, seeds and sampling options reach the tasks")
  func options() throws {
    let market = try MiniMarket()
    let result = try market.run(
      "train", "--quarter", "2014Q2", "--horizon", "3", "--repeats", "2", "--neg-pos-ratio", "7",
      "--seed", "5", "--exclude-pit-risk", "--out", market.folder.file("run"))
    #expect(result.status == 0, "\(result.errors)")
    let lines = try market.folder.text("run/metrics/tasks.csv").split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].contains(",7.0,") && lines[1].contains("logisticSGD,5,"))
    let none = try market.run(
      "train", "--quarter", "2014Q2", "--horizon", "3", "--mode", "none", "--out",
      market.folder.file("other"), "--json")
    let tasks = try #require(none.json?["tasks"] as? [[String: Any]])
    let sampling = try #require(tasks[0]["sampling"] as? [String: Any])
    #expect(sampling["negativesKept"] as? Int == sampling["negativesAvailable"] as? Int)
  }

  @Test("config show prints what config reads, and learners and schema list every field")
  func config() throws {
    let market = try MiniMarket()
    let shown = try market.run("config", "show").output
    #expect(shown.isEmpty)  // --cache is no option of config
    let quant = QuantProcess()
    let first = try quant("config", "show", "--config", market.config)
    #expect(first.status == 0, "\(first.errors)")
    let copy = try market.folder.write(first.output, to: "copy.json")
    #expect(try quant("config", "show", "--config", copy).output == first.output)
    let schema = try quant("config", "schema", "--json")
    let fields = try #require(schema.json?["fields"] as? [[String: Any]])
    let paths = fields.compactMap { $0["path"] as? String }
    for path in [
      "compile.labels.horizons", "train.sampling.mode", "evaluate.topK", "learner[logisticSGD].l2",
      "compile.features[ratio].recipe",
    ] {
      #expect(paths.contains(path), "\(path)")
    }
    #expect(fields.allSatisfy { !(($0["help"] as? String) ?? "").isEmpty })
    #expect(try quant("learners", "--json").json?["learners"] != nil)
    #expect(try quant("config", "schema", "--config", copy).status == 64)
  }

  /// The bytes of every file but the logs.
  private func digests(_ root: String) throws -> [String: Data] {
    var result: [String: Data] = [:]
    for name in try #require(FileManager.default.enumerator(atPath: root)) {
      guard let name = name as? String, !name.hasPrefix("logs") else { continue }
      result[name] = FileManager.default.contents(atPath: root + "/" + name)
    }
    return result
  }
}

/// Changes one bit of a file in place.
func flip(_ path: String, at offset: Int) throws {
  let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
  defer { try? handle.close() }
  try handle.seek(toOffset: UInt64(offset))
  let byte = try handle.read(upToCount: 1)?.first ?? 0
  try handle.seek(toOffset: UInt64(offset))
  try handle.write(contentsOf: Data([byte ^ 1]))
}
