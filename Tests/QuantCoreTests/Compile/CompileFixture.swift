import Testing

@testable import QuantCore

/// Tables as literal text in a temporary folder, and the compile of them.
final class CompileFixture {
  let folder: String
  var configuration: String

  init(_ configuration: String, _ files: [String: String]) throws {
    let base = SystemCalls.environment("TMPDIR") ?? "/tmp"
    let number = SplitMix64.mix(UInt64(bitPattern: Int64(ContinuousClock.now.hashValue)))
    folder = "\(base)/quant-compile-\(SystemCalls.processIdentifier)-\(number)"
    try FileTree.createDirectories(folder)
    self.configuration = configuration
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileTree.removeAll(folder) }

  /// Keeps the folder until here; at the latest use of the fixture it is removed.
  func keep() {}

  func write(_ name: String, _ text: String) throws {
    try AtomicFile.write(text: text, to: folder + "/" + name)
  }

  func compiler(
    threads: Int = 1, recipes: RecipeRegistry = .standard
  ) throws -> FirmPanelCompiler {
    let value = try JSONValue(parsing: Array(configuration.utf8), source: "test")
    var reader = try ConfigurationReader(value, path: "compile")
    let parsed = try CompileConfiguration(from: &reader)
    try reader.finish()
    return FirmPanelCompiler(
      configuration: parsed, baseDirectory: folder, recipes: recipes, threads: threads)
  }

  func store(_ name: String = "store") throws -> ArtifactStore {
    try ArtifactStore(root: folder + "/" + name)
  }

  func compile(threads: Int = 1, store: String = "store") throws -> CompileOutcome {
    try compiler(threads: threads).panel(in: try self.store(store))
  }

  /// The panel's features as `firm period` → name → value.
  func table(threads: Int = 1) throws -> [String: [String: Float]] {
    try CompileFixture.table(try compile(threads: threads).panel)
  }

  static func table(_ panel: CompiledPanel) throws -> [String: [String: Float]] {
    let matrix = try panel.features(upTo: panel.rowCount)
    var result: [String: [String: Float]] = [:]
    for entry in panel.manifest.periods {
      for row in entry.rows {
        var values: [String: Float] = [:]
        for (index, name) in panel.featureNames.enumerated() {
          values[name] = matrix.column(index)[row]
        }
        result["\(panel.firmKeys[row]) \(entry.period)"] = values
      }
    }
    return result
  }

  /// The labels of a horizon as `firm period` → value.
  static func labels(_ panel: CompiledPanel, _ months: Int) throws -> [String: UInt8] {
    let labels = try #require(panel.labels(Horizon(months: months)))
    var result: [String: UInt8] = [:]
    for entry in panel.manifest.periods {
      for row in entry.rows { result["\(panel.firmKeys[row]) \(entry.period)"] = labels.y[row] }
    }
    return result
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](copying: try MappedFile(path: path).bytes)
  }
}

/// Three firms over four quarters, small enough to check by hand.
enum TinyPanel {
  static let fundamentals = """
    gvkey,datadate,rdq,assets,cash
    001,2014-12-31,2015-02-15,100,10
    001,2015-03-31,2015-05-15,110,11
    001,2015-06-30,2015-08-15,120,12
    001,2015-09-30,2015-11-15,130,13
    002,2014-12-31,2015-02-20,200,20
    002,2015-03-31,2015-05-20,210,21
    002,2015-06-30,2015-08-20,220,22
    002,2015-09-30,2015-11-20,230,23
    003,2014-12-31,2015-02-25,300,30
    003,2015-03-31,2015-05-25,310,31
    003,2015-06-30,2015-08-25,320,
    003,2015-09-30,2015-11-25,330,33

    """
  static let deals = """
    gvkey,announced,completed,withdrawn
    002,2015-08-10,2015-10-20,
    003,2015-12-31,,

    """

  static func configuration(
    fundamentals: String = "", features: String = #"{"recipe":"level","of":["assets","cash"]}"#,
    rest: String = "", labels: String = #"{"horizons":[3]}"#, events: String = ""
  ) -> String {
    """
    {"name":"tiny","grid":{"first":"2015Q1","last":"2015Q4"},
     "fundamentals":[{"name":"fundq","file":"fundq.csv","firm":"gvkey","periodEnd":"datadate",
       "available":"rdq","values":["assets","cash"]\(fundamentals)}],
     "events":{"file":"deals.csv","firm":"gvkey","announced":"announced","completed":"completed",
       "withdrawn":"withdrawn","coveredFrom":"2015-01-01"\(events)},
     "labels":\(labels),"features":[\(features)]\(rest)}
    """
  }

  static func fixture(_ configuration: String? = nil) throws -> CompileFixture {
    try CompileFixture(
      configuration ?? TinyPanel.configuration(),
      ["fundq.csv": fundamentals, "deals.csv": deals])
  }
}
