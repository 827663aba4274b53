import QuantCore
import QuantDemonstration
import QuantTestSupport
import Testing

/// The audit over the sources of the demonstration, with all of their traps and 76 features.
@Suite("Demonstration data: nothing looks ahead")
struct DemonstrationAuditTests {
  @Test("Two dates, all sources, all mutations")
  func clean() throws {
    let folder = try TemporaryFolder()
    try DemonstrationData(size: .tiny).write(to: folder.path)
    let run = try RunConfiguration(
      parsing: try FileBytes.read(folder.file("demo.json")), source: "demo.json")
    let audit = LeakAudit(
      FirmPanelCompiler(configuration: run.compile, baseDirectory: folder.path), rule: run.audit,
      split: run.train.split,
      dates: ["2015-09-30", "2018-06-30"].compactMap { CalendarDate($0) })
    let report = try audit.run()
    #expect(report.isClean, "\(report.findings)")
    #expect(
      report.sources.map(\.name) == [
        "decisions", "identifiers", "events", "delistings", "quarterly", "annual", "prices",
      ])
    for source in report.sources { #expect(source.poisoned > 20, "\(source)") }
    let features = report.targets.filter { $0.subject == .feature }
    #expect(features.count == 76)
    #expect(features.allSatisfy { $0.comparisons == 8 && $0.values > 4000 && $0.moved == 0 })
  }
}
