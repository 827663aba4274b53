/// What an audit did and found: a function of the inputs, the configuration and the seed.
public struct LeakAuditReport: Sendable {
  /// A source, and how the audit knows when its records became known.
  public struct Source: Hashable, Sendable {
    /// The name.
    public var name: String
    /// Where the days come from.
    public var oracle: String
    /// Whether they are stated apart from the compile's own rules.
    public var isIndependent: Bool
    /// Records.
    public var records: Int
    /// Records that were changed, over all dates and mutations.
    public var poisoned: Int
  }

  /// One source, date and mutation.
  public struct Line: Hashable, Sendable {
    /// The audited date.
    public var date: CalendarDate
    /// The source.
    public var source: String
    /// How it was changed.
    public var mutation: Mutation
    /// Records that were changed or added.
    public var poisoned: Int
    /// Rows at or before the date.
    public var rows: Int
    /// Values that were compared.
    public var values: Int
    /// Their size.
    public var bytes: Int
    /// Values that moved.
    public var moved: Int
  }

  /// One thing that must not move, over all dates and mutations.
  public struct Target: Hashable, Sendable {
    /// What it is.
    public var subject: AuditSubject
    /// The feature or horizon.
    public var name: String
    /// How often it was compared.
    public var comparisons: Int
    /// Values that were compared.
    public var values: Int
    /// Their size.
    public var bytes: Int
    /// Values that moved.
    public var moved: Int
  }

  /// The dates that were audited, ascending.
  public internal(set) var dates: [CalendarDate] = []
  /// Dates that were left out after three with leaks.
  public internal(set) var skippedDates: [CalendarDate] = []
  /// The sources.
  public internal(set) var sources: [Source] = []
  /// What was changed and compared, by date, mutation and source.
  public internal(set) var lines: [Line] = []
  /// What was compared, by feature and the rest.
  public internal(set) var targets: [Target] = []
  /// What is wrong; empty where the audit passed.
  public internal(set) var findings: [LeakFinding] = []
  /// What a reader should know.
  public internal(set) var notes: [String] = []
  /// Rows of the panel.
  public internal(set) var rows = 0
  /// How often the panel was compiled.
  public internal(set) var compiles = 0
  /// The learner whose predictions were compared, or `nil`.
  public internal(set) var learner: String?
  /// The seed of the poisons.
  public internal(set) var seed: UInt64 = 0

  /// Whether nothing was found.
  public var isClean: Bool { findings.isEmpty }

  /// Adds comparisons of one recompile to the totals of the targets.
  mutating func add(_ comparisons: [TargetComparison]) {
    for comparison in comparisons {
      var place = targets.count
      if let known = targets.firstIndex(where: {
        $0.subject == comparison.subject && $0.name == comparison.name
      }) {
        place = known
      } else {
        targets.append(
          Target(
            subject: comparison.subject, name: comparison.name, comparisons: 0, values: 0,
            bytes: 0, moved: 0))
      }
      targets[place].comparisons += 1
      targets[place].values += comparison.values
      targets[place].bytes += comparison.bytes
      targets[place].moved += comparison.moved
    }
  }

  /// Adds a finding, unless the same thing moved for the same reason at an earlier date.
  mutating func add(_ finding: LeakFinding) {
    let isKnown = findings.contains {
      $0.kind == finding.kind && $0.subject == finding.subject && $0.name == finding.name
        && $0.source == finding.source && $0.mutation == finding.mutation
        && $0.explanation == finding.explanation
    }
    if !isKnown { findings.append(finding) }
  }
}
