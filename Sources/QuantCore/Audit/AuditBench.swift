/// The work of an audit: the unchanged compile, and compiles of changed sources to compare with it.
struct AuditBench {
  let audit: LeakAudit
  let sources: AuditSources
  /// Everything that can be changed, the later decision dates first.
  let poisonable: [any PoisonableSource]
  let baseline: PanelContent
  let notes: [String]
  /// How often the panel was compiled.
  var compiles = 0
  let compiler: FirmPanelCompiler
  let tasks: TaskComparison
  let panel: CompiledPanel
  let keyNames: [String]
  /// What the unchanged panel gives at the date at work.
  var expected: (day: Int32, state: TaskState)?
  /// For each source the number of records that were changed.
  private var poisoned: [String: Int] = [:]
  /// The same without those that were invented.
  private var changed: [String: Int] = [:]
  /// Sources and mutations for which a record was looked for.
  var explained: Set<String> = []

  /// Splits, tasks and scores of a panel up to a date.
  struct TaskState {
    var splits: [SplitDigest]
    var tasks: [(period: Period, horizon: Horizon)]
    var scores: [[Double]?]
  }

  init(_ audit: LeakAudit, _ sources: AuditSources) throws(AuditError) {
    self.audit = audit
    self.sources = sources
    var configuration = audit.compiler.configuration
    keyNames = configuration.fundamentals[0].keyNames
    // Poisoned data may lack coverage, and may have two records of one day by accident.
    configuration.coverage.mappedEvents = 0
    configuration.coverage.pricedRows = 0
    for place in configuration.fundamentals.indices {
      configuration.fundamentals[place].conflicts = .drop
    }
    let rule = audit.compiler.configuration
    let first = try AuditBench.content(audit.compiler, sources.world)
    var notes: [String] = []
    // Ends that follow from the data are fixed, because they belong to the source as a whole.
    configuration.grid.first = first.rows.periods.first
    configuration.grid.last = first.rows.periods.last
    if let deals = first.deals, var events = configuration.events {
      if events.coveredFrom == nil {
        events.coveredFrom = CalendarDate(daysSinceEpoch: deals.coveredFrom)
      }
      if events.coveredTo == nil {
        events.coveredTo = CalendarDate(daysSinceEpoch: deals.coveredTo)
        notes.append(
          "events.coveredTo is not declared and was taken from the last announcement, "
            + "\(CalendarDate(daysSinceEpoch: deals.coveredTo)): how far labels are known depends on it"
        )
      }
      configuration.events = events
    }
    if rule.grid.last == nil, let last = first.rows.periods.last {
      notes.append("grid.last is not declared and was taken from the data, \(last)")
    }
    self.notes = notes
    compiler = audit.compiler.with(configuration)
    let unchanged = try AuditBench.content(compiler, sources.world)
    baseline = unchanged
    compiles = 2
    panel = AuditBench.panel(unchanged, compiler)
    if let name = audit.rule.priceLevels.first(where: { !unchanged.featureNames.contains($0) }) {
      throw .compile(
        .configuration(
          ConfigurationError(
            parameter: "audit.priceLevels", value: "'\(name)', which is no feature",
            accepted: NearestName.accepted(for: name, among: unchanged.featureNames))))
    }
    tasks = TaskComparison(
      rule: audit.split, excludingRisky: audit.excludingRisky, predictions: audit.predictions)
    let decisions = LaterDecisions(
      periods: unchanged.rows.periods, days: unchanged.rows.decisionDays)
    poisonable = [decisions] + sources.sources
  }

  /// The dates to audit.
  func dates(_ given: [CalendarDate]) throws(AuditError) -> [Int32] {
    let lastDays = sources.sources.compactMap(\.lastDay).sorted()
    let lastDay = lastDays.isEmpty ? .min : lastDays[lastDays.count / 2]
    let candidates = AuditDates.candidates(baseline, before: lastDay)
    guard let first = candidates.first else { throw .noDates }
    if given.isEmpty {
      return AuditDates.spread(audit.rule.dates, over: candidates, before: lastDay)
    }
    for date in given where date.daysSinceEpoch < first {
      throw .dateTooEarly(date, first: CalendarDate(daysSinceEpoch: first))
    }
    return Set(given.map(\.daysSinceEpoch)).sorted()
  }

  /// Changes all sources at once, compares, and where something moved looks for the source.
  ///
  /// - Returns: whether something moved.
  mutating func examine(
    _ mutation: Mutation, at day: Int32, into report: inout LeakAuditReport
  ) throws(AuditError) -> Bool {
    guard poisonable.contains(where: { AuditBench.concerns(mutation, $0) }) else { return false }
    let poison = Poison(mutation: mutation, cut: day, seed: audit.seed)
    let together = try outcome(poison, poisonable)
    report.add(together.targets)
    let hasMoved = together.targets.contains { $0.moved > 0 }
    let date = CalendarDate(daysSinceEpoch: day)
    var hasCulprit = false
    for (place, source) in poisonable.enumerated() where together.counts[place] != nil {
      let count = together.counts[place] ?? 0
      poisoned[source.name, default: 0] += count
      // What is invented or put into other units shows nothing of later records.
      if mutation == .values || mutation == .removed { changed[source.name, default: 0] += count }
      var targets = together.targets
      if hasMoved, count > 0 {
        targets = try outcome(poison, [source]).targets
        for target in targets where target.moved > 0 {
          hasCulprit = true
          report.add(try finding(target, source, poison))
        }
      }
      report.lines.append(
        LeakAuditReport.Line(
          date: date, source: source.name, mutation: mutation, poisoned: count,
          rows: targets[0].values, values: targets.reduce(0) { $0 + $1.values },
          bytes: targets.reduce(0) { $0 + $1.bytes },
          moved: targets.reduce(0) { $0 + $1.moved }))
    }
    if hasMoved, !hasCulprit {
      for target in together.targets where target.moved > 0 {
        report.add(try finding(target, nil, poison))
      }
    }
    if mutation == .values, together.counts.allSatisfy({ ($0 ?? 0) == 0 }) {
      report.add(
        LeakFinding(
          kind: .nothingPoisoned, name: date.description, date: date,
          explanation: "nothing poisoned: no record of any source became known after \(date); "
            + "accepted: dates before the last records"))
    }
    return hasMoved
  }

  /// Adds what holds for the audit as a whole.
  mutating func close(_ report: inout LeakAuditReport) throws(AuditError) {
    for source in poisonable {
      let count = poisoned[source.name] ?? 0
      report.sources.append(
        LeakAuditReport.Source(
          name: source.name, oracle: source.oracle, isIndependent: source.isIndependent,
          records: source.recordCount, poisoned: count))
      if changed[source.name] ?? 0 == 0, !(source is LaterDecisions) {
        report.add(
          LeakFinding(
            kind: .nothingPoisoned, name: source.name, source: source.name,
            explanation: "nothing poisoned: no record of \(source.name) became known after any of "
              + "the dates, so nothing is shown of it; accepted: earlier dates, or '\(source.name)' "
              + "in audit.undated"))
      }
    }
    let screen = AvailabilityScreen(tables: compiler.tables(), rule: audit.rule)
    for (source, columns) in zip(compiler.configuration.fundamentals, sources.records) {
      do throws(CompileError) {
        for finding in try screen.findings(source, columns) { report.add(finding) }
      } catch {
        throw .compile(error)
      }
    }
    for finding in OutcomeScreen(rule: audit.rule, threads: compiler.threads).findings(baseline) {
      report.add(finding)
    }
  }
}
