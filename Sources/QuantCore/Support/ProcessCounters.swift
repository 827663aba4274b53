internal import Synchronization

/// Counts of the expensive steps that this process has taken, for logs and tests.
///
/// "Compile once, train many" can be read off them: after any number of training tasks on one panel
/// `count(of: .compile)` is at most 1 and `count(of: .join)` has not moved.
public enum ProcessCounters {
  /// The steps that are counted.
  public enum Step: String, CaseIterable, Codable, Sendable {
    /// A panel was compiled; a cache hit does not count.
    case compile
    /// A feature recipe was evaluated.
    case recipe
    /// A learner prepared a window (binning, standardising).
    case prepare
    /// A table was joined to another by firm and date.
    case join
  }

  private static let counts = Mutex<[Step: Int]>([:])

  /// Adds to the count of a step.
  package static func increment(_ step: Step, by amount: Int = 1) {
    counts.withLock { $0[step, default: 0] += amount }
  }

  /// How often a step was taken since the process started.
  public static func count(of step: Step) -> Int {
    counts.withLock { $0[step, default: 0] }
  }
}
