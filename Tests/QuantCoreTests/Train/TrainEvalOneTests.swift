import QuantCore
import QuantTestSupport
import Testing

@Suite("trainEvalOne")
struct TrainEvalOneTests {
  private let three = Horizon(months: 3)

  private var maker: MemoryPanel {
    var maker = MemoryPanel(periods: 12, rowsPerPeriod: 60)
    maker.intercept = -1
    return maker
  }

  private var train: TrainConfiguration {
    var train = TrainConfiguration()
    train.split.minimumEvents = 3
    train.split.stopPeriods = 2
    return train
  }

  private func task(_ period: String, repeatIndex: Int = 0) throws -> TrainTask {
    TrainTask(
      period: try #require(Period(period)), horizon: three, repeatIndex: repeatIndex,
      configurationID: "test")
  }

  private func windowSplit(
    _ period: String, _ panel: CompiledPanel, _ train: TrainConfiguration
  ) throws -> WindowSplit {
    try WindowSplit.make(
      for: try #require(Period(period)), horizon: three, in: panel, rule: train.split,
      excludingRisky: train.excludePitRisk)
  }

  private func run(
    _ period: String, losses: [Double] = [1], in panel: CompiledPanel,
    learner: ScriptedLearner = ScriptedLearner(), train: TrainConfiguration? = nil
  ) throws -> FitResult {
    var configuration = ScriptedLearner.Configuration()
    configuration.losses = losses
    return try trainEvalOne(
      task(period), in: panel, learner: learner, configuration: configuration,
      train: train ?? self.train, evaluate: EvaluationRule(), threads: 1)
  }

  @Test("Iterations with the lowest stop loss are chosen and the whole window is fitted again")
  func earlyStopping() throws {
    let panel = maker.make()
    let learner = ScriptedLearner()
    var train = train
    train.sampling = SamplingPolicy(mode: .none)
    let result = try run(
      "2002Q3", losses: [5, 4, 3, 3.5, 3.25, 1], in: panel, learner: learner, train: train)
    #expect(result.iterations.chosen == 3)
    #expect(result.iterations.isEarlyStopped)
    #expect(result.iterations.stopCurve == [5, 4, 3, 3.5, 3.25])
    let calls = learner.recorder.calls
    let split = try windowSplit("2002Q3", panel, train)
    #expect(result.split == split.summary)
    #expect(calls.count == 2)
    #expect(calls[0].fit.rows == split.fit)
    #expect(calls[0].stop?.rows == split.stop)
    #expect(calls[0].ran == 5)
    #expect(calls[1].fit.rows == split.training)
    #expect(calls[1].stop == nil)
    #expect(result.iterations.stopMetric == "loss")
    #expect(calls[1].iterations == 3)
    #expect(calls[0].seed == calls[1].seed)
    #expect(calls.allSatisfy { $0.isGuarded }, "compiling inside of training must throw")
    #expect(!PhaseGuard.isTraining)
  }

  @Test("Fit and stop rows are grouped by their periods")
  func groups() throws {
    let panel = maker.make()
    let learner = ScriptedLearner()
    _ = try run("2002Q3", in: panel, learner: learner)
    let calls = learner.recorder.calls
    #expect(calls.count == 2)
    for rows in calls.map(\.fit) + calls.compactMap(\.stop) {
      #expect(rows.groups == rows.rows.map { panel.quarterIDs[Int($0)] })
      #expect(Set(rows.groups).count > 1)
    }
  }

  @Test("A metric of which more is better stops at its largest value")
  func largerIsBetter() throws {
    let report = IterationReport(
      iteration: 3, stop: StopMeasure(name: "auc", value: 0.75, isLargerBetter: true))
    #expect(report.stopLoss == 0.25 && report.stopMetric == "auc")
    let better = StopMeasure(name: "auc", value: 0.8, isLargerBetter: true)
    #expect(better.loss < 0.25)
    #expect(IterationReport(iteration: 1, stopLoss: nil).stopMetric == nil)
    #expect(StopMeasure(name: "rmse", value: 4, isLargerBetter: false).loss == 4)
  }

  @Test("Without a stop tail the fixed number of iterations is used and the reason given")
  func fixedIterations() throws {
    var train = train
    train.split.minimumEvents = 100_000
    let learner = ScriptedLearner()
    let result = try run("2002Q3", in: maker.make(), learner: learner, train: train)
    #expect(result.iterations.chosen == 4)
    #expect(!result.iterations.isEarlyStopped)
    #expect(learner.recorder.calls.count == 1)
    guard case .fixed(.tooFewEvents) = result.split.stopping else {
      Issue.record("no reason: \(result.split.stopping)")
      return
    }
    train.budget.fixedIterations = 7
    #expect(try run("2002Q3", in: maker.make(), train: train).iterations.chosen == 7)
  }

  @Test("Sampling touches training rows only; the whole test period is predicted and ranked")
  func fullTestPeriod() throws {
    let panel = maker.make()
    var plain = train
    plain.sampling = SamplingPolicy(mode: .none)
    var dev = train
    dev.sampling = SamplingPolicy(negativesPerPositive: 1)
    let (all, sampled) = (
      try run("2002Q3", in: panel, train: plain), try run("2002Q3", in: panel, train: dev)
    )
    #expect(!all.sampling.isSampled && sampled.sampling.isSampled)
    #expect(sampled.sampling.positives == all.sampling.positives)
    #expect(sampled.testRows == all.testRows && sampled.raw == all.raw)
    #expect(all.split == sampled.split)
    #expect(all.raw.count == 60 && all.y.count == 60)
    #expect(all.rank.sorted() == (1...60).map { Int32($0) })
    #expect(all.selection.count == 50)
    // The model scores by the first feature, so the best row has the largest one.
    let best = try #require(all.raw.max())
    #expect(all.raw[Int(all.selection[0]) - all.testRows.lowerBound] == best)
    #expect(all.rank[try #require(all.raw.firstIndex(of: best))] == 1)
    #expect(all.metrics.rows == 60)
    #expect(all.metrics.events == all.split.counts.testEvents)
    #expect(all.reliability.bins.reduce(0) { $0 + $1.count } == 60)
    let stop = try #require(try sampledStop(panel, dev))
    #expect(
      stop.rows == (try windowSplit("2002Q3", panel, dev).stop), "stop rows are never sampled")
    #expect(stop.weights.allSatisfy { $0 == 1 })
  }

  private func sampledStop(
    _ panel: CompiledPanel, _ train: TrainConfiguration
  ) throws -> TrainingSample.Rows? {
    let learner = ScriptedLearner()
    _ = try run("2002Q3", in: panel, learner: learner, train: train)
    return learner.recorder.calls.first?.stop
  }

  @Test("A configuration made in code is checked like one from a file")
  func configurationInCode() throws {
    let panel = maker.make()
    let changes: [(parameter: String, change: (inout TrainConfiguration) -> Void)] = [
      ("train.split.windowPeriods", { $0.split.windowPeriods = -1 }),
      ("train.split.stopPeriods", { $0.split.stopPeriods = -1 }),
      ("train.budget.maximumIterations", { $0.budget.maximumIterations = 0 }),
      ("train.sampling.negativesPerPositive", { $0.sampling.negativesPerPositive = .nan }),
      ("train.sampling.negativesPerPositive", { $0.sampling.negativesPerPositive = -2 }),
    ]
    for (parameter, change) in changes {
      var train = train
      change(&train)
      do {
        _ = try run("2002Q3", in: panel, train: train)
        Issue.record("\(parameter) was accepted")
      } catch TrainError.configuration(let error) {
        #expect(error.parameter == parameter)
      }
    }
  }

  @Test("Equal scores are ranked by row key")
  func ties() throws {
    var maker = maker
    maker.missingShare = 1
    let panel = maker.make()
    let result = try run("2002Q3", in: panel)
    let keys = result.testRows.map { panel.rowKeys[$0] }
    let expected = result.testRows.sorted { panel.rowKeys[$0] < panel.rowKeys[$1] }
    #expect(result.selection == expected.prefix(50).map { Int32($0) })
    #expect(result.rank[try #require(keys.firstIndex(of: keys.min() ?? 0))] == 1)
    #expect(result.metrics.areaUnderROC == .value(0.5))
  }

  @Test("A period without labels can be ranked but not evaluated")
  func rank() throws {
    let panel = maker.make()
    #expect(throws: TrainError.self) { try run("2002Q4", in: panel) }
    let ranked = try rankOne(
      task("2002Q4"), in: panel, learner: ScriptedLearner(),
      configuration: ScriptedLearner.Configuration(), train: train, evaluate: EvaluationRule(),
      threads: 1)
    #expect(ranked.rank.count == 60)
    #expect(ranked.split.counts.testUnknown == 60)
    #expect(ranked.seconds.total > 0)
  }

  @Test("A one-class test period gives measures marked undefined")
  func oneClassTest() throws {
    var maker = maker
    maker.periodsWithoutEvents = [10]
    let result = try run("2002Q3", in: maker.make())
    #expect(result.metrics.events == 0)
    #expect(result.metrics.areaUnderROC == .undefined("one class: 0 events in 60 rows"))
    #expect(result.metrics.brierScore.number != nil)
  }

  @Test("Risky training rows can be left out, test rows stay")
  func risky() throws {
    var maker = maker
    maker.riskyShare = 0.3
    let panel = maker.make()
    var without = train
    without.excludePitRisk = true
    let (all, some) = (
      try run("2002Q3", in: panel), try run("2002Q3", in: panel, train: without)
    )
    let (every, careful) = (
      try windowSplit("2002Q3", panel, train).training,
      try windowSplit("2002Q3", panel, without).training
    )
    #expect(careful == every.filter { panel.riskFlags[Int($0)] == 0 })
    #expect(some.split.counts.risky == every.count - careful.count)
    #expect(some.split.counts.risky > 0)
    #expect(some.testRows == all.testRows)
  }

  @Test("A walk records what the data cannot support and shares prepared windows")
  func walk() throws {
    var maker = maker
    maker.periodsWithoutEvents = [0, 1, 2]
    let panel = maker.make()
    let learner = ScriptedLearner()
    let tasks = try ["2000Q2", "2000Q3", "2001Q3", "2001Q4", "2002Q4"].flatMap { period in
      try (0..<2).map { try task(period, repeatIndex: $0) }
    }
    var seen = 0
    let outcomes = try walkForward(
      tasks, in: panel, learner: learner, configuration: ScriptedLearner.Configuration(),
      train: train, evaluate: EvaluationRule(), threads: 1
    ) { _ in seen += 1 }
    #expect(seen == 10)
    #expect(outcomes.map(\.task) == tasks)
    #expect(outcomes.map { $0.result != nil } == [0, 0, 0, 0, 1, 1, 1, 1, 0, 0].map { $0 == 1 })
    guard case .skipped(_, .split(.oneClass(_, _, let events, let rows, _))) = outcomes[0] else {
      Issue.record("not skipped: \(outcomes[0])")
      return
    }
    #expect(events == 0 && rows == 60)
    #expect(learner.recorder.prepared == [0..<360, 0..<420], "once for each period")
    let preparations = outcomes.compactMap { $0.result?.seconds.prepare }
    #expect(preparations[0] > preparations[1], "the first task of a window pays")
    #expect(outcomes.allSatisfy { ($0.result?.seconds).map { $0.total >= $0.prepare } ?? true })
    #expect(throws: TrainError.self) {
      try walkForward(
        [task("1999Q4")], in: panel, learner: learner,
        configuration: ScriptedLearner.Configuration(), train: train,
        evaluate: EvaluationRule(), threads: 1)
    }
  }

  @Test("A window prepared for other rows, and scores that are NaN, are refused")
  func failures() throws {
    let panel = maker.make()
    let learner = ScriptedLearner()
    let prepared = try PreparedWindow(learner, rows: 0..<60, in: panel, threads: 1)
    #expect(throws: TrainError.foreignWindow(expected: 0..<600, prepared: 0..<60)) {
      try trainEvalOne(
        task("2002Q3"), in: panel, learner: learner,
        configuration: ScriptedLearner.Configuration(), train: train,
        evaluate: EvaluationRule(), threads: 1, prepared: prepared)
    }
    var broken = ScriptedLearner.Configuration()
    broken.offset = .nan
    let error = #expect(throws: TrainError.self) {
      try trainEvalOne(
        task("2002Q3"), in: panel, learner: learner, configuration: broken, train: train,
        evaluate: EvaluationRule(), threads: 1)
    }
    #expect(error?.description == "score of row 0 is nan; accepted: a number, not NaN")
  }

  @Test("Memory is read from the kernel's status text")
  func memory() {
    let sample = MemorySample(parsing: "Name:\tquant\nVmHWM:\t    2000 kB\nVmRSS:\t  1000 kB\n")
    #expect(sample == MemorySample(residentMB: 1.024, peakMB: 2.048))
    #expect(MemorySample(parsing: "VmRSS: many kB") == nil)
    #if os(Linux)
      #expect((MemorySample.now()?.residentMB ?? 0) > 1)
    #endif
  }
}
