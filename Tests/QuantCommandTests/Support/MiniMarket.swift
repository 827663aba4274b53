import Foundation
import QuantTestSupport

/// Eight invented firms over twelve quarters with five deals: small enough to break in every way.
///
/// Line 2 of `records.csv` is firm 000001 in 2012Q1; each firm has twelve lines.
struct MiniMarket {
  let folder: TemporaryFolder
  /// The configuration; `write()` must follow a change.
  var configuration = MiniMarket.configuration
  var records = MiniMarket.records
  var deals = MiniMarket.deals

  init() throws {
    folder = try TemporaryFolder()
    try write()
  }

  func write() throws {
    try folder.write(configuration, to: "mini.json")
    try folder.write(records, to: "records.csv")
    try folder.write(deals, to: "deals.csv")
  }

  /// The configuration file.
  var config: String { folder.file("mini.json") }
  /// A cache that belongs to this market.
  var cache: String { folder.file("cache") }

  /// Runs a command on the configuration with a cache of its own.
  func run(_ command: String, _ arguments: String...) throws -> QuantProcess.Result {
    try QuantProcess()([command, "--config", config, "--cache", cache] + arguments)
  }

  /// Names of finished panels in the cache.
  var panels: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: cache + "/panels")) ?? [])
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  static let configuration = """
    {
      compile: {
        name: "mini",
        grid: { frequency: "quarterly", first: "2012Q1", last: "2014Q4" },
        fundamentals: [{
          name: "records", file: "records.csv", firm: "gvkey", periodEnd: "datadate",
          available: "rdq", safeLagDays: 90, values: ["at", "ni"],
        }],
        events: {
          file: "deals.csv", firm: "gvkey", announced: "announced",
          coveredFrom: "2012-01-01", coveredTo: "2014-12-31",
        },
        labels: { horizons: [3, 6] },
        features: [{ recipe: "level", of: ["at", "ni"] }],
      },
    }

    """

  static let records: String = {
    var text = "gvkey,datadate,rdq,at,ni\n"
    let ends = ["03-31", "06-30", "09-30", "12-31"]
    for firm in 1...8 {
      for quarter in 0..<12 {
        // The quarter before, filed in the last month of the quarter.
        let before = quarter + 3
        let year = 2011 + before / 4
        let filed = 2012 + quarter / 4
        text +=
          "00000\(firm),\(year)-\(ends[before % 4]),\(filed)-\(ends[quarter % 4].prefix(3))15,"
        text += "\(100 + 7 * firm + 3 * quarter * firm % 11),\(firm * quarter % 5)\n"
      }
    }
    return text
  }()

  static let deals = """
    gvkey,announced
    000001,2012-11-10
    000002,2013-05-20
    000003,2013-11-05
    000004,2014-02-11
    000005,2014-08-19

    """
}
