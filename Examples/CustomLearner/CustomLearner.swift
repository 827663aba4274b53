// A learner of one's own, trained and scored like those of the package.
//
// usage: CustomLearner [FOLDER]     files go there; default: custom-learner

import Foundation
import QuantCore
import QuantDemonstration
import QuantLearners

@main
enum CustomLearner {
  static func main() throws {
    let folder = CommandLine.arguments.dropFirst().first ?? "custom-learner"
    try DemonstrationData(size: .tiny).write(to: folder)
    let text = try Data(contentsOf: URL(fileURLWithPath: folder + "/demo.json"))
    let run = try RunConfiguration(parsing: [UInt8](text), source: "demo.json")
    let compiler = FirmPanelCompiler(configuration: run.compile, baseDirectory: folder)
    let panel = try compiler.panel(in: ArtifactStore(root: folder + "/cache")) { _ in }.panel

    // Registered, a learner can be named in a configuration: { "name": "gaussianNaiveBayes" }.
    var learners = LearnerRegistry.standard
    learners.register(GaussianNaiveBayes())

    for name in ["gaussianNaiveBayes", "logisticSGD"] {
      let learner = try learners.configured(LearnerDeclaration(identifier: name))
      let task = learner.task(
        period: Period(.quarterly, containing: CalendarDate(year: 2019, month: 12, day: 31)),
        horizon: Horizon(months: 12))
      let result = try learner.trainEvalOne(
        task, in: panel, train: run.train, evaluate: run.evaluate, threads: 2)
      print("\(name): AUC \(result.metrics.areaUnderROC) on \(result.metrics.rows) rows")
    }
  }
}
