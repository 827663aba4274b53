import QuantCore
import QuantTestSupport
import Testing

@Suite("Run tables") struct RunTablesTests {
  private let panel: CompiledPanel
  private let task: TrainTask
  private let result: FitResult

  init() throws {
    panel = MemoryPanel(periods: 20, rowsPerPeriod: 40).make()
    task = TrainTask(
      period: try #require(Period("2003Q4")), horizon: Horizon(months: 3), configurationID: "c")
    result = try trainEvalOne(
      task, in: panel, learner: ScriptedLearner(), configuration: ScriptedLearner.Configuration(),
      train: TrainConfiguration(), evaluate: EvaluationRule(), threads: 1)
  }

  /// The rows of a table as cells by column name; no cell of these tables has a comma inside.
  private func rows(_ table: ResultTable) -> [[String: String]] {
    String(decoding: table.encoded(), as: UTF8.self).split(separator: "\n").dropFirst().map {
      let cells = $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(table.columns, cells)) { first, _ in first }
    }
  }

  @Test("Predictions have every test row once, in the order of the panel or of the rank")
  func predictions() throws {
    let table = RunTables.predictions(of: result.ranking, labels: result.y, in: panel)
    #expect(
      table.columns.joined(separator: ",")
        == "quarter,horizon_mo,repeat_id,config_id,row,gvkey,datadate,snapshot_ts,y,score,p_raw,rank,selected"
    )
    let found = rows(table)
    #expect(found.compactMap { $0["row"].flatMap { Int($0) } } == Array(result.testRows))
    for (index, row) in found.enumerated() {
      #expect(row["gvkey"] == panel.firmKeys[result.testRows.lowerBound + index])
      #expect(row["snapshot_ts"] == "2003-12-31" && row["quarter"] == "2003Q4")
      #expect(row["y"] == String(result.y[index]))
      #expect(row["score"].flatMap(Double.init) == result.raw[index])
      #expect(row["p_raw"].flatMap(Double.init) == result.probability[index])
    }
    #expect(found.count { $0["selected"] == "true" } == result.selection.count)
    let ranked = rows(
      RunTables.predictions(of: result.ranking, labels: nil, in: panel, order: .rank))
    #expect(ranked.compactMap { $0["rank"].flatMap { Int($0) } } == Array(1...40))
    #expect(ranked.allSatisfy { $0["y"] == "" })
  }

  @Test("Undefined metrics are empty cells")
  func metrics() throws {
    var memory = MemoryPanel(periods: 20, rowsPerPeriod: 40)
    memory.periodsWithoutEvents = [15]
    let quiet = try trainEvalOne(
      task, in: memory.make(), learner: ScriptedLearner(),
      configuration: ScriptedLearner.Configuration(), train: TrainConfiguration(),
      evaluate: EvaluationRule(), threads: 1)
    let found = rows(RunTables.quarterMetrics([result, quiet]))
    #expect(found[0]["auc"].flatMap(Double.init) == result.metrics.areaUnderROC.number)
    #expect(found[0]["n_test_rows"] == "40")
    #expect(found[1]["auc"] == "" && found[1]["n_events"] == "0")
    #expect(found[1]["hits_at_10"] == "0" && found[1]["log_loss"] != "")
  }

  @Test("The task table has finished and skipped tasks")
  func tasks() throws {
    let error = TrainError.split(.emptyPeriod(task.period, support: []))
    let table = RunTables.tasks(
      [.finished(result), .skipped(task, error)], train: TrainConfiguration(),
      panelFingerprint: "key")
    let found = rows(table)
    #expect(found.map { $0["status"] } == ["finished", "skipped"])
    #expect(found[0]["window_rows"] == String(result.split.counts.windowRows))
    #expect(found[0]["negatives_kept"] == String(result.sampling.negativesKept))
    #expect(found[0]["iterations"] == String(result.iterations.chosen))
    #expect(found[0]["n_features"] == "6" && found[0]["panel_key"] == "key")
    #expect(found[1]["reason"] == error.description)
    #expect(found[1]["fit_seed"] == found[0]["fit_seed"])
  }

  @Test("Calibration has both binnings, and its counts sum to the test rows")
  func calibration() throws {
    let found = rows(RunTables.calibration([result]))
    #expect(found.count == 20)
    for binning in ["equalWidth", "equalMass"] {
      let counts = found.filter { $0["binning"] == binning }
        .compactMap { $0["n_rows"].flatMap { Int($0) } }
      #expect(counts.reduce(0, +) == result.metrics.rows)
    }
  }

  @Test("Coverage tells where every row went")
  func coverage() throws {
    var manifest = panel.manifest
    manifest.sources = [
      SourceAccount(
        source: "events", rowsIn: 10, rowsUsed: 5,
        dropped: [
          DropCount(reason: "missingIdentifier", count: 3),
          DropCount(reason: "outsideGrid", count: 1),
          DropCount(reason: "unmappedIdentifier", count: 1),
        ])
    ]
    manifest.coverage = ["b": 0.5, "a": 1]
    let text = String(decoding: RunTables.coverage(manifest).encoded(), as: UTF8.self)
    #expect(
      text.hasPrefix(
        """
        section,source,measure,reason,value
        source,events,rows_in,,10
        source,events,rows_used,,5
        source,events,dropped,missingIdentifier,3
        source,events,dropped,outsideGrid,1
        source,events,dropped,unmappedIdentifier,1
        grid,
        """.trimmingLastLine))
    #expect(text.hasSuffix("rate,,a,,1.0\nrate,,b,,0.5\n"))
    #expect(RunTables.unmappedDeals(manifest) == 4)
  }
}

extension String {
  /// The text without its last line, whose content the test does not look at.
  fileprivate var trimmingLastLine: String {
    split(separator: "\n").dropLast().joined(separator: "\n")
  }
}
