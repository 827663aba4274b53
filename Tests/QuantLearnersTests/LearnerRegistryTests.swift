import QuantCore
import QuantLearners
import QuantTestSupport
import Testing

@Suite("LearnerRegistry")
struct LearnerRegistryTests {
  private var maker: MemoryPanel {
    var maker = MemoryPanel(periods: 12, rowsPerPeriod: 120)
    maker.intercept = -1.5
    return maker
  }

  private var train: TrainConfiguration {
    var train = TrainConfiguration()
    train.split.minimumEvents = 5
    train.split.stopPeriods = 2
    return train
  }

  @Test("A learner is opened by name, runs, and gives what the generic call gives")
  func runs() throws {
    let panel = maker.make()
    let learner = try LearnerRegistry.standard.configured(
      LearnerDeclaration(parameters: .object(["l2": .number(0.01)])))
    #expect(learner.identifier == "logisticSGD")
    let task = learner.task(period: try #require(Period("2002Q3")), horizon: Horizon(months: 3))
    let erased = try learner.trainEvalOne(
      task, in: panel, train: train, evaluate: EvaluationRule(), threads: 2)
    let typed = try trainEvalOne(
      task, in: panel, learner: LogisticSGD(), configuration: LogisticConfiguration(l2: 0.01),
      train: train, evaluate: EvaluationRule(), threads: 1)
    #expect(erased.raw == typed.raw && erased.metrics == typed.metrics)
    #expect(erased.iterations == typed.iterations)
    #expect(erased.probability.allSatisfy { $0 > 0 && $0 < 1 })
    let rank = try learner.rankOne(
      task, in: panel, train: train, evaluate: EvaluationRule(), threads: 1)
    #expect(rank.rank == erased.rank)
    let walked = try learner.walkForward(
      [task], in: panel, train: train, evaluate: EvaluationRule(), threads: 1)
    #expect(walked.first?.result?.raw == erased.raw)
  }

  @Test("Sampling ten to one keeps the mean prediction near the base rate", arguments: 1...3)
  func baseRate(seed: Int) throws {
    var maker = MemoryPanel(periods: 10, rowsPerPeriod: 1500)
    maker.intercept = -3.5
    maker.seed = UInt64(seed)
    var train = TrainConfiguration()
    train.seed = UInt64(seed)
    let learner = try LearnerRegistry.standard.configured(LearnerDeclaration())
    let result = try learner.trainEvalOne(
      learner.task(period: try #require(Period("2002Q1")), horizon: Horizon(months: 3)),
      in: maker.make(), train: train, evaluate: EvaluationRule(), threads: 2)
    #expect(result.sampling.isSampled)
    let counts = result.split.counts
    let rate = Double(counts.trainingEvents) / Double(counts.trainingRows)
    let mean = try #require(result.metrics.meanProbability.number)
    // Four standard errors of the share of events among the training rows and the test rows.
    let error = (rate * (1 - rate) * (1 / Double(counts.trainingRows) + 1 / 1500.0)).squareRoot()
    #expect(abs(mean - rate) < 4 * error, "seed \(seed): \(mean) \(rate)")
    #expect(try #require(result.metrics.areaUnderROC.number) > 0.7)
  }

  @Test("Defaults written out or left out give one configuration identifier")
  func identifiers() throws {
    func identifier(_ members: [String: JSONValue]) throws -> String {
      try LearnerRegistry.standard.configured(
        LearnerDeclaration(parameters: .object(members))
      ).configurationID
    }
    let plain = try identifier([:])
    #expect(plain.count == 12)
    #expect(try identifier(["learningRate": .number(0.3), "clip": .number(5)]) == plain)
    #expect(try identifier(["learningRate": .number(0.5)]) != plain)
  }

  @Test("A user's learner is registered and opened the same way")
  func custom() throws {
    var registry = LearnerRegistry.standard
    registry.register(ScriptedLearner())
    #expect(registry.identifiers == ["gbdt", "logisticSGD", "scripted"])
    let learner = try registry.configured(LearnerDeclaration(identifier: "scripted"))
    let result = try learner.trainEvalOne(
      learner.task(period: try #require(Period("2002Q3")), horizon: Horizon(months: 3)),
      in: maker.make(), train: train, evaluate: EvaluationRule(), threads: 1)
    #expect(result.learner == "scripted")
  }

  @Test("Unknown learners and parameters name the nearest; the schema lists all")
  func failures() {
    let registry = LearnerRegistry.standard
    let unknown = #expect(throws: ConfigurationError.self) {
      try registry.configured(LearnerDeclaration(identifier: "logisticSDG"))
    }
    #expect(unknown?.accepted.contains("'logisticSGD'") == true)
    let field = #expect(throws: ConfigurationError.self) {
      try registry.configured(
        LearnerDeclaration(parameters: .object(["learningrate": .integer(1)])))
    }
    #expect(field?.parameter == "learner.learningrate")
    #expect(field?.accepted.contains("learningRate") == true)
    let schema = registry.schema(of: "logisticSGD") ?? []
    #expect(
      schema.map(\.path) == [
        "learner.learningRate", "learner.decay", "learner.batchSize", "learner.l1", "learner.l2",
        "learner.clip",
      ])
    #expect(registry.schema(of: "none") == nil)
  }
}
