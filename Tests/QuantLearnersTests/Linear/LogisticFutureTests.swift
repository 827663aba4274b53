import QuantCore
import QuantLearners
import QuantTestSupport
import Testing

@Suite("LogisticSGD and the future")
struct LogisticFutureTests {
  /// The panel with other features from a row on, and with other labels where they are not yet known.
  private func poisoned(
    _ panel: CompiledPanel, from row: Int, decision: CalendarDate
  ) throws -> CompiledPanel {
    let matrix = try panel.features(upTo: panel.rowCount)
    let columns = (0..<matrix.columnCount).map { index -> [Float] in
      let column = matrix.column(index)
      return column.indices.map { $0 < row ? column[$0] : 1000 - column[$0] }
    }
    var labels: [Horizon: PanelLabels] = [:]
    for horizon in panel.horizons {
      let old = try #require(panel.labels(horizon))
      let y = (0..<panel.rowCount).map { place in
        old.y[place] <= 1 && old.knownOn[place] > decision.daysSinceEpoch
          ? 1 - old.y[place] : old.y[place]
      }
      labels[horizon] = PanelLabels(y: ArrayFile(y), knownOn: old.knownOn)
    }
    return CompiledPanel(
      manifest: panel.manifest, featureNames: panel.featureNames,
      matrix: FeatureMatrix(columns: columns), rowKeys: panel.rowKeys,
      quarterIDs: panel.quarterIDs, riskFlags: panel.riskFlags, firmKeys: panel.firmKeys,
      labels: labels)
  }

  @Test(
    "Features from the tested period on, and labels not yet known, change no bit of the model",
    arguments: [0, 45])
  func poisonedFuture(recordingLag: Int) throws {
    var maker = MemoryPanel(periods: 24, rowsPerPeriod: 120)
    maker.horizons = [3, 12]
    maker.recordingLagDays = recordingLag
    let panel = maker.make()
    let entry = panel.manifest.periods[18]
    let other = try poisoned(panel, from: entry.firstRow, decision: entry.decisionDate)
    for horizon in panel.horizons {
      func run(_ panel: CompiledPanel) throws -> FitResult {
        try trainEvalOne(
          TrainTask(period: entry.period, horizon: horizon, configurationID: "test"), in: panel,
          learner: LogisticSGD(), configuration: LogisticConfiguration(),
          train: TrainConfiguration(), evaluate: EvaluationRule(), threads: 2)
      }
      func split(_ panel: CompiledPanel) throws -> WindowSplit {
        try WindowSplit.make(
          for: entry.period, horizon: horizon, in: panel, rule: TrainConfiguration().split)
      }
      let (honest, changed) = (try run(panel), try run(other))
      let model = try #require(honest.model as? LogisticModel)
      #expect(try #require(changed.model as? LogisticModel) == model)
      #expect(changed.iterations == honest.iterations)
      #expect(honest.split.counts.stopRows > 0 && !honest.iterations.stopCurve.isEmpty)
      let (rows, sameRows) = (try split(panel), try split(other))
      #expect(sameRows.training == rows.training)
      // The poison is there: other features give other scores, and other labels other measures.
      #expect(changed.raw != honest.raw)
      #expect(changed.y != honest.y)
      // One row earlier is training's own, and shows.
      let early = try poisoned(panel, from: entry.firstRow - 1, decision: entry.decisionDate)
      #expect(try #require(try run(early).model as? LogisticModel) != model)
    }
  }
}
