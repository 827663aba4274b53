import QuantCore
import QuantDemonstration
import QuantTestSupport
import Testing

/// Price features of the demonstration under three ways to give prices.
@Suite("Demonstration data: splits")
struct SplitTrapTests {
  @Test("returns over a split are right with its factor, and wrong from raw closes alone")
  func rawCloses() throws {
    let right = try TinyPrices.all.get().withFactors, wrong = try TinyPrices.all.get().raw
    #expect(right.rowCount == wrong.rowCount)
    var (halved, compared) = (0, 0)
    for (one, other) in zip(right.momentum, wrong.momentum) where !one.isNaN && !other.isNaN {
      compared += 1
      let factor = (1 + one) / (1 + other)
      // A dividend of 0.4 % at most is the only other difference within a quarter.
      if factor > 1.8 { halved += 1 } else { #expect(factor > 0.05 && factor < 1.02) }
    }
    #expect(compared > 1500)
    #expect(halved > 5)
  }

  @Test("closes adjusted for later splits give the same returns: only ratios are used")
  func adjustedCloses() throws {
    let right = try TinyPrices.all.get().withFactors
    let adjusted = try TinyPrices.all.get().adjusted
    var compared = 0
    for (one, other) in zip(right.momentum, adjusted.momentum) {
      #expect(one.isNaN == other.isNaN)
      if one.isNaN { continue }
      compared += 1
      #expect((one - other).magnitude < 0.002 * (1 + one.magnitude), "\(one) and \(other)")
    }
    #expect(compared > 1500)
  }
}

/// Momentum over a quarter for each row.
struct PricePanel: Sendable {
  let rowCount: Int
  let momentum: [Float]
}

/// Panels of the size tiny with prices, compiled once for all tests.
struct TinyPrices: Sendable {
  let withFactors: PricePanel
  let raw: PricePanel
  /// The table has one more column: the close adjusted for every split and dividend that follows.
  let adjusted: PricePanel

  static let all = Result {
    let folder = try TemporaryFolder()
    try DemonstrationData(size: .tiny).write(to: folder.path)
    try adjust(folder)
    return TinyPrices(
      withFactors: try compiled(
        folder, "splitFactor: \"split_factor\", dividend: \"dividend\","),
      raw: try compiled(folder, ""),
      adjusted: try compiled(folder, "adjustedClose: \"adj_close\",", file: "adjusted.csv"))
  }

  /// Goes back in time: `adjusted before = adjusted · close before / (close · split + dividend)`.
  private static func adjust(_ folder: TemporaryFolder) throws {
    let lines = try SystemCalls.readAll(folder.file("prices.csv")).split(separator: "\n")
    var firm: Substring = ""
    var (adjusted, gross) = (0.0, 0.0)
    var result: [String] = []
    for line in lines.dropFirst().reversed() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = fields[2...4].map { Double(String($0)) ?? .nan }
      adjusted = fields[0] == firm ? adjusted * numbers[0] / gross : numbers[0]
      gross = numbers[0] * numbers[1] + numbers[2]
      firm = fields[0]
      result.append("\(line),\(adjusted)")
    }
    let text = "\(lines[0]),adj_close\n" + result.reversed().joined(separator: "\n") + "\n"
    try folder.write(Array(text.utf8), to: "adjusted.csv")
  }

  private static func compiled(
    _ folder: TemporaryFolder, _ rule: String, file: String = "prices.csv"
  ) throws -> PricePanel {
    let text = """
      {
        compile: {
          fundamentals: [{
            name: "quarterly", file: "fundamentals_quarterly.csv", firm: "gvkey",
            keep: [
              { column: "indfmt", values: ["INDL"] }, { column: "datafmt", values: ["STD"] },
              { column: "consol", values: ["C"] }, { column: "popsrc", values: ["D"] },
            ],
            periodEnd: "datadate", available: "rdq", amendment: "amended", values: ["atq"],
          }],
          events: {
            file: "deals.csv", firm: "target_cik", announced: "announced",
            coveredTo: "2021-03-31",
          },
          prices: {
            file: "\(file)", firm: "gvkey", close: "close", \(rule) maximumReturn: 20,
          },
          labels: { horizons: [3] },
          features: [{ recipe: "momentum", days: 63, skip: 0 }],
        },
      }
      """
    let run = try RunConfiguration(parsing: Array(text.utf8), source: "test")
    let panel = try FirmPanelCompiler(configuration: run.compile, baseDirectory: folder.path)
      .panel(in: ArtifactStore(root: folder.file("cache"))).panel
    let features = try panel.features(upTo: panel.rowCount)
    return PricePanel(
      rowCount: panel.rowCount, momentum: (0..<panel.rowCount).map { features.column(0)[$0] })
  }
}
