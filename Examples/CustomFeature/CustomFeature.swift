// A feature recipe of one's own, used by name like those of the package.
//
// usage: CustomFeature [FOLDER]     files go there; default: custom-feature

import Foundation
import QuantCore
import QuantDemonstration

@main
enum CustomFeature {
  static func main() throws {
    let folder = CommandLine.arguments.dropFirst().first ?? "custom-feature"
    try DemonstrationData(size: .tiny).write(to: folder)
    let text = try Data(contentsOf: URL(fileURLWithPath: folder + "/demo.json"))
    var compile = try RunConfiguration(parsing: [UInt8](text), source: "demo.json").compile

    // Registered under its identifier, the recipe can stand in any configuration.
    var recipes = RecipeRegistry.standard
    recipes.register(CashRunway.self)
    compile.features.append(
      RecipeDeclaration(
        recipe: CashRunway.identifier,
        parameters: .object(["cash": .string("cheq"), "cashFlow": .string("oancfy")])))

    let compiler = FirmPanelCompiler(
      configuration: compile, baseDirectory: folder, recipes: recipes)
    let panel = try compiler.panel(in: ArtifactStore(root: folder + "/cache")) { _ in }.panel
    guard let column = panel.featureNames.firstIndex(of: "cash_runway") else {
      print("the panel has no column cash_runway")
      return
    }
    let matrix = try panel.features(upTo: panel.rowCount)
    let values = matrix.column(column)
    var known: [Float] = []
    for row in 0..<values.count where !values[row].isNaN { known.append(values[row]) }
    known.sort()
    print("recipes: \(panel.manifest.recipes.last ?? "none") is the last of the manifest")
    print("cash_runway: \(known.count) of \(panel.rowCount) rows have a value")
    print("from \(known.first ?? .nan) to \(known.last ?? .nan) quarters")
  }
}
