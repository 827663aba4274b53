import QuantCore
import QuantDemonstration
import QuantTestSupport
import Testing

/// Compiles the demonstration with and without the rule that a trap is for, and looks for the leak.
@Suite("Demonstration data: traps that a compile must not fall into", .serialized)
struct TrapTests {
  @Test("special items foretell deals only where records count from their period end")
  func availability() throws {
    let (careful, careless) = (
      try SmallPanels.all.get().careful, try SmallPanels.all.get().periodEnd
    )
    let honest = try careful.areaUnderCurve("spiq_to_atq", months: 3)
    let leaking = try careless.areaUnderCurve("spiq_to_atq", months: 3)
    #expect((0.45...0.55).contains(honest), "\(honest)")
    #expect(leaking > 0.62, "\(leaking)")
  }

  @Test("net income foretells deals far better where restated values count from the first report")
  func restatements() throws {
    let (careful, careless) = (
      try SmallPanels.all.get().careful, try SmallPanels.all.get().restated
    )
    // Low profit invites deals: that much is honest.
    let honest = try careful.areaUnderCurve("niq_to_atq", months: 12)
    let leaking = try careless.areaUnderCurve("niq_to_atq", months: 12)
    #expect((0.5...0.62).contains(honest), "\(honest)")
    #expect(leaking > honest + 0.06, "\(leaking) and \(honest)")
  }

  @Test("no row uses a record before it was filed, and late filers' rows use older records")
  func lateFilers() throws {
    let panel = try SmallPanels.all.get().careful.panel
    let metadata = try #require(panel.metadata)
    var late = 0
    for period in panel.manifest.periods {
      for row in period.rows {
        let day = Int64(period.decisionDate.daysSinceEpoch)
        #expect(metadata.available.span[row] <= day)
        // A report in time is used at the first or the second quarter end after its period.
        late += day - metadata.periodEnd.span[row] > 155 ? 1 : 0
      }
    }
    let share = Double(late) / Double(panel.rowCount)
    #expect((0.02...0.08).contains(share), "\(share)")
  }

  @Test("a firm with a deal pending is no candidate")
  func pendingDeals() throws {
    let panel = try SmallPanels.all.get().careful.panel
    let days = decisionDates(panel)
    let deals = Dictionary(grouping: smallTruth.deals.filter(\.isMapped), by: \.gvkey)
    for row in 0..<panel.rowCount {
      let day = days[row]
      for deal in deals[panel.firmKeys[row], default: []] {
        #expect(
          !(deal.announced <= day && day <= deal.resolved),
          "\(deal.gvkey) on \(day) has a deal of \(deal.announced)")
      }
    }
  }

  @Test("labels are the announcements of mapped deals within the window")
  func labels() throws {
    let panel = try SmallPanels.all.get().careful.panel
    let days = decisionDates(panel)
    let deals = Dictionary(grouping: smallTruth.deals.filter(\.isMapped), by: \.gvkey)
    var events = 0
    for months in [3, 12] {
      let y = try #require(panel.labels(Horizon(months: months))).y
      for row in 0..<panel.rowCount where y.span[row] != PanelLabels.unknown {
        let day = days[row]
        let isEvent = deals[panel.firmKeys[row], default: []].contains {
          $0.announced > day && $0.announced <= day.addingMonths(months)
        }
        #expect((y.span[row] == 1) == isEvent)
        events += isEvent ? 1 : 0
      }
    }
    #expect(events > 1000)
  }

  private func decisionDates(_ panel: CompiledPanel) -> [CalendarDate] {
    panel.manifest.periods.flatMap { Array(repeating: $0.decisionDate, count: $0.rows.count) }
  }
}

/// A compiled panel and how well its features foretell deals.
struct SmallPanel: Sendable {
  let panel: CompiledPanel
  private let features: FeatureMatrix

  init(_ folder: TemporaryFolder, _ configuration: String) throws {
    let run = try RunConfiguration(parsing: Array(configuration.utf8), source: "test")
    panel = try FirmPanelCompiler(configuration: run.compile, baseDirectory: folder.path).panel(
      in: ArtifactStore(root: folder.file("cache"))
    ).panel
    // The mapping outlives the file.
    features = try panel.features(upTo: panel.rowCount)
  }

  /// Area under the ROC curve of the negated feature, over rows with known labels and values.
  func areaUnderCurve(_ feature: String, months: Int) throws -> Double {
    let index = try #require(panel.featureNames.firstIndex(of: feature))
    let y = try #require(panel.labels(Horizon(months: months))).y
    var (scores, labels): ([Double], [Bool]) = ([], [])
    for row in 0..<panel.rowCount {
      let value = features.column(index)[row]
      if value.isNaN || y.span[row] == PanelLabels.unknown { continue }
      scores.append(-Double(value))
      labels.append(y.span[row] == 1)
    }
    return QuantDemonstrationTests.areaUnderCurve(scores, labels)
  }
}

/// Panels of the size small, without prices, compiled once for all tests.
struct SmallPanels: Sendable {
  /// As it should be: records count from their filing date.
  let careful: SmallPanel
  /// Records count from their period end.
  let periodEnd: SmallPanel
  /// Restated records count from the safe lag, as first reports do, and beat them.
  let restated: SmallPanel

  static let all = Result {
    let folder = try TemporaryFolder()
    try DemonstrationData(size: .small).write(to: folder.path)
    return SmallPanels(
      careful: try compiled(
        folder, "available: \"rdq\", safeLagDays: 90, amendment: \"amended\","),
      periodEnd: try compiled(
        folder, "safeLagDays: 0, amendment: \"amended\",",
        keep: "{ column: \"amended\", values: [\"0\"] },"),
      restated: try compiled(folder, "safeLagDays: 45, amendment: \"amended\","))
  }

  private static func compiled(
    _ folder: TemporaryFolder, _ rule: String, keep: String = ""
  ) throws -> SmallPanel {
    try SmallPanel(
      folder,
      """
      {
        compile: {
          grid: { first: "1998Q1", last: "2021Q1" },
          fundamentals: [{
            name: "quarterly", file: "fundamentals_quarterly.csv", firm: "gvkey",
            keep: [
              { column: "indfmt", values: ["INDL"] }, { column: "datafmt", values: ["STD"] },
              { column: "consol", values: ["C"] }, { column: "popsrc", values: ["D"] }, \(keep)
            ],
            periodEnd: "datadate", \(rule) values: ["atq", "niq", "spiq"],
          }],
          identifiers: {
            file: "identifiers.csv", identifier: "cik", firm: "gvkey", from: "from", to: "to",
          },
          events: {
            file: "deals.csv", firm: "target_cik", isMapped: true, announced: "announced",
            completed: "completed", withdrawn: "withdrawn",
            coveredFrom: "1997-01-01", coveredTo: "2021-03-31",
          },
          delistings: { file: "delistings.csv", firm: "gvkey", date: "date" },
          labels: { horizons: [3, 12], recordingLagDays: 30 },
          features: [{ recipe: "ratio", numerators: ["niq", "spiq"], denominators: ["atq"] }],
        },
      }
      """)
  }
}
