// From raw tables to a scored ranking of one quarter, in four steps.
//
// usage: OneQuarter [FOLDER]     files go there; default: one-quarter

import Foundation
import QuantCore
import QuantDemonstration
import QuantLearners

@main
enum OneQuarter {
  static func main() throws {
    let folder = CommandLine.arguments.dropFirst().first ?? "one-quarter"

    // 1. Raw tables, and a configuration that says how to read them.
    try DemonstrationData(size: .tiny).write(to: folder)
    let text = try Data(contentsOf: URL(fileURLWithPath: folder + "/demo.json"))
    let run = try RunConfiguration(parsing: [UInt8](text), source: "demo.json")

    // 2. Phase A: the tables become a panel, once; a second call finds it in the store.
    let compiler = FirmPanelCompiler(configuration: run.compile, baseDirectory: folder)
    let compiled = try compiler.panel(in: ArtifactStore(root: folder + "/cache")) { _ in }
    let panel = compiled.panel
    print("panel: \(panel.rowCount) rows, \(panel.featureCount) features")

    // 3. Phase B: fit on what was known at the end of the quarter, test on all of its firms.
    let configuration = LogisticConfiguration()
    let task = TrainTask(
      period: Period(.quarterly, containing: CalendarDate(year: 2019, month: 12, day: 31)),
      horizon: Horizon(months: 12),
      configurationID: try LearnerDeclaration.configurationID(
        of: LogisticSGD.self, configuration))
    let result = try trainEvalOne(
      task, in: panel, learner: LogisticSGD(), configuration: configuration, train: run.train,
      evaluate: run.evaluate, threads: 2)

    // 4. The result carries counts, metrics and the ranking.
    let counts = result.split.counts
    print("trained on \(counts.trainingRows) rows with \(counts.trainingEvents) events")
    print("tested on \(counts.testRows) rows with \(counts.testEvents) events")
    print("AUC \(result.metrics.areaUnderROC)")
    for (place, row) in result.selection.prefix(3).enumerated() {
      let probability = result.probability[Int(row) - result.testRows.lowerBound]
      print("\(place + 1). firm \(panel.firmKeys[Int(row)]) with probability \(probability)")
    }
  }
}
