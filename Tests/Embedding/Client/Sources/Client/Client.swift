// What somebody writes who depends on the package: compile tables of his own, train one quarter.
//
// usage: Client FOLDER

import Foundation
import QuantCore
import QuantLearners

@main
enum Client {
  static func main() throws {
    let folder = CommandLine.arguments.dropFirst().first ?? "data"
    try InventedTables().write(to: folder)

    let run = try RunConfiguration(parsing: Array(configuration.utf8), source: "client")
    let compiler = FirmPanelCompiler(configuration: run.compile, baseDirectory: folder)
    let panel = try compiler.panel(in: ArtifactStore(root: folder + "/cache")) { _ in }.panel

    let learner = LogisticConfiguration()
    let period = Period(.quarterly, containing: CalendarDate(year: 2014, month: 12, day: 31))
    let task = TrainTask(
      period: period, horizon: Horizon(months: 3),
      configurationID: try LearnerDeclaration.configurationID(of: LogisticSGD.self, learner))
    let result = try trainEvalOne(
      task, in: panel, learner: LogisticSGD(), configuration: learner, train: run.train,
      evaluate: run.evaluate, threads: 2)
    print("client: AUC \(result.metrics.areaUnderROC) on \(result.metrics.rows) rows of \(period)")
  }

  static let configuration = """
    {
      compile: {
        fundamentals: [
          {
            name: "reports", file: "reports.csv", firm: "firm", periodEnd: "period_end",
            available: "filed", values: ["assets", "cash", "income"],
          },
        ],
        events: { file: "deals.csv", firm: "firm", announced: "announced" },
        labels: { horizons: [3] },
        features: [
          { recipe: "ratio", numerators: ["cash", "income"], denominators: ["assets"] },
          { recipe: "growth", of: "assets", periods: 4 },
          { recipe: "rank", of: "assets" },
        ],
      },
    }
    """
}
