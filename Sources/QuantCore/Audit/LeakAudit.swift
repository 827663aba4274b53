/// Proves that nothing at or before a date depends on what became known after it.
///
/// For each of a number of dates, every record that was not yet known is changed, records are added
/// and taken out, and share units are rescaled as later splits would; the panel is compiled again in
/// memory. No bit of the rows, of X, of labels known by then, of splits and of predictions at or
/// before the date may move. Two screens look for what no recompile can show, see
/// Docs/Guides/proving-no-look-ahead.md.
///
/// ```swift
/// let audit = LeakAudit(compiler, rule: configuration.audit, split: configuration.train.split)
/// let report = try audit.run()
/// report.isClean
/// ```
public struct LeakAudit: Sendable {
  /// The compile that is audited.
  public let compiler: FirmPanelCompiler
  /// What the audit is told.
  public let rule: AuditRule
  /// How training rows are split.
  public let split: SplitRule
  /// Whether training leaves risky rows out.
  public let excludingRisky: Bool
  /// How predictions are made, or `nil` to leave them out.
  public let predictions: AuditedPredictions?
  /// The dates, or empty for `rule.dates` of them spread over the panel.
  public let dates: [CalendarDate]
  /// Seed of the poisons.
  public let seed: UInt64
  /// After so many dates with leaks the audit ends.
  static let mostFailingDates = 3

  /// Creates an audit.
  public init(
    _ compiler: FirmPanelCompiler, rule: AuditRule = AuditRule(), split: SplitRule = SplitRule(),
    excludingRisky: Bool = false, predictions: AuditedPredictions? = nil,
    dates: [CalendarDate] = [], seed: UInt64 = 1
  ) {
    self.compiler = compiler
    self.rule = rule
    self.split = split
    self.excludingRisky = excludingRisky
    self.predictions = predictions
    self.dates = dates
    self.seed = seed
  }

  /// How far an audit has come.
  public struct Progress: Hashable, Sendable {
    /// What is at work.
    public let detail: String
    /// Recompiles done.
    public let completed: Int
    /// Recompiles in all, where nothing is found.
    public let total: Int
  }

  /// Carries the audit out.
  ///
  /// - Throws: `AuditError` where it cannot be carried out; what it finds is in the report.
  /// - Complexity: four compiles without reading for each date, more where something moves.
  public func run(progress: (Progress) -> Void = { _ in }) throws(AuditError) -> LeakAuditReport {
    progress(Progress(detail: "the sources", completed: 0, total: 1))
    let sources: AuditSources
    do throws(CompileError) {
      sources = try AuditSources(compiler.tables(), rule: rule, threads: compiler.threads)
    } catch {
      throw .compile(error)
    }
    var bench = try AuditBench(self, sources)
    var report = LeakAuditReport()
    report.seed = seed
    report.learner = predictions?.learner
    report.rows = bench.baseline.rows.count
    report.notes = bench.notes
    let all = try bench.dates(dates)
    var failing = 0
    for (place, day) in all.enumerated() {
      let date = CalendarDate(daysSinceEpoch: day)
      guard failing < LeakAudit.mostFailingDates else {
        report.skippedDates.append(date)
        continue
      }
      report.dates.append(date)
      var isLeaking = false
      for (step, mutation) in Mutation.allCases.enumerated() {
        progress(
          Progress(
            detail: "\(date) \(mutation.rawValue)", completed: place * 4 + step,
            total: all.count * 4)
        )
        let hasMoved = try bench.examine(mutation, at: day, into: &report)
        isLeaking = isLeaking || hasMoved
      }
      if isLeaking { failing += 1 }
    }
    try bench.close(&report)
    report.compiles = bench.compiles
    return report
  }
}
