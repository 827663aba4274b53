import QuantCore
import QuantTestSupport
import Testing

@Suite("Timing log") struct TimingLogTests {
  private let header =
    "phase,run_id,quarter,horizon_mo,repeat_id,config_id,cache_hit_compile,n_train_rows,"
    + "n_test_rows,n_features,slice_seconds,fit_seconds,predict_seconds,eval_seconds,"
    + "total_seconds,rss_before_mb,rss_after_mb,notes"

  private func lines(_ path: String) throws -> [String] {
    String(decoding: try FileBytes.read(path), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  @Test("The header is exact, and every phase has its word")
  func phases() throws {
    let folder = try TemporaryFolder()
    let log = TimingLog(path: folder.file("timing.csv"))
    let task = TrainTask(
      period: try #require(Period("2015Q3")), horizon: Horizon(months: 6), repeatIndex: 2,
      configurationID: "abc")
    try log.append(
      TimingRow(phase: .compile, runID: "r", isCacheHit: true, features: 9, totalSeconds: 1.5))
    try log.append(
      TimingRow(
        phase: .trainEval, runID: "r", task: task, trainRows: 10, testRows: 4, features: 9,
        sliceSeconds: 0.1, fitSeconds: 0.2, predictSeconds: 0.3, evaluateSeconds: 0.4,
        totalSeconds: 1.0000004, memoryBefore: 20.1234, memoryAfter: 30, notes: "a, \"b\""))
    try log.append(TimingRow(phase: .automlTrial, runID: "r", totalSeconds: 0))
    try log.append(TimingRow(phase: .stabilityAggregate, runID: "r", totalSeconds: 0))
    #expect(
      try lines(log.path) == [
        header, "compile,r,,,,,true,,,9,,,,,1.5,,,",
        "train_eval,r,2015Q3,6,2,abc,,10,4,9,0.1,0.2,0.3,0.4,1.0,20.123,30.0,\"a, \"\"b\"\"\"",
        "automl_trial,r,,,,,,,,,,,,,0.0,,,", "stability_aggregate,r,,,,,,,,,,,,,0.0,,,",
      ])
    #expect(TimingLog.columns.joined(separator: ",") == header)
  }

  @Test("Lines of several writers do not mix")
  func writers() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("timing.csv")
    try ParallelFor.run(count: 64, threads: 8) { (index) throws(StorageError) in
      try TimingLog(path: path).append(
        TimingRow(
          phase: .compile, runID: "run\(index)", totalSeconds: Double(index),
          notes: String(repeating: "n", count: 500)))
    }
    let found = try lines(path)
    #expect(found.count == 65 && found[0] == header)
    #expect(Set(found.dropFirst().map { $0.split(separator: ",")[1] }).count == 64)
    #expect(found.dropFirst().allSatisfy { $0.hasSuffix("nnn") && $0.count > 500 })
  }

  @Test("A folder that is missing is an error")
  func missing() throws {
    let folder = try TemporaryFolder()
    #expect(throws: StorageError.self) {
      try TimingLog(path: folder.file("no/timing.csv")).append(
        TimingRow(phase: .compile, runID: "r", totalSeconds: 0))
    }
  }

  @Test("The summary has a line for each number")
  func summary() {
    let summary = RunSummary(
      runID: "r", panelFingerprint: "p", compileSeconds: 1.25, isCacheHit: true,
      panelBytes: 2_500_000_000, backtestSeconds: 3, finishedTasks: 4, skippedTasks: 1,
      unmappedDeals: 7, counters: [.compile: 1, .prepare: 4])
    #expect(
      summary.text == """
        run id: r
        panel key: p
        compile time (s): 1.25
        backtest time (s): 3.0
        stability suite time (s): 0.0
        cache hits: 1
        cache misses: 0
        compile artifacts (GB): 2.5
        tasks finished: 4
        tasks skipped: 1
        dropped deals due to missing CIK mapping: 7
        compile.calls: 1
        recipe.calls: 0
        prepare.calls: 4
        join.calls: 0

        """)
  }
}
