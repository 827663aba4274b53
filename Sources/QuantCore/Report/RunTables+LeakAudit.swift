extension RunTables {
  /// What an audit changed, compared and found, one row for each number that can be counted.
  ///
  /// Columns: `section` (`poison`: one row for each date, mutation and source; `target`: one for each
  /// feature and the rest; `finding`), `date`, `mutation`, `source`, `subject`, `name`, `poisoned`,
  /// `rows`, `values`, `bytes`, `moved`, `quarter`, `gvkey`, `old`, `new`, `record`, `explanation`.
  public static func leakAudit(_ report: LeakAuditReport) -> ResultTable {
    var table = ResultTable([
      "section", "date", "mutation", "source", "subject", "name", "poisoned", "rows", "values",
      "bytes", "moved", "quarter", "gvkey", "old", "new", "record", "explanation",
    ])
    let nothing = [ResultTable.Cell](repeating: .missing, count: 6)
    for line in report.lines {
      table.append(
        [
          .text("poison"), .text(line.date.description), .text(line.mutation.rawValue),
          .text(line.source), .missing, .missing, .integer(line.poisoned), .integer(line.rows),
          .integer(line.values), .integer(line.bytes), .integer(line.moved),
        ] + nothing)
    }
    for target in report.targets {
      table.append(
        [
          .text("target"), .missing, .missing, .missing, .text(target.subject.rawValue),
          .text(target.name), .missing, .missing, .integer(target.values),
          .integer(target.bytes), .integer(target.moved),
        ] + nothing)
    }
    for finding in report.findings {
      table.append([
        .text("finding"), .text(finding.date?.description), .text(finding.mutation?.rawValue),
        .text(finding.source), .text(finding.subject?.rawValue ?? finding.kind.rawValue),
        .text(finding.name), .missing, .missing, .missing, .missing, .integer(finding.moved),
        .text(finding.move?.period.description), .text(finding.move?.firm),
        .text(finding.move?.old), .text(finding.move?.new), .text(finding.record),
        .text(finding.explanation),
      ])
    }
    return table
  }
}
