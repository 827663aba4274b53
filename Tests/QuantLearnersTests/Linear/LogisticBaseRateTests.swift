import QuantCore
import QuantLearners
import QuantTestSupport
import Testing

@Suite("LogisticSGD and the base rate")
struct LogisticBaseRateTests {
  /// A rare event, and negatives sampled at twenty to one with weights that make up for it.
  @Test(
    "The mean probability of the fit rows is their weighted base rate", arguments: [1, 2, 5, 20])
  func baseRate(iterations: Int) throws {
    var maker = MemoryPanel(periods: 40, rowsPerPeriod: 280)
    maker.featureCount = 40
    maker.intercept = -4.6
    maker.coefficients = [0.6, -0.4, 0.3]
    let panel = maker.make()
    let labels = try #require(panel.labels(Horizon(months: 3)))
    let rows = (0..<panel.rowCount).filter { labels.y[$0] <= 1 }.map { Int32($0) }
    let period = try #require(panel.periods.last)
    let sample = SamplingPolicy(mode: .standard).sample(
      rows, labels: labels.y.span, rowKeys: panel.rowKeys.span,
      stream: SamplingPolicy.stream(
        seed: 1, period: period, horizon: Horizon(months: 3), repeatIndex: 0)
    ).rows
    let features = try panel.features(upTo: panel.rowCount)
    let learner = LogisticSGD()
    let window = TrainingWindow(
      features: features, rows: 0..<panel.rowCount, rowKeys: panel.rowKeys,
      featureNames: panel.featureNames)
    let model = try learner.fit(
      learner.prepare(window, threads: 2), TrainingSample(fit: sample),
      configuration: LogisticConfiguration(), iterations: iterations, seed: 1, threads: 2,
      continuing: nil
    ) { _ in .proceed }
    let raw = [Double](capacity: sample.rows.count) { scores in
      model.predictRaw(features, rows: sample.rows.span, into: &scores)
    }
    var (predicted, observed) = (0.0, 0.0)
    for index in sample.rows.indices {
      predicted += Double(sample.weights[index]) * model.probability(raw: raw[index])
      observed += Double(sample.weights[index] * sample.labels[index])
    }
    #expect(abs(predicted / observed - 1) < 1e-5, "\(predicted / observed)")
  }
}
