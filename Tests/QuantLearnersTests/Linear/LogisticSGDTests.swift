import QuantCore
import QuantLearners
import QuantTestSupport
import Testing

@Suite("LogisticSGD")
struct LogisticSGDTests {
  private func laws(_ configuration: LogisticConfiguration) -> LearnerLaws<LogisticSGD> {
    var laws = LearnerLaws(
      learner: LogisticSGD(), configuration: configuration, save: { $0.document },
      load: { try LogisticModel(document: $0, path: "model.json") },
      digest: { "\($0.means) \($0.inverseDeviations) \($0.order)" })
    laws.longIterations = 1500
    laws.integerWeights = .tolerance(
      0.01, because: "copies of a row fall into other mini-batches; the optimum is the same")
    return laws
  }

  @Test(
    "The laws of learners",
    arguments: [
      LogisticConfiguration(), LogisticConfiguration(batchSize: 7, l1: 0.01, l2: 0.1, clip: 2),
    ])
  func lawSuite(_ configuration: LogisticConfiguration) throws {
    let reports = try laws(configuration).reports()
    #expect(reports.count >= 20)
    for report in reports { #expect(report.isSatisfied, "\(report)") }
  }

  /// The data of `make_logistic.py`.
  private struct Synthetic {
    var columns = [[Float]](repeating: [], count: 5)
    var labels: [Float] = []
    var weights: [Float] = []

    init() {
      var random = SplitMix64(seed: 11)
      let slopes = [1.0, -0.7, 0.4, 0.0, 0.2]
      for _ in 0..<3000 {
        var row = (0..<5).map { _ in random.normal() }
        row[1] += 0.6 * row[0]
        row[2] = 3 * row[2] + 10
        var score = -1.5
        for (place, slope) in slopes.enumerated() {
          let value = Float(row[place])
          columns[place].append(value)
          score += slope * (Double(value) - (place == 2 ? 10 : 0))
        }
        labels.append(random.unit() < Elementary.logistic(score) ? 1 : 0)
        weights.append(Float(1 + random.next() % 4))
      }
    }

    var window: TrainingWindow {
      TrainingWindow(
        features: FeatureMatrix(columns: columns), rows: 0..<3000,
        rowKeys: ArrayFile((0..<3000).map { SplitMix64.mix($0) }),
        featureNames: ["a", "b", "c", "d", "e"])
    }

    func fit(_ configuration: LogisticConfiguration, iterations: Int) throws -> LogisticModel {
      let learner = LogisticSGD()
      let rows = TrainingSample.Rows(
        rows: (0..<3000).map { Int32($0) }, labels: labels, weights: weights)
      return try learner.fit(
        learner.prepare(window, threads: 2), TrainingSample(fit: rows),
        configuration: configuration, iterations: iterations, seed: 1, threads: 2,
        continuing: nil
      ) { _ in .proceed }
    }
  }

  @Test("Coefficients agree with scikit-learn's LogisticRegression")
  func oracle() throws {
    // Averaged steps of size 1 / sqrt(epoch) leave about a hundredth of a standard error.
    let tolerance = 0.003
    let document = try JSONFixture(path: FixtureFile.path("logistic/logistic.json"))
    let data = Synthetic()
    #expect(try document.member("events").number() == Double(data.labels.reduce(0, +)))
    #expect(try document.member("weight").number() == Double(data.weights.reduce(0, +)))
    for item in try document.member("fits").list {
      let l2 = try item.member("l2").number()
      let model = try data.fit(LogisticConfiguration(l2: l2, clip: 1000), iterations: 100)
      for (found, expected) in zip(model.coefficients, try item.member("coefficients").numbers()) {
        #expect(abs(found - expected) < tolerance, "l2 \(l2): \(found) \(expected)")
      }
      #expect(abs(model.intercept - (try item.member("intercept").number())) < tolerance)
    }
    let lasso = try document.member("lasso")
    let model = try data.fit(
      LogisticConfiguration(l1: try lasso.member("l1").number(), l2: 0, clip: 1000),
      iterations: 100)
    for (found, expected) in zip(model.coefficients, try lasso.member("coefficients").numbers()) {
      // Near 0 iterates bounce off the kink of the penalty, which shifts their average.
      #expect(abs(found - expected) < 0.01, "lasso: \(found) \(expected)")
    }
    #expect(model.coefficients[3] == 0, "the feature without effect is left out")
  }

  @Test("Mean and deviation by hand; constant and missing columns take no part")
  func scales() throws {
    let window = TrainingWindow(
      features: FeatureMatrix(columns: [
        [1, 3, .nan, 100], [7, 7, 7, 9], [.nan, .nan, .nan, 1], [0, 0, 3, 5],
      ]), rows: 0..<3, rowKeys: ArrayFile([1, 2, 3, 4]), featureNames: ["z", "c", "m", "a"])
    let scales = try LogisticSGD().prepare(window, threads: 1)
    #expect(scales.means == [2, 7, 0, 1])
    #expect(scales.inverseDeviations == [1, 0, 0, 1 / 2.0.squareRoot()])
    #expect(scales.order == [3, 1, 2, 0])
    let rows = TrainingSample.Rows(rows: [0, 1, 2], labels: [1, 0, 1])
    let model = try LogisticSGD().fit(
      scales, TrainingSample(fit: rows), configuration: LogisticConfiguration(), iterations: 3,
      seed: 1, threads: 1, continuing: nil
    ) { _ in .proceed }
    #expect(model.coefficients[1] == 0 && model.coefficients[2] == 0)
    #expect(model.coefficients[0] < 0)
  }

  @Test("Infinite features, rows outside of the window and bad parameters are refused")
  func failures() throws {
    let learner = LogisticSGD()
    let infinite = TrainingWindow(
      features: FeatureMatrix(columns: [[1, .infinity, 2]]), rows: 0..<3,
      rowKeys: ArrayFile([1, 2, 3]), featureNames: ["ratio"])
    let error = #expect(throws: LearnerError.self) { try learner.prepare(infinite, threads: 1) }
    #expect(
      error?.description
        == "feature ratio of row 1 is inf; accepted: a finite number, or NaN for missing")
    let data = Synthetic()
    let prepared = try learner.prepare(data.window, threads: 1)
    func fit(
      _ rows: TrainingSample.Rows, _ configuration: LogisticConfiguration, iterations: Int = 1
    ) throws -> LogisticModel {
      try learner.fit(
        prepared, TrainingSample(fit: rows), configuration: configuration,
        iterations: iterations, seed: 1, threads: 1, continuing: nil
      ) { _ in .proceed }
    }
    let two = TrainingSample.Rows(rows: [0, 3000], labels: [0, 1])
    #expect(throws: LearnerError.self) { try fit(two, LogisticConfiguration()) }
    let good = TrainingSample.Rows(rows: [0, 1], labels: [0, 1])
    for configuration in [
      LogisticConfiguration(learningRate: 0), LogisticConfiguration(decay: -1),
      LogisticConfiguration(batchSize: 0), LogisticConfiguration(l1: -1),
      LogisticConfiguration(l2: .nan), LogisticConfiguration(clip: 0),
    ] {
      #expect(throws: LearnerError.self) { try fit(good, configuration) }
    }
    #expect(throws: LearnerError.self) { try fit(good, LogisticConfiguration(), iterations: 0) }
    #expect(try fit(good, LogisticConfiguration()).coefficients.count == 5)
  }

  @Test("Going on from a model starts where it ended")
  func continuing() throws {
    let data = Synthetic()
    let learner = LogisticSGD()
    let prepared = try learner.prepare(data.window, threads: 1)
    let sample = TrainingSample(
      fit: TrainingSample.Rows(
        rows: (0..<3000).map { Int32($0) }, labels: data.labels, weights: data.weights))
    let first = try data.fit(LogisticConfiguration(), iterations: 30)
    func loss(_ model: LogisticModel) throws -> Double {
      let rows = sample.fit.rows
      let raw = [Double](capacity: rows.count) {
        model.predictRaw(data.window.features, rows: rows.span, into: &$0)
      }
      let value = try ProbabilityMetrics.logLoss(
        probabilities: raw.map { model.probability(raw: $0) },
        labels: data.labels.map { UInt8($0) })
      return try #require(value.number)
    }
    func fit(from start: LogisticModel?) throws -> LogisticModel {
      try learner.fit(
        prepared, sample, configuration: LogisticConfiguration(learningRate: 0.01),
        iterations: 1, seed: 1, threads: 1, continuing: start
      ) { _ in .proceed }
    }
    let (cold, warm) = (try fit(from: nil), try fit(from: first))
    #expect(try abs(loss(warm) - loss(first)) < 0.001)
    #expect(try loss(cold) > loss(warm) + 0.01)
  }

  @Test("Damaged model documents are refused")
  func documents() throws {
    let model = try Synthetic().fit(LogisticConfiguration(), iterations: 2)
    let bytes = model.document
    #expect(try LogisticModel(document: bytes, path: "m") == model)
    let text = String(decoding: bytes, as: UTF8.self)
    func load(_ text: String) throws -> LogisticModel {
      try LogisticModel(document: Array(text.utf8), path: "m")
    }
    for length in stride(from: 0, to: bytes.count - 1, by: 97) {
      #expect(throws: StorageError.self) { try load(String(text.prefix(length))) }
    }
    #expect(throws: StorageError.corrupted(path: "m", offset: 0)) {
      try load(text.replacing("\"clip\": 5", with: "\"clip\": 6"))
    }
    #expect(throws: StorageError.unsupportedVersion(path: "m", found: "2", accepted: "1")) {
      try load(text.replacing("\"version\": 1", with: "\"version\": 2"))
    }
    #expect(throws: StorageError.self) { try load("{ \"format\": \"another\" }") }
  }
}
