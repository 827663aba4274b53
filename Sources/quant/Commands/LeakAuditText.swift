internal import QuantCore

/// What a leak audit did and found, for reading and for programs.
struct LeakAuditText {
  private let report: LeakAuditReport
  private let seconds: Double
  private let style: Style
  /// So many findings are printed; the table and the JSON have all.
  private static let mostFindings = 20

  init(_ report: LeakAuditReport, seconds: Double, style: Style) {
    self.report = report
    self.seconds = seconds
    self.style = style
  }

  /// The sources and how they were changed, what was compared, the findings, and the verdict.
  var text: String {
    sources + "\n" + mutations + "\n" + targets + "\n" + findings + verdict
  }

  private var sources: String {
    var table = TextTable([
      .text("source"), .number("records"), .number("poisoned"), .text("known from"),
    ])
    for source in report.sources {
      table.append([
        source.name, NumberText.grouped(source.records), NumberText.grouped(source.poisoned),
        source.oracle,
      ])
    }
    return table.text(style: style)
  }

  private var mutations: String {
    var table = TextTable([
      .text("source"), .text("mutation"), .number("dates"), .number("poisoned at a date"),
      .number("moved"),
    ])
    for source in report.sources {
      for mutation in Mutation.allCases {
        let lines = report.lines.filter { $0.source == source.name && $0.mutation == mutation }
        guard let most = lines.map(\.poisoned).max(), let least = lines.map(\.poisoned).min() else {
          continue
        }
        table.append([
          source.name, mutation.rawValue, String(lines.count),
          "\(NumberText.grouped(least)) to \(NumberText.grouped(most))",
          NumberText.grouped(lines.reduce(0) { $0 + $1.moved }),
        ])
      }
    }
    return table.text(style: style)
  }

  private var targets: String {
    var table = TextTable([
      .text("compared"), .number("of them"), .number("values"), .number("size"), .number("moved"),
    ])
    for subject in AuditSubject.allCases {
      let own = report.targets.filter { $0.subject == subject }
      guard !own.isEmpty else { continue }
      table.append([
        subject == .feature ? "features" : subject.rawValue, String(own.count),
        NumberText.grouped(own.reduce(0) { $0 + $1.values }),
        NumberText.bytes(own.reduce(0) { $0 + $1.bytes }),
        NumberText.grouped(own.reduce(0) { $0 + $1.moved }),
      ])
    }
    return table.text(style: style)
  }

  private var findings: String {
    let notes = report.notes.map { "note   \(TerminalText.safe($0))\n" }.joined()
    let shown = report.findings.prefix(LeakAuditText.mostFindings).map {
      "\(style.red("leak"))   \(TerminalText.safe($0.description))\n"
    }.joined()
    let rest = report.findings.count - LeakAuditText.mostFindings
    return notes + shown + (rest > 0 ? "and \(NumberText.count(rest, "more finding"))\n" : "")
  }

  private var verdict: String {
    let first = report.dates.first?.description ?? "-"
    let last = report.dates.last?.description ?? "-"
    let skipped = report.skippedDates.count
    let scope =
      "\(NumberText.count(report.dates.count, "date")) from \(first) to \(last), "
      + "\(NumberText.count(report.compiles, "compile"))"
      + (report.learner.map { ", predictions of \($0)" } ?? ", no predictions")
      + (skipped > 0
        ? ", \(NumberText.count(skipped, "date")) left out after three with leaks" : "")
      + ", \(NumberText.seconds(seconds))"
    return report.isClean
      ? "\(style.green("clean"))  nothing moved: \(scope)\n"
      : "\(style.red("leaks"))  \(NumberText.count(report.findings.count, "finding")): \(scope)\n"
  }

  /// The whole report.
  static func members(_ report: LeakAuditReport, seconds: Double) -> [String: JSONValue] {
    func text(_ value: (any CustomStringConvertible)?) -> JSONValue {
      value.map { .string($0.description) } ?? .null
    }
    return [
      "isClean": .bool(report.isClean), "seconds": .number(seconds),
      "compiles": .integer(report.compiles), "rows": .integer(report.rows),
      "seed": .integer(Int(clamping: report.seed)), "learner": text(report.learner),
      "dates": .array(report.dates.map { text($0) }),
      "skippedDates": .array(report.skippedDates.map { text($0) }),
      "notes": .array(report.notes.map { .string($0) }),
      "sources": .array(
        report.sources.map {
          .object([
            "name": .string($0.name), "knownFrom": .string($0.oracle),
            "isIndependent": .bool($0.isIndependent), "records": .integer($0.records),
            "poisoned": .integer($0.poisoned),
          ])
        }),
      "poisons": .array(
        report.lines.map {
          .object([
            "date": text($0.date), "source": .string($0.source),
            "mutation": .string($0.mutation.rawValue), "poisoned": .integer($0.poisoned),
            "rows": .integer($0.rows), "values": .integer($0.values),
            "bytes": .integer($0.bytes), "moved": .integer($0.moved),
          ])
        }),
      "targets": .array(
        report.targets.map {
          .object([
            "subject": .string($0.subject.rawValue), "name": .string($0.name),
            "comparisons": .integer($0.comparisons), "values": .integer($0.values),
            "bytes": .integer($0.bytes), "moved": .integer($0.moved),
          ])
        }),
      "findings": .array(
        report.findings.map {
          .object([
            "kind": .string($0.kind.rawValue), "subject": text($0.subject?.rawValue),
            "name": .string($0.name), "source": text($0.source),
            "mutation": text($0.mutation?.rawValue), "date": text($0.date),
            "quarter": text($0.move?.period), "firm": text($0.move?.firm),
            "old": text($0.move?.old), "new": text($0.move?.new), "moved": .integer($0.moved),
            "record": text($0.record), "explanation": .string($0.explanation),
          ])
        }),
    ]
  }
}
