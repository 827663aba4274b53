/// The unit of work of phase B: one period, horizon, repeat and configuration.
public struct TrainTask: Hashable, Codable, Sendable {
  /// The period that is tested; training uses what was known at its decision date.
  public var period: Period
  /// How far ahead the event is predicted.
  public var horizon: Horizon
  /// Which repeat of the same task: repeats differ in seed and sample only.
  public var repeatIndex: Int
  /// The learner configuration: a short hash of learner and parameters.
  public var configurationID: String

  /// Creates a task.
  public init(period: Period, horizon: Horizon, repeatIndex: Int = 0, configurationID: String) {
    self.period = period
    self.horizon = horizon
    self.repeatIndex = repeatIndex
    self.configurationID = configurationID
  }
}
