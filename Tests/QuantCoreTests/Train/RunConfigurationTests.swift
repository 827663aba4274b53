import QuantCore
import QuantTestSupport
import Testing

@Suite("RunConfiguration")
struct RunConfigurationTests {
  private func parse(_ rest: String) throws -> RunConfiguration {
    let text = """
      {
        // the least that a compile section needs
        compile: {
          fundamentals: [{
            name: "annual", file: "f.csv", firm: "gvkey", periodEnd: "datadate",
            values: ["atq"]
          }],
          labels: { column: "failed", horizons: [12] },
          features: [{ recipe: "level", of: ["atq"] }],
        },
        \(rest)
      }
      """
    return try RunConfiguration(parsing: Array(text.utf8), source: "test.json")
  }

  @Test("Sections left out have their defaults")
  func defaults() throws {
    let run = try parse("")
    #expect(run.train == TrainConfiguration())
    #expect(run.evaluate == EvaluationRule())
    #expect(run.learner == LearnerDeclaration())
    #expect(run.train.sampling.ratio == 10)
  }

  @Test("All fields are read")
  func fields() throws {
    let run = try parse(
      """
      train: { seed: 9, excludePitRisk: true, split: { stopPeriods: 1 },
               sampling: { mode: "standard" }, budget: { patience: 3, maximumIterations: 12 } },
      evaluate: { topK: [5], selection: 7, bins: 4 },
      learner: { name: "logisticSGD", l2: 0.5 }
      """)
    #expect(run.train.seed == 9 && run.train.excludePitRisk)
    #expect(run.train.split.stopPeriods == 1)
    #expect(run.train.sampling.ratio == 20)
    let budget = run.train.budget.resolved(FitBudget(maximumIterations: 40, patience: 5))
    #expect(budget == FitBudget(maximumIterations: 12, patience: 3, fixedIterations: 12))
    #expect(run.evaluate.topK == [5] && run.evaluate.selection == 7 && run.evaluate.bins == 4)
    #expect(run.learner.parameters == .object(["l2": .number(0.5)]))
  }

  @Test("Unknown and mistyped fields name the nearest known one")
  func failures() {
    func failure(_ rest: String) -> ConfigurationError? {
      #expect(throws: ConfigurationError.self) { try parse(rest) }
    }
    #expect(failure("train: { sed: 1 }")?.description.contains("'seed'") == true)
    #expect(failure("train: { seed: \"1\" }")?.parameter == "train.seed")
    #expect(failure("evalute: {}")?.accepted.contains("evaluate") == true)
    #expect(failure("learner: { name: 3 }")?.parameter == "learner.name")
  }

  @Test("The schema lists every section with defaults")
  func schema() {
    let fields = RunConfiguration.schema()
    for path in ["compile.grid.frequency", "train.split.stopPeriods", "evaluate.topK", "learner"] {
      #expect(fields.contains { $0.path == path }, "\(path)")
    }
    #expect(fields.first { $0.path == "train.seed" }?.defaultValue == .integer(1))
  }

  @Test("Identifiers depend on what decides a result and on nothing else")
  func identifiers() throws {
    let run = try parse("")
    let identifier = try run.runID(panelFingerprint: "abc", codeVersion: "1")
    #expect(identifier.count == 16)
    #expect(try parse("").runID(panelFingerprint: "abc", codeVersion: "1") == identifier)
    #expect(try run.runID(panelFingerprint: "abd", codeVersion: "1") != identifier)
    #expect(try run.runID(panelFingerprint: "abc", codeVersion: "2") != identifier)
    var other = run
    other.train.seed = 2
    #expect(try other.runID(panelFingerprint: "abc", codeVersion: "1") != identifier)

    var configuration = ScriptedLearner.Configuration()
    let first = try LearnerDeclaration.configurationID(of: ScriptedLearner.self, configuration)
    #expect(first.count == 12)
    configuration.losses = [2]
    let second = try LearnerDeclaration.configurationID(of: ScriptedLearner.self, configuration)
    #expect(first != second)
    configuration.losses = [.infinity]
    #expect(throws: ConfigurationError.self) {
      try LearnerDeclaration.configurationID(of: ScriptedLearner.self, configuration)
    }
  }
}
