/// Wall-clock seconds of the stages of one task.
public struct PhaseSeconds: Codable, Hashable, Sendable {
  /// Splitting, sampling and verifying the features.
  public var slice = 0.0
  /// Preparing the window; 0 where a prepared window was passed in.
  public var prepare = 0.0
  /// Choosing the number of iterations and fitting the model.
  public var fit = 0.0
  /// Scoring the test rows.
  public var predict = 0.0
  /// Ranking and measuring.
  public var eval = 0.0
  /// All of it.
  public var total = 0.0

  /// Zero seconds.
  public init() {}

  /// Counts a preparation that was made before the task began.
  mutating func addPreparation(_ seconds: Double) {
    prepare += seconds
    total += seconds
  }
}

/// A clock that is read stage by stage; durations only, never a date.
struct StageClock {
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now

  /// Seconds since the previous lap, or since the start.
  mutating func lap() -> Double {
    let now = ContinuousClock.now
    defer { last = now }
    return (now - last) / .seconds(1)
  }

  /// Seconds since the start.
  var total: Double { (ContinuousClock.now - start) / .seconds(1) }
}
