import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

@Suite("Learners by themselves")
struct OpenedWindowTests {
  private let data = BoostingData()
  private let registry = LearnerRegistry.standard

  private func opened(_ learner: String, _ parameters: [String: JSONValue] = [:]) throws
    -> OpenedWindow
  {
    try registry.configured(
      LearnerDeclaration(identifier: learner, parameters: .object(parameters))
    ).open(data.window, threads: 1)
  }

  private var sample: TrainingSample {
    TrainingSample(fit: data.sample(0..<1500), stop: data.sample(1500..<2500))
  }

  @Test(
    "The model of the best iteration is kept, as if the fit had ended there",
    arguments: ["gbdt", "logisticSGD"])
  func best(learner: String) throws {
    let opened = try opened(learner)
    let fit = try opened.fit(
      sample, rule: StoppingRule(iterations: 80, patience: 6), seed: 3, threads: 1)
    let losses = fit.stopLosses
    let best = try #require(losses.min())
    #expect(losses.firstIndex(of: best).map { $0 + 1 } == fit.keptIteration)
    #expect(fit.isStoppedEarly == (losses.count < 80) && losses.count == fit.iterations)
    let direct = try opened.fit(
      sample, rule: StoppingRule(iterations: fit.keptIteration), seed: 3, threads: 1)
    #expect(try direct.model.fileContent(for: "m") == fit.model.fileContent(for: "m"))
    #expect(direct.keptIteration == fit.keptIteration)
  }

  @Test("dart changes trees after the fact, so its best model is fitted anew")
  func dart() throws {
    let opened = try opened("gbdt", ["boosting": .string("dart"), "drop_rate": .number(0.5)])
    let fit = try opened.fit(
      sample, rule: StoppingRule(iterations: 40, patience: 4), seed: 3, threads: 1)
    #expect(fit.keptIteration < fit.iterations)
    let direct = try opened.fit(
      sample, rule: StoppingRule(iterations: fit.keptIteration), seed: 3, threads: 1)
    #expect(try direct.model.fileContent(for: "m") == fit.model.fileContent(for: "m"))
  }

  @Test("A loss must gain the least improvement to be better")
  func improvement() throws {
    let opened = try opened("gbdt")
    let all = try opened.fit(
      sample, rule: StoppingRule(iterations: 15, patience: 15), seed: 3, threads: 1)
    let strict = try opened.fit(
      sample, rule: StoppingRule(iterations: 15, patience: 15, minimumImprovement: 1e9), seed: 3,
      threads: 1)
    #expect(all.keptIteration > 1 && strict.keptIteration == 1)
    #expect(strict.model.treeCount == 1)
  }

  @Test("One class gives the prior of each learner, and any other error is an error")
  func prior() throws {
    for learner in ["gbdt", "logisticSGD"] {
      let opened = try opened(learner)
      for label in [Float(0), 1] {
        var rows = data.sample(0..<100)
        rows.labels = [Float](repeating: label, count: 100)
        let fit = try opened.fit(
          TrainingSample(fit: rows), rule: StoppingRule(iterations: 5), seed: 1, threads: 1)
        let raw = fit.model.rawScores(data.features, rows: 0..<3, threads: 1)
        #expect(fit.priorReason != nil && fit.model.isConstant && Set(raw).count == 1)
        #expect(raw[0] == (label == 1 ? 1 : -1) * Elementary.log((1 - 1e-15) / 1e-15) || label == 1)
        #expect(abs(fit.model.prediction(raw: raw[0]) - Double(label)) < 2e-15)
        rows.labels[7] = 3
        #expect(throws: LearnerError.self) {
          try opened.fit(
            TrainingSample(fit: rows), rule: StoppingRule(iterations: 5), seed: 1, threads: 1)
        }
      }
    }
    var rows = data.sample(0..<10)
    rows.labels = [Float](repeating: 2.5, count: 10)
    let fit = try opened("gbdt", ["objective": .string("regression")]).fit(
      TrainingSample(fit: rows), rule: StoppingRule(iterations: 5), seed: 1, threads: 1)
    #expect(
      fit.model.prediction(raw: fit.model.rawScores(data.features, rows: 0..<1, threads: 1)[0])
        == 2.5)
  }

  @Test("A file says which learner its model is of, and a model reads back as it was")
  func files() throws {
    let folder = try TemporaryFolder()
    for (learner, name) in [("gbdt", "m.gbm"), ("gbdt", "m.txt"), ("logisticSGD", "m.json")] {
      let fit = try opened(learner).fit(
        sample, rule: StoppingRule(iterations: 5), seed: 3, threads: 1)
      let path = folder.file(name)
      try fit.model.writeFile(to: path)
      let read = try registry.model(contentsOf: path)
      // LightGBM's text cannot hold a blank in a name.
      let names = fit.model.featureNames.map {
        name.hasSuffix(".txt") ? $0.replacing(" ", with: "_") : $0
      }
      #expect(read.learner == learner && read.model.featureNames == names)
      #expect(
        read.model.rawScores(data.features, rows: 0..<4000, threads: 2)
          == fit.model.rawScores(data.features, rows: 0..<4000, threads: 1))
    }
    for text in ["", "{}", "{\"a\": \"quant\"}", "treasure", "PAR1"] {
      let path = try folder.write(Array(text.utf8), to: "other")
      do {
        _ = try registry.model(contentsOf: path)
        Issue.record("\(text) is a model")
      } catch {
        guard case .foreign(_, _, let accepted) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(accepted.contains("gbdt or logisticSGD"))
      }
    }
  }

  @Test(
    "A learner whose models have no files is refused, and one model does not continue another's")
  func refused() throws {
    var registry = LearnerRegistry()
    registry.register(ScriptedLearner())
    let plain = try registry.configured(LearnerDeclaration(identifier: ScriptedLearner.identifier))
    #expect(throws: LearnerError.self) { try plain.open(data.window, threads: 1) }
    let model = try opened("logisticSGD").fit(
      sample, rule: StoppingRule(iterations: 2), seed: 1, threads: 1
    ).model
    #expect(throws: LearnerError.self) {
      try opened("gbdt").fit(
        sample, rule: StoppingRule(iterations: 2), seed: 1, threads: 1, continuing: model)
    }
  }
}
