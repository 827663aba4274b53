/// The few numbers of a run that a person looks for first: `logs/summary.txt`.
public struct RunSummary: Hashable, Sendable {
  /// The run.
  public var runID: String
  /// The key of the panel.
  public var panelFingerprint: String
  /// Seconds of the compile, or of finding the panel in the cache.
  public var compileSeconds: Double
  /// Whether the panel was in the cache.
  public var isCacheHit: Bool
  /// Size of the panel's files in bytes.
  public var panelBytes: Int
  /// Seconds of all tasks together.
  public var backtestSeconds: Double
  /// Seconds of the stability suite; 0 where none ran.
  public var stabilitySeconds: Double
  /// Tasks that were finished.
  public var finishedTasks: Int
  /// Tasks that the data does not support.
  public var skippedTasks: Int
  /// Deals without an identifier that could be mapped.
  public var unmappedDeals: Int
  /// How often the process compiled, ran recipes, prepared windows and joined tables.
  public var counters: [ProcessCounters.Step: Int]

  /// Creates a summary.
  public init(
    runID: String, panelFingerprint: String, compileSeconds: Double, isCacheHit: Bool,
    panelBytes: Int, backtestSeconds: Double, stabilitySeconds: Double = 0, finishedTasks: Int,
    skippedTasks: Int, unmappedDeals: Int, counters: [ProcessCounters.Step: Int]
  ) {
    self.runID = runID
    self.panelFingerprint = panelFingerprint
    self.compileSeconds = compileSeconds
    self.isCacheHit = isCacheHit
    self.panelBytes = panelBytes
    self.backtestSeconds = backtestSeconds
    self.stabilitySeconds = stabilitySeconds
    self.finishedTasks = finishedTasks
    self.skippedTasks = skippedTasks
    self.unmappedDeals = unmappedDeals
    self.counters = counters
  }

  /// One `name: value` a line.
  public var text: String {
    var lines = [
      ("run id", runID),
      ("panel key", panelFingerprint),
      ("compile time (s)", Self.rounded(compileSeconds)),
      ("backtest time (s)", Self.rounded(backtestSeconds)),
      ("stability suite time (s)", Self.rounded(stabilitySeconds)),
      ("cache hits", isCacheHit ? "1" : "0"),
      ("cache misses", isCacheHit ? "0" : "1"),
      ("compile artifacts (GB)", Self.rounded(Double(panelBytes) / 1e9)),
      ("tasks finished", String(finishedTasks)),
      ("tasks skipped", String(skippedTasks)),
      ("dropped deals due to missing CIK mapping", String(unmappedDeals)),
    ]
    for step in ProcessCounters.Step.allCases {
      lines.append(("\(step.rawValue).calls", String(counters[step] ?? 0)))
    }
    return lines.map { "\($0.0): \($0.1)\n" }.joined()
  }

  private static func rounded(_ value: Double) -> String {
    ((value * 1e6).rounded() / 1e6).description
  }
}
